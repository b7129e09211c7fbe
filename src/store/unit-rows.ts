/** What a worker made of the files it read, in the form in which the store takes it. */
import type { PackedRows } from "./packed-rows.ts";

/** How a subject is found: by PatientID, by its folder, or, where neither tells, by its study. */
export type IdentityKind = "patient-id" | "folder" | "study";

/** A distinct tuple of subject-, study- and series-level values, and the keys it hangs on. */
export interface SeriesPart {
  readonly identityKind: IdentityKind;
  readonly identity: string;
  readonly subjectCode: string;
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  /** In the order of `seriesColumns` of columns.ts; identifiers as their text. */
  readonly values: readonly (string | number | null)[];
  /** JSON of column → text of the values that could not be read; null nearly always. */
  readonly rawValues: string | null;
  /** 32 hex digits over values and rawValues. */
  readonly hash: string;
}

/** A distinct tuple of the settings that stack parts are made of. */
export interface SettingPart {
  /** In the order of `settingColumns` of columns.ts. */
  readonly values: readonly (string | number | null)[];
  readonly rawValues: string | null;
  readonly hash: string;
}

/** Frames first…last of an object with functional groups that share a tuple of settings. */
export interface FrameRange {
  /** Row of the file in `UnitRows.files`. */
  readonly file: number;
  readonly first: number;
  readonly last: number;
  /** Index into `UnitRows.settings`. */
  readonly setting: number;
  /** JSON of coordinate column → one value for all frames, or an array of one per frame. */
  readonly coordinates: string;
}

/** Cells of a file's row before those of its instance. */
export const fileCells = [
  "folder", // index into UnitRows.folders
  "name",
  "known", // 1: the ledger has a row for this path
  "size",
  "mtime", // µs since 1970
  "ctime", // µs since 1970
  "state",
  "code",
  "warnings", // joined by a blank
  "detail",
  "recheck", // 1: to be read again by the next job, whatever its times say
  "series", // index into UnitRows.series, null without an instance
  "setting", // index into UnitRows.settings, null for objects with functional groups and without images
] as const;

export interface UnitRows {
  /** Stored paths of the folders below the source; "" is the source itself. */
  readonly folders: readonly string[];
  readonly series: readonly SeriesPart[];
  readonly settings: readonly SettingPart[];
  /** `fileCells`, then `instanceCells` of columns.ts (null without an instance). */
  readonly files: PackedRows;
  readonly frames: readonly FrameRange[];
}
