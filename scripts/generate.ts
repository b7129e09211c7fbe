/**
 * Writes every generated file. With --check it writes none, names those that are stale and exits with 1.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { generatedFiles } from "./generated-files.ts";

const root = dirname(import.meta.dirname);
const isCheck = process.argv.includes("--check");

for (const { path, make } of generatedFiles) {
  const target = join(root, path);
  const text = await make();
  if (readText(target) === text) continue;
  if (isCheck) {
    process.stderr.write(`${path} is stale: run npm run generate and commit it.\n`);
    process.exitCode = 1;
    continue;
  }
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
  process.stdout.write(`wrote ${path}\n`);
}

/** Text of a file, null where there is none. */
function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
