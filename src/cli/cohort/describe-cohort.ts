/** What there is to say about a cohort, as `--json` writes it. Nothing in it is counted in the ledger. */
import type { Cohort } from "#store/cohort.ts";
import type { JobState } from "#store/job.ts";
import type { Store } from "#store/store.ts";

export interface DescribedCohort {
  readonly name: string;
  /** Stored text of the path. */
  readonly source: string;
  readonly state: Cohort["state"];
  readonly createdAt: string;
  /** Rows of the ledger. */
  readonly files: number;
  readonly byState: Readonly<Record<string, number>>;
  /** Subjects, studies, series, instances, frames and stacks that are present. */
  readonly content: Readonly<Record<string, number>>;
  readonly lastJob: DescribedJob | null;
}

export interface DescribedJob {
  readonly job: number;
  readonly state: JobState;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly message: string | null;
}

export async function describeCohort(store: Store, cohort: Cohort): Promise<DescribedCohort> {
  const { cohortId, name, sourcePath, state, createdAt } = cohort;
  const counts = await store.countFiles(cohortId);
  const [lastJob] = await describeJobs(store, cohortId, 1);
  return {
    name,
    source: sourcePath,
    state,
    createdAt: createdAt,
    files: counts.reduce((sum, { files }) => sum + files, 0),
    byState: Object.fromEntries(counts.map((count) => [count.state, count.files])),
    content: await store.countContent(cohortId),
    lastJob: lastJob ?? null,
  };
}

/** The latest jobs, newest first. */
export async function describeJobs(
  store: Store,
  cohortId: number,
  limit: number,
): Promise<DescribedJob[]> {
  return (await store.listJobs({ cohortId, limit })).map(
    ({ jobId, state, startedAt, endedAt, message }) => ({
      job: jobId,
      state,
      startedAt: startedAt,
      endedAt: endedAt,
      message,
    }),
  );
}
