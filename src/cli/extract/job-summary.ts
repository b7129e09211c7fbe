/** What there is to say about a job that has ended, gathered from the database. */
import { findCode, findState } from "#catalogue/codes.ts";
import { secondsOf } from "#cli/jobs/job-times.ts";
import { printPath } from "#cli/output/print-path.ts";
import {
  type ChangeCount,
  type ChangeKind,
  countChanges,
  listChanges,
} from "#jobs/summarize-changes.ts";
import { describeNews, readerVersion } from "#pipeline/reader-versions.ts";
import type { Cohort } from "#store/cohort.ts";
import type { Job, JobCounts, NamedJobEvent } from "#store/job.ts";
import type { ProblemCount } from "#store/settlement.ts";
import type { Store } from "#store/store.ts";

/** Without its example, which may be a path: a summary ends up in mails and logs. */
export interface SummaryProblem extends Omit<ProblemCount, "example"> {
  readonly meaning: string;
  readonly advice: string;
}

export interface JobSummary {
  readonly cohort: string;
  /** As it is printed. */
  readonly source: string;
  readonly database: string;
  readonly job: number;
  readonly state: Job["state"];
  readonly exitStatus: number | null;
  readonly message: string | null;
  /** Number of the lost job that this one continued. */
  readonly continues: number | null;
  /** Number of the job before it; null for the first. */
  readonly before: number | null;
  /** Whether no job of the cohort came after it, so that what is there now is what it left. */
  readonly isLatest: boolean;
  readonly phase: Job["phase"];
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly seconds: number;
  readonly filesPerSecond: number;
  readonly counts: JobCounts;
  /** Rows of the ledger as they are now, by state. */
  readonly states: Readonly<Record<string, number>>;
  readonly content: Readonly<Record<string, number>>;
  readonly changes: Readonly<Partial<Record<ChangeKind, ChangeCount>>>;
  /** What this job's reader reads that the one of the job before did not; null where it is the same. */
  readonly readerNews: string | null;
  /** Series that were stacked anew though none of their files was read, and why; null where there was no reason. */
  readonly restacked: { readonly series: number; readonly why: string } | null;
  readonly problems: readonly SummaryProblem[];
}

export async function loadSummary(
  store: Store,
  cohort: Cohort,
  job: Job,
  where: { readonly database: string; readonly now: number },
): Promise<JobSummary> {
  const { database, now } = where;
  const { cohortId } = cohort;
  const jobs = await store.listJobs({ cohortId, limit: 1_000 });
  const seconds = secondsOf(job, now);
  const previous = jobs.find(({ jobId }) => jobId < job.jobId);
  const states = await store.countFiles(cohortId);
  const problems = await store.countProblems(cohortId);
  const events = await store.jobEvents(job.jobId);
  return {
    cohort: cohort.name,
    source: printPath(cohort.sourcePath),
    database,
    job: job.jobId,
    state: job.state,
    exitStatus: job.exitStatus,
    message: job.message,
    continues: job.continues,
    before: previous?.jobId ?? null,
    isLatest: jobs[0]?.jobId === job.jobId,
    phase: job.phase,
    startedAt: job.startedAt,
    endedAt: job.endedAt,
    seconds,
    filesPerSecond: seconds > 0 ? Math.round(job.counts.found / seconds) : 0,
    counts: job.counts,
    states: Object.fromEntries(states.map(({ state, files }) => [state, files])),
    content: await store.countContent(cohortId),
    changes: countChanges(listChanges(events)),
    readerNews: previous === undefined ? null : compareReaders(previous, job),
    restacked: findRestack(events),
    problems: problems.map(({ example: _, ...problem }) => {
      const code = findCode(problem.code) ?? findState(problem.code); // some files have a state only
      return { ...problem, meaning: code?.meaning ?? "", advice: code?.advice ?? "" };
    }),
  };
}

function compareReaders(before: Job, now: Job): string | null {
  const [from, to] = [before.versions["reader"], now.versions["reader"]];
  return typeof from === "number" && to === readerVersion ? describeNews(from) : null;
}

/** Events of a job that forms all stacks anew. */
const restackReasons: Readonly<Record<string, string>> = {
  "stack-rules-changed": "the rules changed",
  "stack-options-changed": "the cohort's options changed",
};

function findRestack(events: readonly NamedJobEvent[]): JobSummary["restacked"] {
  for (const { code, count, detail } of events) {
    const reason = restackReasons[code];
    if (reason === undefined) continue;
    return { series: count ?? 0, why: detail === null ? reason : `${reason} ${detail}` };
  }
  return null;
}
