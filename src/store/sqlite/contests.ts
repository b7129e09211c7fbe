/** Files that claim one instance, and what became of them. */
import { compareUtf8 } from "#base/byte-order.ts";
import { joinPath } from "#base/path-text.ts";
import type { JobKey } from "#store/job.ts";
import type { Contest, ContestFile, FileDigests, Verdict } from "#store/settlement.ts";
import { addCounts } from "./counters.ts";
import { fromDirtySeries } from "./series-content.ts";
import type { Session } from "./session.ts";

/**
 * Contests of dirty series, series by series. An instance is contested when a present file other than the
 * stored one claims it, whether or not there is a stored one.
 */
export function contests(
  session: Session,
  job: JobKey,
  afterSeriesId: number,
  limit: number,
): Contest[] {
  const series = session
    .prepare(
      `SELECT series.series_id ${fromDirtySeries} AND cohort_id = ? AND series.series_id > ?
         AND EXISTS (SELECT 1 FROM instance JOIN file USING (instance_id)
           WHERE instance.series_id = series.series_id AND file.state IN ('duplicate', 'conflict'))
       ORDER BY series.series_id LIMIT ?`,
    )
    .all(job.cohortId, afterSeriesId, limit);
  const claims = session.prepare(
    `SELECT instance.instance_id, file_id, folder.path, file.name, file.size, file.state, file.code, file.digests
     FROM instance JOIN file USING (instance_id) JOIN folder USING (folder_id)
     WHERE instance.series_id = :series AND file.state IN ('stored', 'duplicate', 'conflict')
       AND instance.instance_id IN (SELECT instance_id FROM instance JOIN file USING (instance_id)
         WHERE instance.series_id = :series AND file.state IN ('duplicate', 'conflict'))
     ORDER BY instance.instance_id`,
  );
  const found: Contest[] = [];
  for (const row of series) {
    const seriesId = row["series_id"] as number;
    const byInstance = new Map<number, ContestFile[]>();
    for (const claim of claims.iterate({ series: seriesId })) {
      const instanceId = claim["instance_id"] as number;
      const files = byInstance.get(instanceId) ?? [];
      files.push({
        fileId: claim["file_id"] as number,
        path: joinPath(claim["path"] as string, claim["name"] as string),
        size: claim["size"] as number,
        state: claim["state"] as ContestFile["state"],
        code: claim["code"] as string | null,
        digests:
          claim["digests"] === null
            ? null
            : (JSON.parse(claim["digests"] as string) as FileDigests),
      });
      byInstance.set(instanceId, files);
    }
    for (const [instanceId, files] of byInstance) {
      files.sort((a, b) => compareUtf8(a.path, b.path));
      found.push({ seriesId, instanceId, files });
    }
  }
  return found;
}

export function writeVerdicts(session: Session, job: JobKey, verdicts: readonly Verdict[]): void {
  session.jobTransaction(job, () => {
    const before = session.prepare("SELECT state FROM file WHERE file_id = ?");
    const update = session.prepare(
      "UPDATE file SET state = ?, code = ?, digests = ?, recheck = max(recheck, ?) WHERE file_id = ?",
    );
    const counts = new Map<string, number>();
    for (const verdict of verdicts) {
      const old = `file.${before.get(verdict.fileId)?.["state"] as string}`;
      update.run(
        verdict.state,
        verdict.code,
        verdict.digests === null ? null : JSON.stringify(verdict.digests),
        verdict.recheck === true ? 1 : 0,
        verdict.fileId,
      );
      counts.set(old, (counts.get(old) ?? 0) - 1);
      const now = `file.${verdict.state}`;
      counts.set(now, (counts.get(now) ?? 0) + 1);
    }
    addCounts(session, job, counts);
  });
}
