/**
 * What only the whole cohort tells: one UID in two places, two issuers of one PatientID, refused files.
 * Also the figures of the subject folders.
 */
import { compareUtf8 } from "#base/byte-order.ts";
import { joinPath } from "#base/path-text.ts";
import type { JobKey } from "#store/job.ts";
import type { ProblemRow, ProblemSubject } from "#store/settlement.ts";
import { closeProblemsExcept, openProblems, replaceProblems } from "./problems.ts";
import { isRefused } from "./schema.ts";
import type { Session } from "./session.ts";
import { fillUidHashes } from "./uid-hashes.ts";

const inCohort = `JOIN study USING (study_id) JOIN subject USING (subject_id)
  JOIN subject_identifier AS identity ON identity.subject_id = subject.subject_id AND identity.type = 'identity'`;

/**
 * Of the things that share a UID the problem is about the one with the smallest natural key: ids depend on
 * the order of arrival. SQLite takes the other columns of a group from the row that has the minimum.
 */
const smallest = (...keys: string[]): string =>
  `min(json_array(identity.issuer, identity.value, ${keys.join(", ")})) AS key`;

/** UIDs of several rows, whatever their cohort: an index in the order of the UIDs tells them. */
const twice = (level: "study" | "series"): string =>
  `(SELECT ${level}_instance_uid FROM ${level} GROUP BY ${level}_instance_uid HAVING count(*) > 1)`;

/** Codes of problems that are found here, each with its query of (id, n, example). */
const queries: readonly {
  readonly code: string;
  readonly about: ProblemSubject;
  readonly sql: string;
}[] = [
  {
    code: "study-in-two-subjects",
    about: "study",
    sql: `SELECT study_id AS id, ${smallest("study_instance_uid")}, count(DISTINCT subject_id) AS n, study_instance_uid AS example
      FROM (SELECT * FROM study WHERE study_instance_uid IN ${twice("study")}
        AND EXISTS (SELECT 1 FROM series WHERE series.study_id = study.study_id AND instances > 0)) AS study
      JOIN subject USING (subject_id)
      JOIN subject_identifier AS identity USING (subject_id)
      WHERE subject.cohort_id = :cohort AND identity.type = 'identity'
      GROUP BY study_instance_uid HAVING n > 1`,
  },
  {
    code: "series-in-two-studies",
    about: "series",
    sql: `SELECT series_id AS id, ${smallest("study_instance_uid")}, count(DISTINCT study_instance_uid) AS n, series_instance_uid AS example
      FROM (SELECT * FROM series WHERE series_instance_uid IN ${twice("series")}) AS series ${inCohort}
      WHERE subject.cohort_id = :cohort AND instances > 0
      GROUP BY series_instance_uid HAVING n > 1`,
  },
  {
    code: "sop-uid-in-two-series",
    about: "series",
    sql: `SELECT id, count(*) AS n, min(example) AS example FROM (
        SELECT series_id AS id, ${smallest("study_instance_uid", "series_instance_uid")}, sop_instance_uid AS example
        FROM instance_uid_clash AS clash CROSS JOIN instance_uid_hash AS hashed USING (hash)
        CROSS JOIN instance USING (instance_id) CROSS JOIN series USING (series_id) ${inCohort}
        WHERE clash.cohort_id = :cohort AND subject.cohort_id = :cohort
          AND EXISTS (SELECT 1 FROM file WHERE file.instance_id = instance.instance_id AND file.state = 'stored')
        GROUP BY sop_instance_uid HAVING count(DISTINCT series_instance_uid) > 1)
      GROUP BY id`,
  },
  {
    code: "patient-id-issuers",
    about: "subject",
    sql: `SELECT subject_id AS id, max(issuers) AS n, '' AS example FROM (
        SELECT subject_id, count(DISTINCT issuer) AS issuers FROM subject_identifier AS known
        WHERE cohort_id = :cohort AND type = 'patient_id' AND issuer <> '' AND EXISTS (
          SELECT 1 FROM study JOIN series USING (study_id) JOIN series_values USING (series_id)
          WHERE study.subject_id = known.subject_id AND series_values.instances > 0
            AND series_values.patient_id = known.subject_identifier_id)
        GROUP BY subject_id, value HAVING issuers > 1)
      GROUP BY subject_id`,
  },
];

