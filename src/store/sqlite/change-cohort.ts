/** A change of a cohort, with what it does to rows that are there: all of it in one transaction. */
import { type Cohort, type CohortChange, noStackingVersion } from "#store/cohort.ts";
import type { JobEvent, JobKey } from "#store/job.ts";
import { CohortChangedError } from "#store/job-errors.ts";
import { replaceCodes, requireCohort, requireFreeName } from "./cohorts.ts";
import { dropHeaders } from "./headers.ts";
import { insertJobEvents, requireIdleCohort } from "./jobs.ts";
import { recheckFiles } from "./known-files.ts";
import type { Session } from "./session.ts";

export function changeCohort(session: Session, cohortId: number, change: CohortChange): Cohort {
  return session.transaction(() => {
    const before = requireCohort(session, cohortId);
    requireIdleCohort(session, cohortId);
    if (change.epoch !== undefined && change.epoch !== before.epoch) {
      throw new CohortChangedError(before.name);
    }
    if (change.name !== undefined) requireFreeName(session, change.name, cohortId);
    if (change.recheck !== undefined) recheckFiles(session, cohortId, change.recheck);
    if (change.keptHeaders !== undefined) dropHeaders(session, cohortId, change.keptHeaders);
    if (change.codes !== undefined) replaceCodes(session, cohortId, change.codes);
    if (change.recoded !== undefined) recodeSubjects(session, cohortId, change.recoded);
    // What was never stacked is stacked by the next job anyway.
    const isRestacked = change.restack === true && before.stackingVersion !== null;
    session
      .prepare(
        "UPDATE cohort SET name = ?, source_path = ?, settings = ?, stacking_version = ?, epoch = epoch + 1 WHERE cohort_id = ?",
      )
      .run(
        change.name ?? before.name,
        change.sourcePath ?? before.sourcePath,
        JSON.stringify(change.settings ?? before.settings),
        isRestacked ? noStackingVersion : before.stackingVersion,
        cohortId,
      );
    return requireCohort(session, cohortId);
  });
}

function recodeSubjects(
  session: Session,
  cohortId: number,
  recoded: NonNullable<CohortChange["recoded"]>,
): void {
  const update = session.prepare(
    "UPDATE subject SET subject_code = ? WHERE subject_id = ? AND cohort_id = ?",
  );
  for (const { subjectId, code } of recoded) update.run(code, subjectId, cohortId);
}

export function setStackingVersion(
  session: Session,
  job: JobKey,
  version: number,
  events: readonly JobEvent[],
): void {
  session.jobTransaction(job, () => {
    session
      .prepare("UPDATE cohort SET stacking_version = ? WHERE cohort_id = ?")
      .run(version, job.cohortId);
    insertJobEvents(session, job, events);
  });
}
