/** What became of stacks whose keys went: written with the series' new stacks, shown by job. */
import { compareUtf8 } from "#base/byte-order.ts";
import type { JobKey, Rekeying } from "#store/job.ts";
import type { SettledStack } from "#store/settlement.ts";
import type { Session } from "./session.ts";

/** Notes a stack that goes, while its members are still there. */
export function noteStackGone(
  session: Session,
  job: JobKey,
  old: { readonly seriesId: number; readonly stackId: number; readonly key: string },
  stacks: readonly SettledStack[],
): void {
  const members = new Set(
    session
      .prepare("SELECT instance_id FROM stack_member WHERE series_stack_id = ?")
      .all(old.stackId)
      .map((row) => row["instance_id"] as number),
  );
  session
    .prepare(
      "INSERT INTO stack_history (series_stack_id, series_id, old_key, new_key, job_id) VALUES (?, ?, ?, ?, ?)",
    )
    .run(old.stackId, old.seriesId, old.key, findSuccessor(members, stacks), job.jobId);
}

/** Key of the stack that holds most of the instances, of several the smallest; null when none holds any. */
function findSuccessor(
  instanceIds: ReadonlySet<number>,
  stacks: readonly SettledStack[],
): string | null {
  let best: string | null = null;
  let most = 0;
  for (const { stackKey, members } of stacks) {
    const shared = members.filter((member) => instanceIds.has(member.instanceId)).length;
    const isSmaller = best !== null && shared === most && compareUtf8(stackKey, best) < 0;
    if (shared > most || isSmaller) {
      best = stackKey;
      most = shared;
    }
  }
  return best;
}

export function stackHistory(session: Session, jobId: number): Rekeying[] {
  return session
    .prepare(
      `SELECT series_instance_uid, old_key, new_key FROM stack_history JOIN series USING (series_id)
       WHERE job_id = ? ORDER BY series_instance_uid, old_key`,
    )
    .all(jobId)
    .map((row) => ({
      seriesInstanceUid: row["series_instance_uid"] as string,
      oldKey: row["old_key"] as string,
      newKey: row["new_key"] as string | null,
    }));
}