/** Ledger states that are problems. Left alone, SQLite begins with all folders of the cohort. */
const refusedFiles = `SELECT refused.code, refused.state, folder.path AS path, name
  FROM (SELECT * FROM file INDEXED BY file_refused WHERE ${isRefused}) AS refused
  CROSS JOIN folder USING (folder_id) WHERE cohort_id = ?`;

export function settleCohort(session: Session, job: JobKey): void {
  session.jobTransaction(job, () => {
    fillUidHashes(session);
    for (const { code, about, sql } of queries) {
      const problems = session
        .prepare(sql)
        .all({ cohort: job.cohortId })
        .map(
          (row): ProblemRow => ({
            code,
            about,
            id: row["id"] as number,
            column: "",
            count: row["n"] as number,
            example: row["example"] as string,
          }),
        );
      replaceProblems(session, job.cohortId, [code], problems);
    }
    settleRefused(session, job);
    settleSubjectFolders(session, job);
  });
}

function settleRefused(session: Session, job: JobKey): void {
  const found = new Map<string, { count: number; example: string }>();
  const add = (code: string, path: string): void => {
    const known = found.get(code);
    if (known === undefined) found.set(code, { count: 1, example: path });
    else {
      known.count += 1;
      if (compareUtf8(path, known.example) < 0) known.example = path;
    }
  };
  for (const row of session.prepare(refusedFiles).iterate(job.cohortId)) {
    add(
      (row["code"] ?? row["state"]) as string,
      joinPath(row["path"] as string, row["name"] as string),
    );
  }
  const folders = session
    .prepare("SELECT path FROM folder WHERE cohort_id = ? AND state = 'unreadable'")
    .iterate(job.cohortId);
  for (const row of folders) add("folder-unreadable", row["path"] as string);
  const problems = [...found].map(
    ([code, { count, example }]): ProblemRow => ({
      code,
      about: "cohort",
      id: job.cohortId,
      column: "",
      count,
      example,
    }),
  );
  closeProblemsExcept(session, job.cohortId, "cohort", job.cohortId, problems);
  openProblems(session, job.cohortId, problems);
}

function settleSubjectFolders(session: Session, job: JobKey): void {
  session
    .prepare(
      `UPDATE subject_folder SET dirty = 0,
       (files, series, subjects) = (
         SELECT count(DISTINCT file_id), count(DISTINCT series_id), count(DISTINCT study.subject_id)
         FROM folder JOIN file ON file.folder_id = folder.folder_id AND file.state <> 'missing'
         LEFT JOIN instance ON instance.instance_id = file.instance_id
         LEFT JOIN series USING (series_id) LEFT JOIN study USING (study_id)
         WHERE folder.subject_folder_id = subject_folder.subject_folder_id)
       WHERE cohort_id = ? AND dirty = 1`,
    )
    .run(job.cohortId);
  session.prepare(nameSubjectFolderStates).run(job.cohortId);
}

/** A folder that is there and empty is not gone. Rows that keep their state are not written. */
const nameSubjectFolderStates = `
  UPDATE subject_folder SET state = now.state
  FROM (SELECT subject_folder_id, CASE WHEN EXISTS (SELECT 1 FROM folder
      WHERE folder.subject_folder_id = known.subject_folder_id AND folder.state <> 'gone')
    THEN 'extracted' ELSE 'gone' END AS state FROM subject_folder AS known WHERE cohort_id = ?) AS now
  WHERE now.subject_folder_id = subject_folder.subject_folder_id AND now.state <> subject_folder.state`;
