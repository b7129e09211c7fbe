/**
 * A table of short hashes of all SOP Instance UIDs, and of those that occur twice in a cohort. Both grow by
 * what is new, so that settling a cohort does not cost more the larger it is.
 */
import type { Session } from "./session.ts";

/** Instances hashed by one statement: what SQLite sorts, and what it asks `uid_hash` for, it holds until the end of it. */
const perStatement = 200_000;

/** Hashes the instances that are new, and notes which of them share their hash with one before. */
export function fillUidHashes(session: Session): void {
  for (;;) {
    const { mark, last } = session.prepare(selectRange).get(perStatement) as {
      mark: number;
      last: number | null;
    };
    if (last === null) return;
    // Sorted, the rows meet each leaf of the table once.
    session.prepare(insertHashes).run(mark, last);
    session.prepare(noteClashes).run(mark, last);
    session.prepare("UPDATE instance_uid_mark SET instance_id = ?").run(last);
  }
}

/** Ids after the mark, so many of them. */
const selectRange = `
  SELECT mark.instance_id AS mark, (SELECT max(instance_id) FROM (
    SELECT instance_id FROM instance WHERE instance_id > mark.instance_id ORDER BY instance_id LIMIT ?)) AS last
  FROM instance_uid_mark AS mark`;

const insertHashes = `
  INSERT INTO instance_uid_hash (hash, instance_id)
  SELECT uid_hash(sop_instance_uid) AS hash, instance_id FROM instance
  WHERE instance_id > ? AND instance_id <= ? ORDER BY 1, 2`;

/** Of two instances the one that came later is new. Cohorts are independent: one UID in two is no clash. */
const noteClashes = `
  INSERT OR IGNORE INTO instance_uid_clash (cohort_id, hash)
  SELECT subject.cohort_id, new.hash
  FROM (SELECT uid_hash(sop_instance_uid) AS hash, instance_id, series_id FROM instance
    WHERE instance_id > ? AND instance_id <= ? ORDER BY 1, 2) AS new
  CROSS JOIN instance_uid_hash AS known ON known.hash = new.hash AND known.instance_id < new.instance_id
  CROSS JOIN series ON series.series_id = new.series_id
  CROSS JOIN study ON study.study_id = series.study_id
  CROSS JOIN subject ON subject.subject_id = study.subject_id
  CROSS JOIN instance AS other ON other.instance_id = known.instance_id
  CROSS JOIN series AS its_series ON its_series.series_id = other.series_id
  CROSS JOIN study AS its_study ON its_study.study_id = its_series.study_id
  CROSS JOIN subject AS its_subject ON its_subject.subject_id = its_study.subject_id
    AND its_subject.cohort_id = subject.cohort_id`;

/** After instances were deleted: their ids are given again, to instances that are not hashed yet. */
export function lowerUidMark(session: Session): void {
  session
    .prepare(
      `UPDATE instance_uid_mark SET instance_id =
       min(instance_id, (SELECT coalesce(max(instance_id), 0) FROM instance))`,
    )
    .run();
}
