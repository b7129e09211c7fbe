/** Full headers: which are due, and keeping them. */
import { joinPath } from "#base/path-text.ts";
import type { JobKey } from "#store/job.ts";
import { HeaderUnpacker } from "#store/packed-headers.ts";
import type { HeaderOwner, KeptHeader } from "#store/row-reading.ts";
import type { HeaderTask, WrittenHeader } from "#store/settlement.ts";
import { renewBases, SeriesHeaders } from "./series-headers.ts";
import type { Session } from "./session.ts";
import { uidHash } from "./uid-hash.ts";

/**
 * A page by instance. CROSS JOIN has SQLite walk the keys in their order, from where the page before ended
 * until this one is full; left alone it gathers all that are due and sorts them for each page. An instance
 * that represents two stacks is due once.
 */
const selectDue = (table: "series_stack" | "instance", key: string): string => `
  SELECT due.${key} AS instance_id, folder.path, file.name FROM ${table} AS due
  CROSS JOIN series ON series.series_id = due.series_id
  CROSS JOIN study ON study.study_id = series.study_id
  CROSS JOIN subject ON subject.subject_id = study.subject_id AND subject.cohort_id = :cohort
  CROSS JOIN file ON file.instance_id = due.${key} AND file.state = 'stored'
  CROSS JOIN folder ON folder.folder_id = file.folder_id
  WHERE due.${key} > :after AND NOT EXISTS (SELECT 1 FROM header WHERE header.instance_id = due.${key})
  GROUP BY due.${key} ORDER BY due.${key} LIMIT :limit`;

const due = {
  representative: selectDue("series_stack", "representative_instance_id"),
  all: selectDue("instance", "instance_id"),
} as const;

export function headerTasks(
  session: Session,
  job: JobKey,
  mode: "representative" | "all",
  afterInstanceId: number,
  limit: number,
): HeaderTask[] {
  return session
    .prepare(due[mode])
    .all({ cohort: job.cohortId, after: afterInstanceId, limit })
    .map((row) => ({
      instanceId: row["instance_id"] as number,
      path: joinPath(row["path"] as string, row["name"] as string),
    }));
}

export function writeHeaders(
  session: Session,
  job: JobKey,
  headers: readonly WrittenHeader[],
): void {
  session.jobTransaction(job, () => {
    const select = session.prepare("SELECT series_id FROM instance WHERE instance_id = ?");
    const insert = session.prepare(
      "INSERT OR REPLACE INTO header (instance_id, encoding, content) VALUES (?, ?, ?)",
    );
    const packed = new SeriesHeaders(session);
    const inSeries = headers.map((header) => ({
      ...header,
      seriesId: select.get(header.instanceId)?.["series_id"] as number,
    }));
    inSeries.sort((one, other) => one.seriesId - other.seriesId); // each base is unpacked once
    for (const { seriesId, instanceId, encoding, content } of inSeries) {
      insert.run(instanceId, encoding, packed.pack(seriesId, instanceId, content));
    }
  });
}

export function findHeaders(
  session: Session,
  sopInstanceUid: string,
): { cohort: string; encoding: string; content: Uint8Array }[] {
  const unpacker = new HeaderUnpacker();
  return session
    .prepare(
      // Header and base in one statement: between two a job may pack a series anew.
      `SELECT cohort.name AS cohort, header.encoding, header.content, header_base.content AS base FROM instance_uid_hash AS known
       JOIN instance USING (instance_id) JOIN header USING (instance_id)
       JOIN series USING (series_id) JOIN header_base USING (series_id) JOIN study USING (study_id) JOIN subject USING (subject_id)
       JOIN cohort USING (cohort_id)
       WHERE known.hash = ? AND sop_instance_uid = ? ORDER BY cohort.name`,
    )
    .all(uidHash(sopInstanceUid), sopInstanceUid)
    .map((row) => ({
      cohort: row["cohort"] as string,
      encoding: row["encoding"] as string,
      content: unpacker.unpack(row["content"] as Uint8Array, row["base"] as Uint8Array),
    }));
}

/** Instance and frame that stand for an owner; of a series those of its first stack whose header is kept. */
const representatives: Readonly<Record<HeaderOwner, string>> = {
  instance: "SELECT ? AS instance_id, 1 AS frame",
  series_stack:
    "SELECT representative_instance_id AS instance_id, representative_frame AS frame FROM series_stack WHERE series_stack_id = ?",
  series: `SELECT representative_instance_id AS instance_id, representative_frame AS frame FROM series_stack
    WHERE series_id = ? AND representative_instance_id IN (SELECT instance_id FROM header) ORDER BY stack_index LIMIT 1`,
};

export function readHeaders(
  session: Session,
  owner: HeaderOwner,
  ownerIds: readonly number[],
): KeptHeader[] {
  const statement = session.prepare(
    `SELECT frame, encoding, header.content, header_base.content AS base FROM (${representatives[owner]})
     JOIN header USING (instance_id) JOIN instance USING (instance_id) JOIN header_base USING (series_id)`,
  );
  const unpacker = new HeaderUnpacker();
  return ownerIds.flatMap((ownerId) => {
    const row = statement.get(ownerId);
    if (row === undefined) return [];
    return [
      {
        ownerId,
        frame: row["frame"] as number,
        encoding: row["encoding"] as string,
        content: unpacker.unpack(row["content"] as Uint8Array, row["base"] as Uint8Array),
      },
    ];
  });
}

const ofCohort = `SELECT instance_id FROM instance
  JOIN series USING (series_id) JOIN study USING (study_id) JOIN subject USING (subject_id)
  WHERE cohort_id = ?`;

/** In the caller's transaction. */
export function dropHeaders(
  session: Session,
  cohortId: number,
  keep: "representative" | "none",
): void {
  const kept =
    keep === "none"
      ? ""
      : " AND instance_id NOT IN (SELECT representative_instance_id FROM series_stack)";
  session.prepare(`DELETE FROM header WHERE instance_id IN (${ofCohort})${kept}`).run(cohortId);
  renewBases(session, cohortId);
}
