/** Reading tables and views by chosen columns, a page at a time by key: what exports are made of. */
import { type ViewName, viewNames } from "./listing.ts";
import type { Cell } from "./packed-rows.ts";

/** Tables whose rows can be read; those of jobs, counters and keys have calls of their own. */
export const tableNames = [
  "subject",
  "subject_identifier",
  "study",
  "series",
  "mri_series_details",
  "ct_series_details",
  "pet_series_details",
  "series_values",
  "instance",
  "frame_values",
  "frame_range",
  "series_stack",
  "stack_member",
  "stack_history",
  "folder",
  "subject_folder",
  "file",
  "problem",
] as const;

export type TableName = (typeof tableNames)[number];

/** What rows are read from. Views show what is present, tables all that is kept. */
export type RowSource = ViewName | TableName;

export const rowSources: readonly RowSource[] = [...viewNames, ...tableNames];

export interface RowColumn {
  readonly name: string;
  readonly type: "integer" | "real" | "text";
  /** Names a person. Read as its text; where a row has several, sorted and joined by a backslash. */
  readonly isIdentifier: boolean;
}

export interface RowsQuery {
  readonly source: RowSource;
  readonly cohortId: number;
  /** Names from `describeRows`, in the order of the cells. */
  readonly columns: readonly string[];
  /** `next` of the page before; null for the first. */
  readonly after: readonly number[] | null;
  /** Rows at most; a page may hold fewer, or none, and not be the last. */
  readonly limit: number;
}

export interface RowsPage {
  readonly rows: readonly (readonly Cell[])[];
  /** First key of each row, to find what belongs to it by `readHeaders`. */
  readonly keys: readonly number[];
  /** Where to go on; null after the last page. */
  readonly next: readonly number[] | null;
}

/** Whose header is meant: an instance's own, the representative's of a stack, or of the first stack of a series. */
export type HeaderOwner = "instance" | "series" | "series_stack";

export interface KeptHeader {
  /** Key of the instance, series or stack. */
  readonly ownerId: number;
  /** Frame that represents the owner, from 1. */
  readonly frame: number;
  readonly encoding: string;
  readonly content: Uint8Array;
}

/** The file that an instance is stored from. */
export interface InstanceFile {
  readonly cohortId: number;
  readonly cohort: string;
  /** Stored text of the cohort's source. */
  readonly sourcePath: string;
  /** Stored text of the path below the source. */
  readonly path: string;
}
