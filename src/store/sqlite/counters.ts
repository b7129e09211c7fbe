/** Counts kept as deltas per job, in the transaction that changes what they count, and summed on read. */
import type { JobKey } from "#store/job.ts";
import type { Session } from "./session.ts";

export function addCounts(
  session: Session,
  job: Pick<JobKey, "cohortId" | "jobId">,
  counts: ReadonlyMap<string, number>,
): void {
  const add = session.prepare(
    "INSERT INTO counter (cohort_id, job_id, name, value) VALUES (?, ?, ?, ?) ON CONFLICT (cohort_id, job_id, name) DO UPDATE SET value = value + excluded.value",
  );
  for (const [name, change] of counts) {
    if (change !== 0) add.run(job.cohortId, job.jobId, name, change);
  }
}

/** Sum of each counter that begins with `prefix`, by the rest of its name. */
export function sumCounts(session: Session, cohortId: number, prefix: string): Map<string, number> {
  const rows = session
    .prepare(
      "SELECT substr(name, ?) AS rest, sum(value) AS total FROM counter WHERE cohort_id = ? AND name >= ? AND name < ? GROUP BY name ORDER BY name",
    )
    .all(prefix.length + 1, cohortId, prefix, `${prefix}\u{10FFFF}`);
  return new Map(rows.map((row) => [row["rest"] as string, row["total"] as number]));
}
