/** Compares each file below a folder with what another program reads of it. */
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { type ComparedFile, compareFile } from "./compared-file.ts";
import { readingOf } from "./data-set.ts";
import type { OtherReader } from "./differential-readers.ts";
import { readOurValues } from "./our-values.ts";
import { type UnreadPlace, UnreadPlaces } from "./unread-places.ts";

export interface FolderComparison {
  readonly files: readonly ComparedFile[];
  /** Files that we store and the other program cannot read. */
  readonly oursOnly: readonly string[];
  /** Files that we do not store, by state. */
  readonly unstored: ReadonlyMap<string, number>;
  readonly unread: readonly UnreadPlace[];
}

/** Files that one call of the other program gets: their data sets are held at the same time. */
const filesPerCall = 100;

export function compareFolder(folder: string, reader: OtherReader): FolderComparison {
  const files: ComparedFile[] = [];
  const oursOnly: string[] = [];
  const unstored = new Map<string, number>();
  const unread = new UnreadPlaces();
  const paths = listFiles(folder);
  for (let start = 0; start < paths.length; start += filesPerCall) {
    const stored = paths.slice(start, start + filesPerCall).flatMap((path) => {
      const ours = readOurValues(path, relative(folder, path));
      if (ours.state === "stored") return [{ path, ours }];
      unstored.set(ours.state, (unstored.get(ours.state) ?? 0) + 1);
      return [];
    });
    const dataSets = reader.read(stored.map(({ path }) => path));
    for (const [index, { path, ours }] of stored.entries()) {
      const dataSet = dataSets[index] ?? null;
      const name = relative(folder, path);
      if (dataSet === null) oursOnly.push(name);
      else {
        files.push(compareFile(name, ours, readingOf(dataSet)));
        unread.add(dataSet);
      }
    }
  }
  return { files, oursOnly, unstored, unread: unread.list() };
}

/** Regular files below the folder, links not followed, in the order of their paths. */
function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.includes("\n"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
