import { joinPath } from "#base/path-text.ts";
import type { InstanceFile } from "#store/row-reading.ts";
import type { Session } from "./session.ts";
import { uidHash } from "./uid-hash.ts";

/** Files that instances of this UID are stored from; cohorts by name, paths in byte order. */
export function findInstanceFiles(session: Session, sopInstanceUid: string): InstanceFile[] {
  return session
    .prepare(
      `SELECT cohort.cohort_id, cohort.name AS cohort, cohort.source_path, folder.path AS folder, file.name
       FROM instance_uid_hash AS known JOIN instance USING (instance_id)
       JOIN file ON file.instance_id = instance.instance_id AND file.state = 'stored'
       JOIN folder USING (folder_id) JOIN cohort USING (cohort_id)
       WHERE known.hash = ? AND sop_instance_uid = ? ORDER BY cohort.name, folder.path, file.name`,
    )
    .all(uidHash(sopInstanceUid), sopInstanceUid)
    .map((row) => ({
      cohortId: row["cohort_id"] as number,
      cohort: row["cohort"] as string,
      sourcePath: row["source_path"] as string,
      path: joinPath(row["folder"] as string, row["name"] as string),
    }));
}
