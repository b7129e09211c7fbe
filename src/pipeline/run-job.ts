/**
 * One job from its beginning to its end: discover → plan → parse → write → mark missing → settle → stack →
 * headers, the account, and the verdict.
 */
import { statSync } from "node:fs";
import { UserError } from "#base/user-error.ts";
import { stackingVersion } from "#stacks/stack-series.ts";
import type { Job, JobCounts, JobKey, JobOutcome } from "#store/job.ts";
import type { FileState, LedgerSums, ShrinkReport } from "#store/ledger.ts";
import type { Store } from "#store/store.ts";
import { type Account, checkAccount, sumFound } from "./account.ts";
import { FileExtraction } from "./extract-files.ts";
import { type JobRun, StopSign } from "./job-run.ts";
import { type JobInput, readerVersion } from "./job-settings.ts";
import { keepHeaders } from "./keep-headers.ts";
import { markMissing } from "./mark-missing.ts";
import { ReaderPool } from "./parse/reader-pool.ts";
import { Progress, type ProgressNow } from "./progress.ts";
import { settleDirty } from "./settle/settle.ts";
import { WriteQueue } from "./write-queue.ts";

/** The job's row is written this often, ms. */
const reportEveryMs = 2_000;

export interface JobHooks {
  /** Told once the job has its number. */
  onBegin?(job: Job, stop: StopSign): void;
  /** Version of the program. */
  readonly programVersion: string;
  /** Time without progress after which a reader is given up, ms. */
  readonly standstillMs?: number;
}

export interface JobReport {
  readonly jobId: number;
  readonly continues: number | null;
  readonly state: JobOutcome["state"];
  readonly exitStatus: number;
  readonly message: string | null;
  readonly counts: JobCounts;
  readonly account: Account;
  readonly ledger: LedgerSums;
  /** Rows of subjects, studies, series, stacks and present instances. */
  readonly content: Readonly<Record<string, number>>;
  /** Readers that hang in the system: the process cannot end by itself. */
  readonly abandonedReaders: number;
}

/** States that a person should know of (exit status 3). */
const refusedStates: readonly FileState[] = ["unreadable", "invalid", "changed", "conflict"];

/** States of files that hold DICOM. */
const dicomStates: readonly FileState[] = [
  "stored",
  "duplicate",
  "conflict",
  "unsupported",
  "invalid",
  "unreadable",
  "changed",
];

export async function runJob(
  store: Store,
  input: JobInput,
  hooks: JobHooks,
  watch: (progress: () => ProgressNow) => void,
): Promise<JobReport> {
  requireSource(input.cohort.sourcePath);
  const { cohort, settings } = input;
  const began = await store.beginJob({
    cohortId: cohort.cohortId,
    settings: { ...settings, ...publicSettings(cohort.settings), source: cohort.sourcePath },
    versions: {
      program: hooks.programVersion,
      reader: readerVersion,
      stacking: stackingVersion,
      node: process.versions.node,
    },
  });
  const job: JobKey = { jobId: began.jobId, cohortId: began.cohortId, epoch: began.epoch };
  const progress = new Progress();
  const stop = new StopSign();
  const pool = new ReaderPool({
    workers: settings.workers,
    rules: {
      source: cohort.sourcePath,
      codes: input.codes,
      subjectFrom: cohort.settings.subjectFrom,
      hasFolderPattern: cohort.settings.subjectFolders !== null,
      seed: cohort.settings.subjectSeed,
    },
    ...(hooks.standstillMs === undefined ? {} : { standstillMs: hooks.standstillMs }),
  });
  const queue = new WriteQueue(store, job, settings.batchSize, (files) => {
    progress.counts.refused += files;
  });
  const run: JobRun = { store, job, input, pool, queue, progress, stop };
  hooks.onBegin?.(began, stop);
  watch(() => progress.now());
  const reporting = startReporting(run);
  try {
    const result = await runStages(run);
    return await conclude(run, began, result);
  } catch (error) {
    await fail(run, error);
    throw error;
  } finally {
    reporting.end();
    pool.close();
  }
}

interface StagesResult {
  readonly isComplete: boolean;
  readonly heldBack: ShrinkReport | null;
}

