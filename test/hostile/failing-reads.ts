/** Reads of one file by a reader's own code while the system, or another program, does what it should not. */
import fs, { statSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { basename, dirname } from "node:path";
import { microseconds } from "#pipeline/discover/walk.ts";
import { UnitReader } from "#pipeline/parse/read-unit.ts";
import { instanceCells } from "#store/columns.ts";
import { unpackRows } from "#store/packed-rows.ts";
import { fileCells } from "#store/unit-rows.ts";
import type { Row } from "./observe.ts";

/** The row that a reader makes of the file at `path`. */
export function readRow(path: string, onProgress: () => void = () => undefined): Row {
  const { size, mtimeMs, ctimeMs } = statSync(path);
  const rules = {
    source: dirname(path),
    codes: new Map<string, string>(),
    subjectFrom: "patient-id",
    hasFolderPattern: false,
    seed: "seed",
  } as const;
  const file = {
    folder: 0,
    name: basename(path),
    isKnown: false,
    size,
    mtime: microseconds(mtimeMs),
    ctime: microseconds(ctimeMs),
  };
  const unit = { folders: [{ path: "", subjectFolder: null }], files: [file] };
  const { files } = new UnitReader(rules, onProgress).read(unit, () => undefined);
  const [row = []] = unpackRows(files);
  return Object.fromEntries(
    [...fileCells, ...instanceCells].map((name, index) => [name, row[index] ?? null]),
  );
}

/** What `act` gives while each read of a file at or beyond `position` fails, as on a disk with a bad sector. */
export function withReadError<Result>(position: number, act: () => Result): Result {
  const read = fs.readSync;
  const failing = (
    descriptor: number,
    target: NodeJS.ArrayBufferView,
    offset: number,
    length: number,
    from: number,
  ): number => {
    if (from >= position) throw Object.assign(new Error("EIO: i/o error, read"), { code: "EIO" });
    return read(descriptor, target, offset, Math.min(length, position - from), from);
  };
  fs.readSync = failing as typeof fs.readSync;
  syncBuiltinESMExports();
  try {
    return act();
  } finally {
    fs.readSync = read;
    syncBuiltinESMExports();
  }
}
