import { WrongUseError } from "#cli/wrong-use-error.ts";
import type { Cohort } from "#store/cohort.ts";
import type { Job } from "#store/job.ts";
import type { Store } from "#store/store.ts";

/** A job with the cohort that it is of. */
export interface FoundJob {
  readonly job: Job;
  readonly cohort: Cohort;
}

/** The job of a number that was typed. */
export async function requireJob(store: Store, typed: string): Promise<FoundJob> {
  const jobId = /^\d{1,15}$/.test(typed) ? Number(typed) : Number.NaN;
  const job = Number.isNaN(jobId) ? null : await store.findJob(jobId);
  const cohort = (await store.listCohorts()).find(({ cohortId }) => cohortId === job?.cohortId);
  if (job === null || cohort === undefined) {
    throw new WrongUseError(
      `There is no job ${typed} in this database; nils jobs list shows those there are.`,
    );
  }
  return { job, cohort };
}
