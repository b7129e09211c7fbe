/** One execution of extraction over a cohort, as the database knows it. */
export type JobState =
  | "queued"
  | "running"
  | "pausing"
  | "paused"
  | "cancelling"
  | "cancelled"
  | "completed"
  | "completed-with-problems"
  | "failed"
  | "lost";

/** The kebab-case name of what a job is at; while stages overlap, the earliest unfinished. */
export type JobPhase =
  | "discover"
  | "plan"
  | "parse"
  | "write"
  | "mark-missing"
  | "settle"
  | "stack"
  | "headers";

/** Proof of holding a cohort: writing with an epoch that is no longer the cohort's is refused. */
export interface JobKey {
  readonly jobId: number;
  readonly cohortId: number;
  readonly epoch: number;
}

/** What found files became, for the first sum of the account. */
export interface JobCounts {
  readonly found: number;
  readonly unchanged: number;
  readonly new: number;
  readonly changed: number;
  readonly readAgain: number;
  readonly waiting: number;
  readonly pending: number;
  readonly folders: number;
  readonly foldersUnlisted: number;
  readonly kept: number;
  readonly missing: number;
  readonly read: number;
  readonly written: number;
  readonly refused: number;
}

/** Counts of a job that has not told any yet. */
export const noCounts: JobCounts = {
  found: 0,
  unchanged: 0,
  new: 0,
  changed: 0,
  readAgain: 0,
  waiting: 0,
  pending: 0,
  folders: 0,
  foldersUnlisted: 0,
  kept: 0,
  missing: 0,
  read: 0,
  written: 0,
  refused: 0,
};

export interface Job extends JobKey {
  readonly state: JobState;
  readonly phase: JobPhase | null;
  readonly counts: JobCounts;
  readonly settings: unknown;
  /** Of program, reader, stack rules and Node. */
  readonly versions: Readonly<Record<string, string | number>>;
  readonly host: string;
  readonly pid: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly heartbeatAt: string;
  readonly endedAt: string | null;
  readonly exitStatus: number | null;
  /** The sentence of the error that ended it. */
  readonly message: string | null;
  /** Number of the job that this one found lost and continues. */
  readonly continues: number | null;
}

export interface BeginJob {
  readonly cohortId: number;
  /** Epoch of the cohort whose settings and codes the job goes by. */
  readonly cohortEpoch?: number;
  readonly settings: unknown;
  /** Versions of program, reader, stack rules and Node. */
  readonly versions: Readonly<Record<string, string | number>>;
}

export interface JobProgress {
  readonly phase: JobPhase;
  readonly counts: JobCounts;
}

export type JobRequest = "none" | "pause" | "cancel";

export interface JobOutcome {
  readonly state: Extract<
    JobState,
    "cancelled" | "paused" | "completed" | "completed-with-problems" | "failed"
  >;
  readonly exitStatus: number;
  readonly message: string | null;
  readonly counts: JobCounts;
}

export interface JobEvent {
  /** Kebab-case, for example `series-new`. */
  readonly code: string;
  readonly seriesId: number | null;
  readonly count: number | null;
  /** Holds no identifier and no path. */
  readonly detail: string | null;
}

/** A stack whose key went while its series stayed, and what its images are in now. */
export interface Rekeying {
  readonly seriesInstanceUid: string;
  readonly oldKey: string;
  /** Key of the stack that holds most of its images now; null when none of them is in a stack. */
  readonly newKey: string | null;
  /** Key that its row has by now; null when the row is gone. */
  readonly rowKey: string | null;
}

/** An event with the names of the series that it is about; null where it is about none, or that was cleared. */
export interface NamedJobEvent extends JobEvent {
  readonly subjectCode: string | null;
  readonly seriesInstanceUid: string | null;
  readonly modality: string | null;
  readonly seriesDescription: string | null;
}
