/** The archives on disk: made when they are first needed, found again by later runs. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ArchiveName, type Recipe, scaleRecipe } from "./recipes.ts";
import { signRecipe, writeRecipe } from "./write-recipe.ts";

export interface Archive {
  /** What `--source` is. */
  readonly folder: string;
  readonly files: number;
  /** Frames of all files; 0 where these are single images. */
  readonly frames: number;
  /** A file with the path of each file, one a line. */
  readonly pathList: string;
}

export interface ArchivesOptions {
  /** Folder that holds the archives, each in a folder of its own. */
  readonly folder: string;
  readonly scale: number;
  /** Told before an archive is made, with its name. */
  readonly onMake: (name: string) => void;
}

/** The archive, made if it is not there or was made otherwise; every file was read once when it returns. */
export function requireArchive(options: ArchivesOptions, name: ArchiveName): Archive {
  const recipe = scaleRecipe(name, options.scale);
  const home = join(options.folder, nameFolder(recipe));
  const folder = join(home, "files");
  const signature = join(home, "recipe.json");
  const pathList = join(home, "paths.txt");
  const signed = signRecipe(recipe);
  if (readIfThere(signature) !== signed) {
    options.onMake(name);
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home, { recursive: true });
    writeRecipe(folder, recipe);
    // Last, so that an archive that was left half made is made again.
    writeFileSync(signature, signed);
  }
  const paths = readAll(folder);
  writeFileSync(pathList, paths.map((path) => `${path}\n`).join(""));
  const frames = recipe.kind === "enhanced" ? recipe.files * recipe.frames : 0;
  return { folder, files: paths.length, frames, pathList };
}

/** Reads every file once, so that the page cache is warm, and returns their paths in order of the folders. */
export function readAll(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return readAll(path);
    readFileSync(path);
    return [path];
  });
}

function nameFolder(recipe: Recipe): string {
  if (recipe.kind === "enhanced") return `enhanced-${recipe.files}-of-${recipe.frames}`;
  const { files, filesPerSeries, randomUids, csaBytes } = recipe;
  return [
    `headers-${files}`,
    ...(filesPerSeries === undefined ? [] : [`in-series-of-${filesPerSeries}`]),
    ...(randomUids === true ? ["random-uids"] : []),
    ...(csaBytes === undefined ? [] : [`csa-${csaBytes}`]),
  ].join("-");
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
