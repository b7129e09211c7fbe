import { UserError } from "#base/user-error.ts";

/** Another job that lives holds the cohort. */
export class CohortBusyError extends UserError {
  override readonly name = "CohortBusyError";

  constructor(cohort: string, jobId: number, host: string, pid: number) {
    super(
      "cohort-busy",
      `Cohort ${cohort} is being extracted by job ${jobId} (process ${pid} on ${host}); wait for it to end, or stop it with nils jobs cancel ${jobId}.`,
      { exitStatus: 4 },
    );
  }
}

/** The job no longer owns its cohort: it was taken for lost and another one goes on. */
export class JobOvertakenError extends UserError {
  override readonly name = "JobOvertakenError";

  constructor(jobId: number) {
    super(
      "job-overtaken",
      `Job ${jobId} was stopped for so long that another job has taken over its cohort; it has written nothing since and ends here.`,
    );
  }
}

/** A job or a change was made for the cohort as it was before. */
export class CohortChangedError extends UserError {
  override readonly name = "CohortChangedError";

  constructor(cohort: string) {
    super(
      "cohort-changed",
      `Cohort ${cohort} was changed or extracted by another command just now; run this line again.`,
      { exitStatus: 4 },
    );
  }
}
