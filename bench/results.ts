/** Stored results: one file per version of the program, so that a step back is seen. */
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Machine } from "./machine.ts";
import type { Spread } from "./rows/measuring/spread.ts";

/** Holds no path and no name of a machine: the files are part of the repository. */
export interface Results {
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly date: string;
  /** Short name of the commit; with `+` where files were changed since. */
  readonly commit: string;
  readonly scale: number;
  readonly turns: number;
  /** Load average of the minute before the run: what others did on the machine. */
  readonly loadBefore: number;
  readonly machine: Machine;
  /** By id, in the unit of the row's bar; rows that were not measured are left out. */
  readonly rows: Readonly<Record<string, Spread>>;
}

const folder = join(import.meta.dirname, "results");

/** Replaces the results of that version. */
export function saveResults(results: Results): string {
  const path = join(folder, `${results.version}.json`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
  return path;
}

/** The newest by date; null where there are none. */
export function loadNewestResults(): Results | null {
  const all = globSync(join(folder, "*.json")).map(
    (path): Results => JSON.parse(readFileSync(path, "utf8")),
  );
  return all.toSorted((a, b) => a.date.localeCompare(b.date)).at(-1) ?? null;
}
