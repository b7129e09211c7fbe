/** The archives of the benchmark, as data: what is in them, and how they shrink for trying. */

/** MR headers with pictures of 16 pixels, 200 a series unless said. */
export interface HeadersRecipe {
  readonly kind: "headers";
  readonly files: number;
  readonly filesPerSeries?: number;
  /** Series have UIDs in random order in any case; with this the instances of a series too. */
  readonly randomUids?: boolean;
  /** Size of the CSA headers, bytes. */
  readonly csaBytes?: number;
}

/** Enhanced MR objects, each of a study of its own. */
export interface EnhancedRecipe {
  readonly kind: "enhanced";
  readonly files: number;
  readonly frames: number;
}

export type Recipe = HeadersRecipe | EnhancedRecipe;

/** With the elements of a small header these make 78 KiB. */
const CSA_BYTES = 77_600;

/** At full size. A small header is 2.2 KB. */
const recipes = {
  /** What a job costs that has nearly nothing to do; never scaled. */
  start: { kind: "headers", files: 10 },
  small10k: { kind: "headers", files: 10_000 },
  small40k: { kind: "headers", files: 40_000 },
  small200k: { kind: "headers", files: 200_000 },
  small1m: { kind: "headers", files: 1_000_000 },
  random200k: { kind: "headers", files: 200_000, randomUids: true },
  random1m: { kind: "headers", files: 1_000_000, randomUids: true },
  csa40k: { kind: "headers", files: 40_000, csaBytes: CSA_BYTES },
  series100k: { kind: "headers", files: 100_000, filesPerSeries: 100_000 },
  enhanced10k: { kind: "enhanced", files: 10, frames: 10_000 },
  enhanced36k: { kind: "enhanced", files: 1, frames: 36_000 },
} as const satisfies Readonly<Record<string, Recipe>>;

export type ArchiveName = keyof typeof recipes;

/** The recipe with sizes multiplied by `scale`; of enhanced objects the frames, else the files. */
export function scaleRecipe(name: ArchiveName, scale: number): Recipe {
  const recipe: Recipe = recipes[name];
  if (name === "start") return recipe;
  const scaled = (count: number): number => Math.max(20, Math.round(count * scale));
  if (recipe.kind === "enhanced") return { ...recipe, frames: scaled(recipe.frames) };
  const { filesPerSeries } = recipe;
  return {
    ...recipe,
    files: scaled(recipe.files),
    ...(filesPerSeries === undefined ? {} : { filesPerSeries: scaled(filesPerSeries) }),
  };
}
