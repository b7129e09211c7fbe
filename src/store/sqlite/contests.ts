/** Files that claim one instance, and what became of them. */
import { compareUtf8 } from "#base/byte-order.ts";
import { joinPath } from "#base/path-text.ts";
import type { JobKey } from "#store/job.ts";
import type {
  Contest,
  ContestFile,
  ContestLimits,
  ContestPage,
  ContestPlace,
  FileDigests,
  Verdict,
} from "#store/settlement.ts";
import { addCounts } from "./counters.ts";
import { fromDirtySeries } from "./series-content.ts";
import type { Session } from "./session.ts";

/** A followed link holds the instance of its target and never competes with it. */
const competes = "file.code IS NOT 'same-file'";

const selectSeries = `SELECT series.series_id ${fromDirtySeries} AND cohort_id = ? AND series.series_id >= ?
  ORDER BY series.series_id LIMIT ?`;

const selectContested = `SELECT instance_id, sop_instance_uid FROM instance
  WHERE series_id = ? AND sop_instance_uid > ?
    AND EXISTS (SELECT 1 FROM file WHERE file.instance_id = instance.instance_id
      AND file.state IN ('duplicate', 'conflict') AND ${competes})
  ORDER BY sop_instance_uid`;

const selectClaims = `SELECT file_id, folder.path, file.name, file.size, file.state, file.code, file.digests
  FROM file JOIN folder USING (folder_id)
  WHERE file.instance_id = ? AND file.state IN ('stored', 'duplicate', 'conflict') AND ${competes}`;

/**
 * Contests of dirty series, series by series. An instance is contested when a present file other than the
 * stored one claims it, whether or not there is a stored one.
 */
export function contests(
  session: Session,
  job: JobKey,
  after: ContestPlace,
  limits: ContestLimits,
): ContestPage {
  const found: Contest[] = [];
  let files = 0;
  let bytes = 0;
  const series = session
    .prepare(selectSeries)
    .all(job.cohortId, after.seriesId, limits.series)
    .map((row) => row["series_id"] as number);
  for (const seriesId of series) {
    const from = seriesId === after.seriesId ? after.sopInstanceUid : "";
    for (const row of session.prepare(selectContested).iterate(seriesId, from)) {
      const claims = claimsOf(session, row["instance_id"] as number);
      found.push({ seriesId, instanceId: row["instance_id"] as number, files: claims });
      files += claims.length;
      for (const { size, digests } of claims) if (digests === null) bytes += size;
      if (files >= limits.files || bytes >= limits.bytes) {
        const sopInstanceUid = row["sop_instance_uid"] as string;
        return { contests: found, next: { seriesId, sopInstanceUid } };
      }
    }
  }
  const last = series.at(-1);
  const isEnd = last === undefined || series.length < limits.series;
  return { contests: found, next: isEnd ? null : { seriesId: last + 1, sopInstanceUid: "" } };
}

function claimsOf(session: Session, instanceId: number): ContestFile[] {
  const files: ContestFile[] = [];
  for (const row of session.prepare(selectClaims).all(instanceId)) {
    const folder = row["path"] as string;
    const name = row["name"] as string;
    const digests = row["digests"] as string | null;
    files.push({
      fileId: row["file_id"] as number,
      folder,
      name,
      path: joinPath(folder, name),
      size: row["size"] as number,
      state: row["state"] as ContestFile["state"],
      code: row["code"] as string | null,
      digests: digests === null ? null : (JSON.parse(digests) as FileDigests),
    });
  }
  return files.sort((a, b) => compareUtf8(a.path, b.path));
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
