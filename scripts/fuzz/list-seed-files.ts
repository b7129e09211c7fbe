/** The files that cases are made of: of the demo archive, the odd ones, and heads of the samples where they are. */
import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { defaultDemoOptions, planDemoArchive } from "#demo/archive.ts";
import { oddFiles } from "#demo/odd-files.ts";
import { makeSeedFile, type SeedFile } from "./seed-file.ts";

/** Bytes of a sample that are read; most headers are shorter. */
const HEAD_BYTES = 128 * 1024;

/** Files of one folder of the demo archive differ in a few values only. */
const perFolder = 2;

/** Made in memory: two files of each kind of series, the usual mess, and all odd files. */
export function listDemoSeedFiles(): SeedFile[] {
  const counts = new Map<string, number>();
  const files = planDemoArchive(defaultDemoOptions).flatMap((file) => {
    if (file.kind === "link") return [];
    const folder = file.path.slice(0, file.path.lastIndexOf("/"));
    const count = counts.get(folder) ?? 0;
    counts.set(folder, count + 1);
    if (count >= perFolder && file.path.startsWith("subject-")) return [];
    return [makeSeedFile(`demo/${file.path}`, file.makeBytes())];
  });
  return [...files, ...oddFiles.map((file) => makeSeedFile(`odd/${file.name}`, file.bytes()))];
}

/** All files below a folder, by their heads, in the order of their names. */
export function listSampleSeedFiles(folder: string): SeedFile[] {
  const head = Buffer.alloc(HEAD_BYTES);
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return names.flatMap((name) => {
    const path = join(folder, name);
    if (!statSync(path).isFile()) return [];
    return [makeSeedFile(`sample/${name}`, head.subarray(0, readHead(path, head)))];
  });
}

function readHead(path: string, target: Uint8Array): number {
  const descriptor = openSync(path, "r");
  try {
    return readSync(descriptor, target, 0, target.length, 0);
  } finally {
    closeSync(descriptor);
  }
}
