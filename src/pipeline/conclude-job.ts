/** The end of a job: its account, its verdict, and the report that is shown. */
import type { Job, JobCounts, JobOutcome } from "#store/job.ts";
import type { FileState, LedgerSums, ShrinkReport } from "#store/ledger.ts";
import { type Account, checkAccount } from "./account.ts";
import type { HeldJob } from "./hold-job.ts";

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
  /** Threads that read or walk and hang in the system: the process cannot end by itself. */
  readonly abandonedReaders: number;
}

export interface StagesResult {
  /** The whole source was seen, and all of it is written. */
  readonly sawAll: boolean;
  /** The job never looks at the source, so that what is not in it is no failure. */
  readonly ignoresSource?: true;
  readonly heldBack: ShrinkReport | null;
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

/** Checks the account, ends the job's row and reports. */
export async function concludeJob(
  { store, job, progress, stop }: HeldJob,
  began: Job,
  result: StagesResult,
): Promise<JobReport> {
  stop.throwFailure();
  const { counts } = progress;
  if (result.sawAll && stop.reason === null && counts.pending > 0) {
    throw new Error(`${counts.pending} files were found and not written`);
  }
  const ledger = await store.recountFiles(job.cohortId);
  const counters = await store.countFiles(job.cohortId);
  const account = checkAccount(counts, ledger, counters, result.sawAll);
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
    abandonedReaders: result.abandonedReaders,
  };
}

/** Stored files and copies of them that could not be read for what is still to be done with them. */
function countUnread({ rereadFailed, headersUnread, notCompared }: LedgerSums): number {
  return rereadFailed + headersUnread + notCompared;
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
  const hasNothing = count(dicomStates) === 0 && ledger.foldersUnlisted === 0;
  if (hasNothing && result.ignoresSource !== true) return failed("No DICOM files found.");
  const problems = count(refusedStates) + ledger.foldersUnlisted + countUnread(ledger);
  return problems > 0
    ? { state: "completed-with-problems", exitStatus: 3, message: null }
    : { state: "completed", exitStatus: 0, message: null };
}
