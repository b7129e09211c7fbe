/** Marking files missing: noted first, judged as a whole, then marked in batches. */
import type { JobKey } from "#store/job.ts";
import type { ShrinkReport, UnseenFolder } from "#store/ledger.ts";
import { addCounts, sumCounts } from "./counters.ts";
import type { Session } from "./session.ts";

export function noteMissing(session: Session, job: JobKey, fileIds: readonly number[]): void {
  session.jobTransaction(job, () => {
    const note = session.prepare(
      "INSERT OR IGNORE INTO missing_note (job_id, file_id) VALUES (?, ?)",
    );
    for (const fileId of fileIds) note.run(job.jobId, fileId);
  });
}

export function unseenFolders(session: Session, job: JobKey): UnseenFolder[] {
  return session
    .prepare(
      `SELECT folder.folder_id, folder.parent_id,
              CASE WHEN above.seen_job = :job THEN above.state END AS parent_state
       FROM folder LEFT JOIN folder AS above ON above.folder_id = folder.parent_id
       WHERE folder.cohort_id = :cohort AND folder.seen_job IS NOT :job AND folder.state <> 'gone'
       ORDER BY folder.folder_id`,
    )
    .all({ job: job.jobId, cohort: job.cohortId })
    .map((row) => ({
      folderId: row["folder_id"] as number,
      parentId: row["parent_id"] as number | null,
      parentState: row["parent_state"] as UnseenFolder["parentState"],
    }));
}

export function noteGoneFolders(session: Session, job: JobKey, folderIds: readonly number[]): void {
  session.jobTransaction(job, () => {
    const note = session.prepare(
      "INSERT OR IGNORE INTO missing_note (job_id, file_id) SELECT ?, file_id FROM file WHERE folder_id = ? AND state <> 'missing'",
    );
    for (const folderId of folderIds) note.run(job.jobId, folderId);
  });
}

/**
 * A noted file has moved when a file that stays holds its instance, or, whoever its subject became and whatever
 * it is, has its name, size and modification time. The second is looked for only where it can matter: it reads
 * the whole ledger.
 */
export function missingReport(session: Session, job: JobKey): ShrinkReport {
  const count = (condition: string): number =>
    session
      .prepare(
        `SELECT count(*) AS files FROM missing_note JOIN file USING (file_id)
         WHERE missing_note.job_id = :job AND ${condition}`,
      )
      .get({
        job: job.jobId,
        ...(condition.includes(":cohort") ? { cohort: job.cohortId } : {}),
      })?.["files"] as number;
  const noted = count("TRUE");
  let moved = noted === 0 ? 0 : count(hasInstanceThatStays);
  if (noted - moved > fewFiles) {
    moved += count(`NOT ${hasInstanceThatStays} AND ${hasTwinThatStays}`);
  }
  const states = sumCounts(session, job.cohortId, "file.");
  states.delete("missing");
  return { noted, moved, present: [...states.values()].reduce((sum, files) => sum + files, 0) };
}

/** Losing so few is taken as it is. */
const fewFiles = 100;

/** `other` is a file of its own that will not be marked. */
const stays = `other.state <> 'missing' AND other.code IS NOT 'same-file'
  AND NOT EXISTS (SELECT 1 FROM missing_note AS note WHERE note.job_id = :job AND note.file_id = other.file_id)`;

const hasInstanceThatStays = `EXISTS (
  SELECT 1 FROM file AS other WHERE other.instance_id = file.instance_id AND ${stays})`;

const hasTwinThatStays = `(file.name, file.size, file.mtime) IN (
  SELECT other.name, other.size, other.mtime FROM file AS other JOIN folder USING (folder_id)
  WHERE cohort_id = :cohort AND ${stays})`;

export function markMissing(session: Session, job: JobKey, limit: number): number {
  return session.jobTransaction(job, () => {
    const rows = session
      .prepare(
        `SELECT file_id, file.state, instance.series_id, folder.subject_folder_id
         FROM missing_note JOIN file USING (file_id) JOIN folder USING (folder_id)
         LEFT JOIN instance ON instance.instance_id = file.instance_id
         WHERE missing_note.job_id = ? ORDER BY file_id LIMIT ?`,
      )
      .all(job.jobId, limit);
    const mark = session.prepare(
      "UPDATE file SET state = 'missing', code = 'file-gone', warnings = NULL, digests = NULL, recheck = 0 WHERE file_id = ?",
    );
    const dirty = session.prepare("UPDATE series SET dirty = 1 WHERE series_id = ?");
    const dirtyFolder = session.prepare(
      "UPDATE subject_folder SET dirty = 1 WHERE subject_folder_id = ?",
    );
    const forget = session.prepare("DELETE FROM missing_note WHERE job_id = ? AND file_id = ?");
    const counts = new Map<string, number>();
    const count = (name: string, change: number): void => {
      counts.set(name, (counts.get(name) ?? 0) + change);
    };
    for (const row of rows) {
      mark.run(row["file_id"] as number);
      if (row["series_id"] !== null) dirty.run(row["series_id"] as number);
      if (row["subject_folder_id"] !== null) dirtyFolder.run(row["subject_folder_id"] as number);
      forget.run(job.jobId, row["file_id"] as number);
      count(`file.${row["state"] as string}`, -1);
      count("file.missing", 1);
    }
    addCounts(session, job, counts);
    return rows.length;
  });
}

/** Folders that are gone, once their files are marked. */
export function markGoneFolders(session: Session, job: JobKey, folderIds: readonly number[]): void {
  session.jobTransaction(job, () => {
    const mark = session.prepare("UPDATE folder SET state = 'gone' WHERE folder_id = ?");
    for (const folderId of folderIds) mark.run(folderId);
  });
}

export function dropMissing(session: Session, job: JobKey): void {
  session.jobTransaction(job, () => {
    session.prepare("DELETE FROM missing_note WHERE job_id = ?").run(job.jobId);
  });
}
