/** The account of paths: folders and files. */
import type { PackedRows } from "./packed-rows.ts";

export type FileState =
  | "stored"
  | "duplicate"
  | "conflict"
  | "unsupported"
  | "skipped"
  | "not-dicom"
  | "unreadable"
  | "invalid"
  | "changed"
  | "missing";

/** How a folder was met. */
export interface FolderListing {
  readonly path: string;
  /** `listing`: opened, not at its end; `listed`: seen whole; `unreadable`: could not be listed (to its end). */
  readonly state: "listing" | "listed" | "unreadable";
  readonly code: string | null;
  readonly detail: string | null;
  readonly entries: number;
  /** Path of the subject folder it belongs to, null outside of any. */
  readonly subjectFolder: string | null;
}

/** Cells of a known file. */
export const knownCells = [
  "fileId",
  "name",
  "size",
  "mtime",
  "ctime",
  "state",
  "recheck",
  "readerVersion",
  "linkCode", // code and detail of an entry that is a link, null of others
  "linkDetail",
] as const;

export interface KnownFolder {
  readonly path: string;
  /** null: the folder is new. */
  readonly folderId: number | null;
  readonly files: PackedRows;
}

export interface UnseenFolder {
  readonly folderId: number;
  readonly parentId: number | null;
  /** The parent's state if it was seen by this job, else null. */
  readonly parentState: "listing" | "listed" | "unreadable" | null;
}

export interface ShrinkReport {
  /** Files that would be marked missing. */
  readonly noted: number;
  /** Of these, files whose instance a file that stays also holds. */
  readonly moved: number;
  /** Ledger rows that are not `missing`. */
  readonly present: number;
}

export interface FileCount {
  readonly state: FileState;
  readonly files: number;
}

export interface LedgerSums {
  readonly files: FileCount[];
  readonly folders: number;
  readonly foldersUnlisted: number;
  /** Stored files that could not be read again and keep the values of an earlier reading. */
  readonly rereadFailed: number;
  /** Stored files whose full header was due and could not be read. */
  readonly headersUnread: number;
  /** Files that could not be compared with the one that holds their instance. */
  readonly notCompared: number;
}

/** What recounting the stacks of a cohort found; all but `frames` and `unsettledSeries` should be 0. */
export interface StackSums {
  /** Frames of present instances of settled series. */
  readonly frames: number;
  /** Of these, frames that no stack has. */
  readonly framesInNoStack: number;
  /** Of these, frames that several stacks have. */
  readonly framesInSeveralStacks: number;
  /** Members of stacks that are no present instance, or frames that it does not have. */
  readonly strangeMembers: number;
  /** Series whose counts of instances, frames or stacks are not those of their rows. */
  readonly miscountedSeries: number;
  /** Series that the next job settles; they are not looked at. */
  readonly unsettledSeries: number;
}

/**
 * Codes of a read that failed for reasons outside the file's content. A stored file that meets one when it
 * is read again keeps its row and its values.
 */
export const failedReads: ReadonlySet<string> = new Set([
  "permission-denied",
  "io-error",
  "file-vanished",
  "reader-timeout",
  "reader-crash",
  "changed-during-read",
  "too-young",
]);
