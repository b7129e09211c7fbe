/** The account of files and what came out of them. */
import { fileStates } from "#catalogue/codes/states.ts";
import type { FileCount, FileState, LedgerSums } from "#store/ledger.ts";
import { sumCounts } from "./counters.ts";
import type { Session } from "./session.ts";

/** By the counters that each batch keeps. */
export function countFiles(session: Session, cohortId: number): FileCount[] {
  return [...sumCounts(session, cohortId, "file.")]
    .filter(([, files]) => files !== 0)
    .map(([state, files]) => ({ state: state as FileState, files }));
}

const states = fileStates.map(({ code }) => code).sort();

/** One pass that holds nothing: grouped by state, SQLite would sort all files of the cohort in memory. */
const countStates = `
  SELECT ${states.map((state) => `count(*) FILTER (WHERE file.state = '${state}') AS "${state}"`).join(", ")},
    count(*) FILTER (WHERE file.code = 'not-compared') AS not_compared
  FROM file JOIN folder USING (folder_id) WHERE cohort_id = ?`;

/** By counting rows. */
export function recountFiles(session: Session, cohortId: number): LedgerSums {
  const counted = session.prepare(countStates).get(cohortId) as Record<string, number>;
  const files = states
    .map((state) => ({ state, files: counted[state] as number }))
    .filter(({ files }) => files > 0);
  const folders = session
    .prepare(
      `SELECT count(*) AS folders, count(*) FILTER (WHERE state = 'unreadable') AS unlisted
       FROM folder WHERE cohort_id = ? AND state <> 'gone'`,
    )
    .get(cohortId);
  const unread = session
    .prepare(
      `SELECT count(*) FILTER (WHERE file.warnings LIKE '%reread-failed%') AS files,
              count(*) FILTER (WHERE file.warnings LIKE '%header-not-read%') AS headers
       FROM file JOIN folder USING (folder_id)
       WHERE cohort_id = ? AND file.recheck = 1 AND file.state = 'stored'`,
    )
    .get(cohortId);
  return {
    files,
    rereadFailed: unread?.["files"] as number,
    headersUnread: unread?.["headers"] as number,
    notCompared: counted["not_compared"] as number,
    folders: folders?.["folders"] as number,
    foldersUnlisted: folders?.["unlisted"] as number,
  };
}

/** Rows of what is present. Reads series, never instances. */
export function countContent(session: Session, cohortId: number): Record<string, number> {
  const row = session
    .prepare(
      `SELECT count(DISTINCT subject_id) AS subjects, count(DISTINCT study_id) AS studies, count(*) AS series,
              coalesce(sum(instances), 0) AS instances, coalesce(sum(frames), 0) AS frames, coalesce(sum(stacks), 0) AS stacks
       FROM series JOIN study USING (study_id) JOIN subject USING (subject_id)
       WHERE cohort_id = ? AND instances > 0`,
    )
    .get(cohortId);
  return { ...row } as Record<string, number>;
}
