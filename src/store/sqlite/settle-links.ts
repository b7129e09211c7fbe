/**
 * Followed links to files inside the source: `duplicate` of the instance that the target holds, or `skipped`
 * where the target is no instance. A link never competes with its target.
 */
import { splitPath } from "#base/path-text.ts";
import type { JobKey } from "#store/job.ts";
import { addCounts } from "./counters.ts";
import type { Session } from "./session.ts";

export function settleLinks(session: Session, job: JobKey): void {
  session.jobTransaction(job, () => {
    const links = session
      .prepare(
        `SELECT file_id, file.state, file.detail, instance_id FROM file JOIN folder USING (folder_id)
         WHERE file.code = 'same-file' AND file.state <> 'missing' AND cohort_id = ? ORDER BY file_id`,
      )
      .all(job.cohortId);
    const find = session.prepare(
      `SELECT instance_id FROM folder JOIN file USING (folder_id)
       WHERE cohort_id = ? AND path = ? AND name = ? AND file.state IN ('stored', 'duplicate', 'conflict')`,
    );
    const update = session.prepare("UPDATE file SET state = ?, instance_id = ? WHERE file_id = ?");
    const counts = new Map<string, number>();
    for (const link of links) {
      const target = splitPath(link["detail"] as string);
      const instanceId = (find.get(job.cohortId, target.folder, target.name)?.["instance_id"] ??
        null) as number | null;
      const state = instanceId === null ? "skipped" : "duplicate";
      if (state === link["state"] && instanceId === link["instance_id"]) continue;
      update.run(state, instanceId, link["file_id"] as number);
      const [before, now] = [`file.${link["state"]}`, `file.${state}`];
      counts.set(before, (counts.get(before) ?? 0) - 1);
      counts.set(now, (counts.get(now) ?? 0) + 1);
    }
    addCounts(session, job, counts);
  });
}
