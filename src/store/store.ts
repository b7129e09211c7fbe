/**
 * The contract that every database keeps. The pipeline, the jobs and the commands know this file and
 * nothing of the database behind it; `cli` chooses one. Every call is one transaction or a read.
 *
 * Paths are stored text (see `encodePath`), relative to the cohort's source. All order is by UTF-8 bytes.
 */
import type { Cohort, CohortChange, NewCohort } from "./cohort.ts";
import type {
  BeginJob,
  Job,
  JobEvent,
  JobKey,
  JobOutcome,
  JobProgress,
  JobRequest,
  NamedJobEvent,
  Rekeying,
} from "./job.ts";
import type {
  FileCount,
  FolderListing,
  KnownFolder,
  LedgerSums,
  ShrinkReport,
  StackSums,
  UnseenFolder,
} from "./ledger.ts";
import type { ListQuery, Page } from "./listing.ts";
import type {
  HeaderOwner,
  InstanceFile,
  KeptHeader,
  RowColumn,
  RowSource,
  RowsPage,
  RowsQuery,
} from "./row-reading.ts";
import type {
  ContestLimits,
  ContestPage,
  ContestPlace,
  HeaderTask,
  ProblemCount,
  SeriesContent,
  SeriesResult,
  SettleGroup,
  SettleResult,
  Verdict,
  WrittenHeader,
} from "./settlement.ts";
import type { UnitRows } from "./unit-rows.ts";

export interface Store {
  /** What a person calls this database: the path of the file. Holds no password. */
  describe(): Promise<string>;
  close(): Promise<void>;

  // Cohorts
  listCohorts(): Promise<Cohort[]>;
  findCohort(name: string): Promise<Cohort | null>;
  createCohort(cohort: NewCohort): Promise<Cohort>;
  /** Throws CohortBusyError while a job that lives holds the cohort, as all that follow do. */
  requireIdleCohort(cohortId: number): Promise<void>;
  /** All of a change or nothing of it; throws CohortChangedError where it comes too late. */
  changeCohort(cohortId: number, change: CohortChange): Promise<Cohort>;
  /** Removes all that was extracted; settings and the list of jobs stay. */
  clearCohort(cohortId: number): Promise<void>;
  removeCohort(cohortId: number): Promise<void>;
  /** PatientID → code of a cohort's CSV. */
  subjectCodes(cohortId: number): Promise<Map<string, string>>;
  /** Subjects with what they were found by, for a change of codes. */
  listIdentities(
    cohortId: number,
  ): Promise<{ subjectId: number; kind: string; identity: string }[]>;

  // Jobs
  /**
   * Takes the cohort; throws CohortBusyError while another job that lives holds it, CohortChangedError
   * where the cohort is no longer what the job was made for.
   */
  beginJob(job: BeginJob): Promise<Job>;
  /** Writes progress and heartbeat; says what the job was asked to do; throws JobOvertakenError. */
  reportJob(job: JobKey, progress: JobProgress): Promise<JobRequest>;
  /** Notes the version of the stack rules that the job's stacks are made with, and what that leads to. */
  setStackingVersion(job: JobKey, version: number, events: readonly JobEvent[]): Promise<void>;
  endJob(job: JobKey, outcome: JobOutcome): Promise<void>;
  /** Asks a running job for something; false when it does not run. */
  requestJob(jobId: number, request: JobRequest): Promise<boolean>;
  listJobs(query: { cohortId?: number; limit: number }): Promise<Job[]>;
  findJob(jobId: number): Promise<Job | null>;
  /** In the order in which they happened. */
  jobEvents(jobId: number): Promise<NamedJobEvent[]>;
  /** Stacks that the job gave another key, by series and old key. */
  stackHistory(jobId: number): Promise<Rekeying[]>;

  // Discover and plan
  /** What the ledger knows of these folders; of the named files, or of all where names is null. */
  knownFolders(
    cohortId: number,
    folders: readonly { readonly path: string; readonly names: readonly string[] | null }[],
  ): Promise<KnownFolder[]>;

  // Write
  /** Writes listings and units together or not at all. A file that the database refuses for what is in it becomes `database-refused`. */
  writeBatch(
    job: JobKey,
    listings: readonly FolderListing[],
    units: readonly UnitRows[],
  ): Promise<{ refused: number }>;

