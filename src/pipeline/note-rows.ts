/** Ledger rows of files that are not read: left out by rule, or lost to a reader that failed. */
import { instanceCells } from "#store/columns.ts";
import { type Cell, packRows } from "#store/packed-rows.ts";
import { fileCells, type UnitRows } from "#store/unit-rows.ts";

export interface Note {
  readonly folder: string;
  readonly name: string;
  readonly isKnown: boolean;
  readonly size: number;
  readonly mtime: number;
  readonly ctime: number;
  readonly state: "skipped" | "unreadable";
  readonly code: string;
  readonly detail: string | null;
  readonly recheck: boolean;
}

const noInstance: readonly Cell[] = [null, null, ...instanceCells.map(() => null)];

export function noteRows(notes: readonly Note[]): UnitRows {
  const folders: string[] = [];
  const rows = notes.map((note): Cell[] => {
    if (folders.at(-1) !== note.folder) folders.push(note.folder);
    return [
      folders.length - 1,
      note.name,
      note.isKnown ? 1 : 0,
      note.size,
      note.mtime,
      note.ctime,
      note.state,
      note.code,
      null,
      note.detail,
      note.recheck ? 1 : 0,
      ...noInstance,
    ];
  });
  return {
    folders,
    series: [],
    settings: [],
    files: packRows(rows, fileCells.length + instanceCells.length),
    frames: [],
  };
}
