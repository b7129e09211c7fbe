import { UserError } from "#base/user-error.ts";
import type { Cohort, CohortSettings, NewCohort } from "#store/cohort.ts";
import { parseStored } from "#store/stored-value.ts";
import { isCohortHeld, requireIdleCohort } from "./jobs.ts";
import type { Session } from "./session.ts";
import { lowerUidMark } from "./uid-hashes.ts";

const select =
  "SELECT cohort_id, name, source_path, settings, state, stacking_version, created_at, epoch FROM cohort";

type Row = Record<string, unknown>;

/** A cohort whose job was lost is not being extracted, whatever the row says. */
function cohortOf(session: Session, row: Row): Cohort {
  const cohortId = row["cohort_id"] as number;
  const state = row["state"] as Cohort["state"];
  const isLeft = state === "extracting" && !isCohortHeld(session, cohortId);
  return {
    cohortId,
    name: row["name"] as string,
    sourcePath: row["source_path"] as string,
    settings: parseStored<CohortSettings>(row["settings"]),
    state: isLeft ? "needs-attention" : state,
    stackingVersion: row["stacking_version"] as number | null,
    createdAt: row["created_at"] as string,
    epoch: row["epoch"] as number,
  };
}

export function listCohorts(session: Session): Cohort[] {
  return session
    .prepare(`${select} ORDER BY name`)
    .all()
    .map((row) => cohortOf(session, row));
}

export function findCohort(session: Session, name: string): Cohort | null {
  const row = session.prepare(`${select} WHERE name = ?`).get(name);
  return row === undefined ? null : cohortOf(session, row);
}

export function requireCohort(session: Session, cohortId: number): Cohort {
  const row = session.prepare(`${select} WHERE cohort_id = ?`).get(cohortId);
  if (row === undefined) {
    throw new UserError("cohort-unknown", `There is no cohort number ${cohortId} any more.`, {
      exitStatus: 2,
    });
  }
  return cohortOf(session, row);
}

export function createCohort(session: Session, cohort: NewCohort): Cohort {
  return session.transaction(() => {
    requireFreeName(session, cohort.name, null);
    const made = session
      .prepare(
        "INSERT INTO cohort (name, source_path, settings, state, created_at) VALUES (?, ?, ?, 'new', ?)",
      )
      .run(
        cohort.name,
        cohort.sourcePath,
        JSON.stringify(cohort.settings),
        new Date().toISOString(),
      );
    const cohortId = Number(made.lastInsertRowid);
    if (cohort.codes !== undefined) replaceCodes(session, cohortId, cohort.codes);
    return requireCohort(session, cohortId);
  });
}

/** `cohortId`: the cohort that may have the name; null for one that is to be made. */
export function requireFreeName(session: Session, name: string, cohortId: number | null): void {
  const namesake = findCohort(session, name);
  if (namesake === null || namesake.cohortId === cohortId) return;
  throw new UserError("cohort-exists", `There is a cohort ${name} already; choose another name.`, {
    exitStatus: 2,
  });
}

/** In the caller's transaction. */
export function replaceCodes(
  session: Session,
  cohortId: number,
  codes: ReadonlyMap<string, string>,
): void {
  session.prepare("DELETE FROM cohort_subject_code WHERE cohort_id = ?").run(cohortId);
  const insert = session.prepare("INSERT INTO cohort_subject_code VALUES (?, ?, ?)");
  for (const [patientId, code] of codes) insert.run(cohortId, patientId, code);
}

const inCohort = {
  series:
    "series_id IN (SELECT series_id FROM series JOIN study USING (study_id) JOIN subject USING (subject_id) WHERE cohort_id = :cohort)",
  study:
    "study_id IN (SELECT study_id FROM study JOIN subject USING (subject_id) WHERE cohort_id = :cohort)",
  instance:
    "instance_id IN (SELECT instance_id FROM instance JOIN series USING (series_id) JOIN study USING (study_id) JOIN subject USING (subject_id) WHERE cohort_id = :cohort)",
} as const;

