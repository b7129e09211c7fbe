/**
 * The frame of every job: takes the cohort, reports to the job's row and hears what it is asked, and ends
 * the row when the work fails. What the job does, and how it is concluded, is the caller's.
 */
import { UserError } from "#base/user-error.ts";
import { stackingVersion } from "#stacks/stack-series.ts";
import type { Cohort } from "#store/cohort.ts";
import type { Job, JobKey } from "#store/job.ts";
import type { Store } from "#store/store.ts";
import { Progress, type ProgressNow } from "./progress.ts";
import { readerVersion } from "./reader-versions.ts";
import { StopSign } from "./stop-sign.ts";

/** The job's row is written this often, ms. */
const reportEveryMs = 2_000;

/** Reports that fail one after another before the job does: a database that is busy or away for a moment answers the next. */
const failuresInARow = 5;

export interface JobHooks {
  /** Told once the job has its number. */
  onBegin?(job: Job, stop: StopSign): void;
  /** Version of the program. */
  readonly programVersion: string;
  /** Time without progress after which a reader is given up, ms. */
  readonly standstillMs?: number;
  /** A job that still reads settles and stacks so often what it has read, ms. */
  readonly settleEveryMs?: number;
  /** The job's row is written this often, ms. */
  readonly reportEveryMs?: number;
}

/** A job that holds its cohort. */
export interface HeldJob {
  readonly store: Store;
  readonly job: JobKey;
  readonly progress: Progress;
  readonly stop: StopSign;
}

export interface HoldRequest {
  /** As it was read: a cohort that was changed since is not taken. */
  readonly cohort: Pick<Cohort, "cohortId" | "epoch">;
  /** As resolved, for the job's row. Holds no key of codes. */
  readonly settings: unknown;
  readonly hooks: JobHooks;
  watch(progress: () => ProgressNow): void;
}

/** Does `work` while holding the cohort; `work` ends the job's row when all went well. */
export async function holdJob<Result>(
  store: Store,
  request: HoldRequest,
  work: (held: HeldJob, began: Job) => Promise<Result>,
): Promise<Result> {
  const { cohort, settings, hooks } = request;
  const began = await store.beginJob({
    cohortId: cohort.cohortId,
    cohortEpoch: cohort.epoch,
    settings,
    versions: {
      program: hooks.programVersion,
      reader: readerVersion,
      stacking: stackingVersion,
      node: process.versions.node,
    },
  });
  const job: JobKey = { jobId: began.jobId, cohortId: began.cohortId, epoch: began.epoch };
  const held: HeldJob = { store, job, progress: new Progress(), stop: new StopSign() };
  const reporting = startReporting(held, hooks.reportEveryMs ?? reportEveryMs);
  try {
    hooks.onBegin?.(began, held.stop);
    request.watch(() => held.progress.now());
    return await work(held, began);
  } catch (error) {
    await fail(held, error);
    throw error;
  } finally {
    reporting.end();
  }
}

/** Ends the job's row where the database still answers and the job still owns its cohort. */
async function fail({ store, job, progress }: HeldJob, error: unknown): Promise<void> {
  const message =
    error instanceof UserError ? error.message : "The job ended by an error of the program.";
  try {
    await store.endJob(job, { state: "failed", exitStatus: 1, message, counts: progress.counts });
  } catch {
    // The database does not answer, or another job has taken over: the error that led here says more.
  }
}

/** Reports to the job's row and hears what the job is asked to do. */
function startReporting({ store, job, progress, stop }: HeldJob, everyMs: number): { end(): void } {
  let isBusy = false;
  let failures = 0;
  const report = async (): Promise<void> => {
    const { phase, counts } = progress.now();
    try {
      const request = await store.reportJob(job, { phase, counts });
      failures = 0;
      if (request !== "none") stop.raise(request);
    } catch (error) {
      failures += 1;
      const isOvertaken = error instanceof UserError && error.code === "job-overtaken";
      if (isOvertaken || failures >= failuresInARow) stop.fail(error);
    }
  };
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    void report().finally(() => {
      isBusy = false;
    });
  }, everyMs);
  timer.unref();
  return { end: () => clearInterval(timer) };
}