async function runStages(run: JobRun): Promise<StagesResult> {
  const { store, job, progress, stop, input } = run;
  if (input.cohort.stackingVersion !== stackingVersion) {
    if (input.cohort.stackingVersion !== null) await store.markAllDirty(job);
    await store.changeCohort(job.cohortId, { stackingVersion });
  }
  await settleDirty(run); // what an interrupted job left
  progress.phase = "discover";
  const isComplete = await new FileExtraction(run).extract();
  let heldBack: ShrinkReport | null = null;
  if (isComplete) {
    progress.phase = "mark-missing";
    const outcome = await markMissing(store, job, progress.counts.found, input.settings);
    progress.counts.missing = outcome.marked;
    progress.counts.kept += outcome.kept;
    heldBack = outcome.heldBack;
  }
  if (stop.reason === null) await settleDirty(run);
  if (stop.reason === null) await keepHeaders(run);
  return { isComplete, heldBack };
}

async function conclude(run: JobRun, began: Job, result: StagesResult): Promise<JobReport> {
  const { store, job, progress, stop } = run;
  const { counts } = progress;
  counts.pending = 0;
  counts.pending = Math.max(0, counts.found - sumFound(counts));
  const wasStopped = stop.reason !== null;
  if (result.isComplete && !wasStopped && counts.pending > 0) {
    throw new Error(`${counts.pending} files were found and not written`);
  }
  const ledger = await store.recountFiles(job.cohortId);
  const counters = await store.countFiles(job.cohortId);
  const account = checkAccount(counts, ledger, counters, result.isComplete);
  const verdict = judge(account, ledger, result, stop.reason);
  await store.endJob(job, { ...verdict, counts });
  return {
    jobId: job.jobId,
    continues: began.continues,
    ...verdict,
    counts: { ...counts },
    account,
    ledger,
    content: await store.countContent(job.cohortId),
    abandonedReaders: run.pool.abandoned,
  };
}

type Verdict = Pick<JobOutcome, "state" | "exitStatus" | "message">;

function judge(
  account: Account,
  ledger: LedgerSums,
  result: StagesResult,
  stopped: "cancel" | "pause" | null,
): Verdict {
  const failed = (message: string): Verdict => ({ state: "failed", exitStatus: 1, message });
  const [imbalance] = account.imbalances;
  if (imbalance !== undefined) return failed(`The account does not add up. ${imbalance}`);
  if (stopped !== null) {
    const state = stopped === "pause" ? "paused" : "cancelled";
    return { state, exitStatus: 1, message: null };
  }
  if (result.heldBack !== null) {
    const { noted, moved } = result.heldBack;
    return failed(
      `${noted - moved} files that were there are gone, which may be a disk that is not mounted; none was marked missing. If they are meant to be gone, run again with --accept-shrink.`,
    );
  }
  const count = (states: readonly FileState[]): number =>
    states.reduce((sum, state) => sum + (account.byState[state] ?? 0), 0);
  if (count(dicomStates) === 0 && ledger.foldersUnlisted === 0) {
    return failed("No DICOM files found.");
  }
  const problems = count(refusedStates) + ledger.foldersUnlisted + ledger.rereadFailed;
  return problems > 0
    ? { state: "completed-with-problems", exitStatus: 3, message: null }
    : { state: "completed", exitStatus: 0, message: null };
}

/** Ends the job's row where the database still answers and the job still owns its cohort. */
async function fail(run: JobRun, error: unknown): Promise<void> {
  const { store, job, progress } = run;
  const message =
    error instanceof UserError ? error.message : "The job ended by an error of the program.";
  try {
    await store.endJob(job, { state: "failed", exitStatus: 1, message, counts: progress.counts });
  } catch {
    // The database does not answer, or another job has taken over: the error that led here says more.
  }
}

/** Reports to the job's row and hears what the job is asked to do. */
function startReporting(run: JobRun): { end(): void } {
  let isBusy = false;
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    const { phase, counts } = run.progress.now();
    run.store
      .reportJob(run.job, { phase, counts })
      .then((request) => {
        if (request !== "none") run.stop.raise(request);
      })
      .catch(() => run.stop.raise("cancel")) // overtaken or unreachable: the next write says which
      .finally(() => {
        isBusy = false;
      });
  }, reportEveryMs);
  timer.unref();
  return { end: () => clearInterval(timer) };
}

/** Settings without what a person may have keyed codes with. */
function publicSettings<Settings extends { readonly subjectSeed: string }>({
  subjectSeed,
  ...rest
}: Settings): Omit<Settings, "subjectSeed"> {
  return rest;
}

export function requireSource(path: string): void {
  let isDirectory = false;
  try {
    isDirectory = statSync(path).isDirectory();
  } catch {
    isDirectory = false;
  }
  if (!isDirectory) {
    throw new UserError(
      "source-missing",
      `The source ${path} is not a folder that can be reached; check that its disk is mounted, or name another with --source.`,
    );
  }
}
