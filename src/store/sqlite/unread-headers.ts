/** Headers that were due and could not be read. */
import type { JobKey } from "#store/job.ts";
import type { Session } from "./session.ts";

/**
 * Warns of it at the files that the instances are stored from, has the next job read these again, and marks
 * their series, whose problems follow from the warnings.
 */
export function noteHeadersUnread(
  session: Session,
  job: JobKey,
  instanceIds: readonly number[],
): void {
  session.jobTransaction(job, () => {
    const find = session.prepare(
      "SELECT file_id, warnings FROM file WHERE instance_id = ? AND state = 'stored'",
    );
    const warn = session.prepare("UPDATE file SET warnings = ?, recheck = 1 WHERE file_id = ?");
    const mark = session.prepare(
      "UPDATE series SET dirty = 1 WHERE series_id = (SELECT series_id FROM instance WHERE instance_id = ?)",
    );
    for (const instanceId of instanceIds) {
      const file = find.get(instanceId);
      if (file === undefined) continue;
      const before = ((file["warnings"] ?? "") as string).split(" ");
      const warnings = new Set(before.filter((code) => code !== "")).add("header-not-read");
      warn.run([...warnings].sort().join(" "), file["file_id"] as number);
      mark.run(instanceId);
    }
  });
}
