import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeHeaderOnlyArchive } from "#demo/header-only.ts";
import { type HeaderOnlyOptions, makeSeriesTemplate } from "#demo/series-template.ts";
import { makeEnhancedObject } from "./enhanced-object.ts";
import type { HeadersRecipe, Recipe } from "./recipes.ts";

const SEED = 1;
const FILES_PER_SERIES = 200;

/** Writes an archive into a folder that is empty or not there. */
export function writeRecipe(folder: string, recipe: Recipe): void {
  if (recipe.kind === "headers") {
    writeHeaderOnlyArchive(folder, headerOptions(recipe));
    return;
  }
  mkdirSync(folder, { recursive: true });
  for (let object = 0; object < recipe.files; object++) {
    const bytes = makeEnhancedObject(`frames ${object}`, recipe.frames);
    writeFileSync(join(folder, `object-${object}.dcm`), bytes);
  }
}

/** Text that tells two archives apart: the recipe, and a sum over a file as the generator makes it today. */
export function signRecipe(recipe: Recipe): string {
  const hash = createHash("sha256").update(makeSample(recipe)).digest("hex");
  return JSON.stringify({ ...recipe, sample: hash });
}

function makeSample(recipe: Recipe): Uint8Array {
  if (recipe.kind === "enhanced") return makeEnhancedObject("sample", 2);
  return makeSeriesTemplate(headerOptions(recipe), 0, recipe.filesPerSeries ?? FILES_PER_SERIES)
    .bytes;
}

function headerOptions({ kind: _, ...options }: HeadersRecipe): HeaderOnlyOptions {
  return { seed: SEED, filesPerSeries: FILES_PER_SERIES, ...options };
}