  // Mark missing
  noteMissing(job: JobKey, fileIds: readonly number[]): Promise<void>;
  /** Ids of a folder's files that are not `missing`, in pages by id. */
  presentFileIds(folderId: number, afterId: number, limit: number): Promise<number[]>;
  unseenFolders(job: JobKey): Promise<UnseenFolder[]>;
  /** Notes all files of these folders as missing and forgets the folders when that is marked. */
  noteGoneFolders(job: JobKey, folderIds: readonly number[]): Promise<void>;
  /** How much would go if the noted files were marked. */
  missingReport(job: JobKey): Promise<ShrinkReport>;
  /** Marks up to `limit` noted files; returns how many were marked, 0 at the end. */
  markMissing(job: JobKey, limit: number): Promise<number>;
  markGoneFolders(job: JobKey, folderIds: readonly number[]): Promise<void>;
  /** Forgets what was noted. */
  dropMissing(job: JobKey): Promise<void>;

  // Settle and stack
  /** A page of instances of dirty series that a present file claims beside the stored one, or in place of one that went. */
  contests(job: JobKey, after: ContestPlace, limits: ContestLimits): Promise<ContestPage>;
  writeVerdicts(job: JobKey, verdicts: readonly Verdict[]): Promise<void>;
  /** Up to `limit` dirty series with a larger id than `after`, ascending, fewer where they are large; none at the end. */
  loadDirtySeries(job: JobKey, after: number, limit: number): Promise<SeriesContent[]>;
  countDirtySeries(job: JobKey): Promise<number>;
  loadSeries(seriesIds: readonly number[]): Promise<SeriesContent[]>;
  /** Writes settled values, stacks and what changed, and clears the marks, in one transaction. */
  writeSeries(
    job: JobKey,
    results: readonly SeriesResult[],
    events: readonly JobEvent[],
  ): Promise<void>;
  /** Studies and subjects whose series changed, with the tuples of all their series. */
  loadSettleGroups(job: JobKey, level: "study" | "subject", limit: number): Promise<SettleGroup[]>;
  writeSettleGroups(
    job: JobKey,
    level: "study" | "subject",
    results: readonly SettleResult[],
  ): Promise<void>;
  /** Problems that concern more than one series, found in the whole cohort; replaces the former ones. */
  settleCohort(job: JobKey): Promise<void>;
  /** Followed links take the instances of their targets. */
  settleLinks(job: JobKey): Promise<void>;
  /** Marks every series of the cohort dirty, for new rules. */
  markAllDirty(job: JobKey): Promise<number>;

  // Headers
  headerTasks(
    job: JobKey,
    mode: "representative" | "all",
    afterInstanceId: number,
    limit: number,
  ): Promise<HeaderTask[]>;
  writeHeaders(job: JobKey, headers: readonly WrittenHeader[]): Promise<void>;
  /** Warns at the files of these instances that their headers could not be read, and marks their series dirty. */
  noteHeadersUnread(job: JobKey, instanceIds: readonly number[]): Promise<void>;
  /** Headers kept of an instance, one per cohort that has it. */
  findHeaders(
    sopInstanceUid: string,
  ): Promise<{ cohort: string; encoding: string; content: Uint8Array }[]>;
  /** Headers kept for these rows of a page of `readRows`; those without one are left out. */
  readHeaders(owner: HeaderOwner, ownerIds: readonly number[]): Promise<KeptHeader[]>;

  // Account
  /** Ledger rows by state from the counters kept with each batch. */
  countFiles(cohortId: number): Promise<FileCount[]>;
  /** The same counted in the table, and counts of folders, to be compared with the counters. */
  recountFiles(cohortId: number): Promise<LedgerSums>;
  /** Compares stacks with frames and counts of series with rows, and counts what is wrong by its kind. */
  recountStacks(cohortId: number): Promise<StackSums>;
  /** Rows of the cohort's subjects, studies, series, stacks and present instances. */
  countContent(cohortId: number): Promise<Record<string, number>>;
  /** Open problems by code; those that change the exit status first, then by number of things. */
  countProblems(cohortId: number): Promise<ProblemCount[]>;

  // Read
  /** A page of one of the views, by key. */
  readView(query: ListQuery): Promise<Page>;
  /** The columns of a table or view that can be read, identifiers among them. */
  describeRows(source: RowSource): Promise<RowColumn[]>;
  /** A page of a table or view with the chosen columns, by key; costs the same wherever the page lies. */
  readRows(query: RowsQuery): Promise<RowsPage>;
  /** Files that instances of this SOP Instance UID are stored from, in all cohorts. */
  findInstanceFiles(sopInstanceUid: string): Promise<InstanceFile[]>;
  /** The lines of `nils dump`, in order. */
  dump(cohortId: number): AsyncIterable<string>;
  audit(entry: { action: string; cohortId: number | null; detail: string }): Promise<void>;

  // Care
  backup(path: string): Promise<void>;
  check(): Promise<string[]>;
  schemaVersion(): Promise<number>;
}