/** Children first; what is extracted, in the order in which it can go. */
const contentDeletes: readonly string[] = [
  "DELETE FROM missing_note WHERE job_id IN (SELECT job_id FROM job WHERE cohort_id = :cohort)",
  "DELETE FROM file WHERE folder_id IN (SELECT folder_id FROM folder WHERE cohort_id = :cohort)",
  `DELETE FROM header WHERE ${inCohort.instance}`,
  `DELETE FROM header_base WHERE ${inCohort.series}`,
  `DELETE FROM instance_uid_hash WHERE ${inCohort.instance}`,
  "DELETE FROM instance_uid_clash WHERE cohort_id = :cohort",
  `DELETE FROM frame_range WHERE ${inCohort.instance}`,
  `DELETE FROM stack_member WHERE series_stack_id IN (SELECT series_stack_id FROM series_stack WHERE ${inCohort.series})`,
  `DELETE FROM stack_history WHERE ${inCohort.series}`,
  `DELETE FROM series_stack WHERE ${inCohort.series}`,
  `DELETE FROM instance WHERE ${inCohort.series}`,
  `DELETE FROM frame_values WHERE ${inCohort.series}`,
  `DELETE FROM series_values WHERE ${inCohort.series}`,
  `DELETE FROM mri_series_details WHERE ${inCohort.series}`,
  `DELETE FROM ct_series_details WHERE ${inCohort.series}`,
  `DELETE FROM pet_series_details WHERE ${inCohort.series}`,
  `DELETE FROM series WHERE ${inCohort.study}`,
  `DELETE FROM study WHERE subject_id IN (SELECT subject_id FROM subject WHERE cohort_id = :cohort)`,
  "DELETE FROM subject_identifier WHERE cohort_id = :cohort",
  "DELETE FROM subject WHERE cohort_id = :cohort",
  "DELETE FROM folder WHERE cohort_id = :cohort",
  "DELETE FROM subject_folder WHERE cohort_id = :cohort",
  "DELETE FROM problem WHERE cohort_id = :cohort",
  "DELETE FROM counter WHERE cohort_id = :cohort",
  "UPDATE job_event SET series_id = NULL WHERE job_id IN (SELECT job_id FROM job WHERE cohort_id = :cohort)",
];

/**
 * Deletes in one transaction. Foreign keys are off meanwhile: with children deleted first they add
 * nothing, and SQLite would scan a child table for each parent whose key has no index.
 */
function deleteAll(session: Session, cohortId: number, statements: readonly string[]): void {
  session.db.exec("PRAGMA foreign_keys = OFF");
  try {
    session.transaction(() => {
      requireCohort(session, cohortId);
      requireIdleCohort(session, cohortId);
      for (const sql of statements) session.db.prepare(sql).run({ cohort: cohortId });
      lowerUidMark(session);
    });
    session.rolledBack(); // caches hold ids that are gone
  } finally {
    session.db.exec("PRAGMA foreign_keys = ON");
  }
}

export function clearCohort(session: Session, cohortId: number): void {
  deleteAll(session, cohortId, [
    ...contentDeletes,
    "UPDATE cohort SET state = 'new', epoch = epoch + 1, stacking_version = NULL WHERE cohort_id = :cohort",
  ]);
}

export function removeCohort(session: Session, cohortId: number): void {
  deleteAll(session, cohortId, [
    ...contentDeletes,
    "DELETE FROM cohort_subject_code WHERE cohort_id = :cohort",
    "DELETE FROM job_event WHERE job_id IN (SELECT job_id FROM job WHERE cohort_id = :cohort)",
    "DELETE FROM job WHERE cohort_id = :cohort",
    "DELETE FROM cohort WHERE cohort_id = :cohort",
  ]);
}

export function subjectCodes(session: Session, cohortId: number): Map<string, string> {
  const rows = session
    .prepare("SELECT patient_id, subject_code FROM cohort_subject_code WHERE cohort_id = ?")
    .all(cohortId);
  return new Map(rows.map((row) => [row["patient_id"] as string, row["subject_code"] as string]));
}

/** Subjects with their identities, for a change of codes. */
export function listIdentities(
  session: Session,
  cohortId: number,
): { subjectId: number; kind: string; identity: string }[] {
  return session
    .prepare(
      "SELECT subject_id, issuer, value FROM subject_identifier WHERE cohort_id = ? AND type = 'identity' ORDER BY subject_id",
    )
    .all(cohortId)
    .map((row) => ({
      subjectId: row["subject_id"] as number,
      kind: row["issuer"] as string,
      identity: row["value"] as string,
    }));
}
