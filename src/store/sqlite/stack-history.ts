/** What became of stacks whose keys went: written with the series' new stacks, shown by job. */
import type { JobKey, Rekeying } from "#store/job.ts";
import type { SettledStack } from "#store/settlement.ts";
import { type FormerMember, findSuccessions } from "#store/stack-succession.ts";
import type { Session } from "./session.ts";

// An object without functional groups is one frame, however many it has. The last range is found by the key:
// one object may have as many ranges as stacks.
const selectMembers = `SELECT instance_id AS instanceId, frames, coalesce(
    (SELECT last_frame FROM frame_range WHERE frame_range.instance_id = stack_member.instance_id
     ORDER BY first_frame DESC LIMIT 1), 1) AS frameCount
  FROM stack_member WHERE series_stack_id = ? ORDER BY instance_id`;

/**
 * Passes the rows of stacks whose keys went on to new stacks, or removes them, and notes which. `rows` has
 * the ids of the series' rows by key, before and after; members of rows that stay are not touched.
 */
export function passOnRows(
  session: Session,
  job: JobKey,
  seriesId: number,
  stacks: readonly SettledStack[],
  rows: Map<string, number>,
): void {
  const wanted = new Set(stacks.map((stack) => stack.stackKey));
  const gone = [...rows].filter(([key]) => !wanted.has(key));
  if (gone.length === 0) return;
  const members = session.prepare(selectMembers);
  const former = gone.map(([key, stackId]) => ({
    stackId,
    key,
    // Of a series that has no stacks any more nothing is to be followed.
    members: stacks.length === 0 ? [] : (members.all(stackId) as unknown as FormerMember[]),
  }));
  const note = session.prepare(
    "INSERT INTO stack_history (series_stack_id, series_id, old_key, new_key, job_id) VALUES (?, ?, ?, ?, ?)",
  );
  // No row has the new key: a stack that has one by its own key takes no other.
  const rename = session.prepare("UPDATE series_stack SET stack_key = ? WHERE series_stack_id = ?");
  const dropMembers = session.prepare("DELETE FROM stack_member WHERE series_stack_id = ?");
  const drop = session.prepare("DELETE FROM series_stack WHERE series_stack_id = ?");
  const known = new Set(rows.keys());
  const successions = findSuccessions(former, stacks, (key) => known.has(key));
  for (const { former: old, heldBy, takenBy } of successions) {
    note.run(old.stackId, seriesId, old.key, heldBy, job.jobId);
    rows.delete(old.key);
    if (takenBy === null) {
      dropMembers.run(old.stackId);
      drop.run(old.stackId);
    } else {
      rename.run(takenBy, old.stackId);
      rows.set(takenBy, old.stackId);
    }
  }
}

export function stackHistory(session: Session, jobId: number): Rekeying[] {
  return session
    .prepare(
      `SELECT series_instance_uid, old_key, new_key, stack_key
       FROM stack_history JOIN series USING (series_id) LEFT JOIN series_stack USING (series_stack_id)
       WHERE job_id = ? ORDER BY series_instance_uid, old_key`,
    )
    .all(jobId)
    .map((row) => ({
      seriesInstanceUid: row["series_instance_uid"] as string,
      oldKey: row["old_key"] as string,
      newKey: row["new_key"] as string | null,
      rowKey: row["stack_key"] as string | null,
    }));
}
