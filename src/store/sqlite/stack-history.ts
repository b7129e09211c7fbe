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
  successors: StackSuccessors,
): void {
  const members = session
    .prepare("SELECT instance_id FROM stack_member WHERE series_stack_id = ? ORDER BY instance_id")
    .all(old.stackId)
    .map((row) => row["instance_id"] as number);
  session
    .prepare(
      "INSERT INTO stack_history (series_stack_id, series_id, old_key, new_key, job_id) VALUES (?, ?, ?, ?, ?)",
    )
    .run(old.stackId, old.seriesId, old.key, successors.of(members), job.jobId);
}

/** The new stacks of a series, by what they hold of the former ones. */
export class StackSuccessors {
  readonly #stacks: readonly SettledStack[];
  #keysOf: Map<number, string[]> | null = null;
  /** By the members asked for: stacks that share their instances, each with other frames, are many. */
  readonly #found = new Map<string, string | null>();

  constructor(stacks: readonly SettledStack[]) {
    this.#stacks = stacks;
  }

  /** Key of the stack that holds most of the instances, of several the smallest; null when none holds any. */
  of(instanceIds: readonly number[]): string | null {
    const asked = instanceIds.join();
    let key = this.#found.get(asked);
    if (key === undefined) {
      key = this.#find(instanceIds);
      this.#found.set(asked, key);
    }
    return key;
  }

  #find(instanceIds: readonly number[]): string | null {
    this.#keysOf ??= keysByInstance(this.#stacks);
    const shared = new Map<string, number>();
    for (const instanceId of instanceIds) {
      for (const key of this.#keysOf.get(instanceId) ?? []) {
        shared.set(key, (shared.get(key) ?? 0) + 1);
      }
    }
    let best: string | null = null;
    let most = 0;
    for (const [key, count] of shared) {
      const isSmaller = best !== null && count === most && compareUtf8(key, best) < 0;
      if (count > most || isSmaller) {
        best = key;
        most = count;
      }
    }
    return best;
  }
}

function keysByInstance(stacks: readonly SettledStack[]): Map<number, string[]> {
  const keysOf = new Map<number, string[]>();
  for (const { stackKey, members } of stacks) {
    for (const { instanceId } of members) {
      const keys = keysOf.get(instanceId);
      if (keys === undefined) keysOf.set(instanceId, [stackKey]);
      else keys.push(stackKey);
    }
  }
  return keysOf;
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
