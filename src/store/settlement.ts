/** What settle and stack read from the store and give back. */
import type { FileState } from "./ledger.ts";
import type { Cell, PackedRows } from "./packed-rows.ts";

/** Present files that claim one instance. */
export interface Contest {
  readonly seriesId: number;
  readonly instanceId: number;
  /** Ascending by stored path. */
  readonly files: readonly ContestFile[];
}

/** A place in the list of contests: behind this instance of this series. */
export interface ContestPlace {
  readonly seriesId: number;
  /** "" before all instances of the series. */
  readonly sopInstanceUid: string;
}

export const beforeAllContests: ContestPlace = { seriesId: 0, sopInstanceUid: "" };

/** A page ends with the contest that reaches one of these. */
export interface ContestLimits {
  /** Dirty series looked at, contested or not. */
  readonly series: number;
  readonly files: number;
  /** Of files that digests are lacking of. */
  readonly bytes: number;
}

export interface ContestPage {
  readonly contests: readonly Contest[];
  /** Where the next page begins; null at the end. */
  readonly next: ContestPlace | null;
}

export interface ContestFile {
  readonly fileId: number;
  /** Folder and name as stored, and both joined. */
  readonly folder: string;
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly state: Extract<FileState, "stored" | "duplicate" | "conflict">;
  readonly code: string | null;
  readonly digests: FileDigests | null;
}

/** SHA-256 sums of one file, hex. */
export interface FileDigests {
  /** Of the whole file. */
  readonly bytes: string;
  /** Of the data set after the meta group, without trailing padding. */
  readonly content: string;
  /** Of the public elements without those that depend on the encoding of pixels. */
  readonly header: string;
  readonly transferSyntaxUid: string | null;
  readonly isLossy: boolean;
}

export interface Verdict {
  readonly fileId: number;
  readonly state: Extract<FileState, "duplicate" | "conflict" | "stored">;
  readonly code: string | null;
  readonly digests: FileDigests | null;
  /** The file could not be compared: the next job reads it again. */
  readonly recheck?: true;
}

/** A distinct tuple of series values and how many present instances have it. */
export interface WeightedTuple {
  readonly seriesValuesId: number;
  readonly values: readonly Cell[];
  readonly weight: number;
}

/** Cells of an instance as loaded for its series, before its coordinates. */
export const loadedInstanceCells = [
  "instanceId",
  "sopInstanceUid",
  "frameValuesId",
  "numberOfFrames",
  "frameCount",
] as const;

/** All that is stored of a series and present. */
export interface SeriesContent {
  readonly seriesId: number;
  readonly seriesInstanceUid: string;
  /** `seriesColumns` tuples; identifier columns as references. */
  readonly tuples: readonly WeightedTuple[];
  /** `settingColumns` tuples in use. */
  readonly settings: readonly {
    readonly frameValuesId: number;
    readonly values: readonly Cell[];
  }[];
  /** `loadedInstanceCells`, then `coordinateColumns`; by SOP Instance UID. */
  readonly instances: PackedRows;
  readonly ranges: readonly {
    readonly instanceId: number;
    readonly first: number;
    readonly last: number;
    readonly frameValuesId: number;
    readonly coordinates: string;
  }[];
  /** Warnings of the series' present files, with counts and the smallest path that has each. */
  readonly warnings: readonly {
    readonly code: string;
    readonly count: number;
    readonly example: string;
  }[];
  /** As settled before; null for a series that never was. */
  readonly settledInstances: number | null;
  readonly stackKeys: readonly string[];
}

export interface SettledStack {
  readonly stackKey: string;
  readonly stackIndex: number;
  /** Catalogue's stack columns by name. */
  readonly values: Readonly<Record<string, Cell>>;
  readonly representativeInstanceId: number;
  readonly representativeFrame: number;
  readonly members: readonly { readonly instanceId: number; readonly frames: string | null }[];
}

export interface SeriesResult {
  readonly seriesId: number;
  /** Values of series and details tables by column name. */
  readonly values: Readonly<Record<string, Cell>>;
  readonly modality: string | null;
  /** JSON of column → number of distinct values, null when none varies. */
  readonly varying: string | null;
  readonly instances: number;
  readonly frames: number;
  /** Present instances per tuple in use, as loaded. */
  readonly tupleWeights: readonly { readonly seriesValuesId: number; readonly weight: number }[];
  readonly stacks: readonly SettledStack[];
  readonly problems: readonly ProblemRow[];
}

/** A study or a subject whose series changed. */
export interface SettleGroup {
  readonly id: number;
  readonly tuples: readonly WeightedTuple[];
  /** Settled series, with the columns that the group shows copies of. */
  readonly series: readonly {
    readonly values: Readonly<Record<string, Cell>>;
    readonly weight: number;
  }[];
}

export interface SettleResult {
  readonly id: number;
  readonly values: Readonly<Record<string, Cell>>;
  readonly varying: string | null;
}

export type ProblemSubject = "cohort" | "subject" | "study" | "series" | "folder";

/** Something worth a person's look. */
export interface ProblemRow {
  readonly code: string;
  readonly about: ProblemSubject;
  readonly id: number;
  /** Column concerned; "" when none is. */
  readonly column: string;
  readonly count: number;
  /** Smallest path or key. */
  readonly example: string;
}

/** Open problems of one code. */
export interface ProblemCount {
  readonly code: string;
  readonly about: ProblemSubject;
  /** Things that have the problem: series, studies, subjects; 1 for the cohort. */
  readonly things: number;
  /** Files, or whatever the problem counts, summed over the things. */
  readonly count: number;
  /** Smallest path or key of all. */
  readonly example: string;
}

export interface HeaderTask {
  readonly instanceId: number;
  readonly path: string;
}

export interface WrittenHeader {
  readonly instanceId: number;
  /** How `content` is written: the store keeps both as they are given. */
  readonly encoding: string;
  readonly content: Uint8Array;
}
