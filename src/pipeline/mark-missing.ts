/**
 * Mark missing: files that the ledger knows and a whole look at their folder did not find. Noted while the
 * job goes on, judged once at its end, so that a vanished mount empties no database.
 */
import type { ShrinkReport, UnseenFolder } from "#store/ledger.ts";
import type { Store } from "#store/store.ts";
import type { HeldJob } from "./hold-job.ts";
import type { StopSign } from "./stop-sign.ts";

/** Files marked in one transaction. */
const batchFiles = 5_000;

export interface MissingOutcome {
  readonly marked: number;
  /** Files that keep their rows because their folders could not be listed or the guard held them. */
  readonly kept: number;
  /** Set when the guard held everything back. */
  readonly heldBack: ShrinkReport | null;
  /** False when the job was stopped before all was marked and counted; the next one does it again. */
  readonly isWhole: boolean;
}

/**
 * Folders of the ledger that this job did not meet: gone when the nearest one above that it met was listed
 * whole, else kept. Pure.
 */
export function judgeUnseenFolders(folders: readonly UnseenFolder[]): {
  gone: number[];
  kept: number[];
} {
  const unseen = new Map(folders.map((folder) => [folder.folderId, folder]));
  const verdicts = new Map<number, boolean>();
  const isGone = (folder: UnseenFolder): boolean => {
    const chain: UnseenFolder[] = [];
    let current: UnseenFolder | undefined = folder;
    let verdict = false;
    while (current !== undefined) {
      const known = verdicts.get(current.folderId);
      if (known !== undefined) {
        verdict = known;
        break;
      }
      chain.push(current);
      if (current.parentState !== null || current.parentId === null) {
        verdict = current.parentState === "listed";
        break;
      }
      current = unseen.get(current.parentId);
    }
    for (const each of chain) verdicts.set(each.folderId, verdict);
    return verdict;
  };
  const gone: number[] = [];
  const kept: number[] = [];
  for (const folder of folders) (isGone(folder) ? gone : kept).push(folder.folderId);
  return { gone, kept };
}

/**
 * Would marking lose more than a tenth and more than a hundred files, moved ones not counted, or everything? A
 * file that moved is new where it is now, so no more can have moved than are new: a copy that was always there
 * does not make up for the original.
 */
export function isTooMuch(report: ShrinkReport, found: number, newFiles: number): boolean {
  const lost = report.noted - Math.min(report.moved, newFiles);
  if (found === 0 && report.noted > 0) return true;
  return lost > 100 && lost > report.present / 10;
}

export async function markMissing(
  { store, job, stop }: Pick<HeldJob, "store" | "job" | "stop">,
  counts: { readonly found: number; readonly new: number },
  options: { readonly acceptShrink: boolean },
): Promise<MissingOutcome> {
  const unseen = judgeUnseenFolders(await store.unseenFolders(job));
  await store.noteGoneFolders(job, unseen.gone);
  let kept = 0;
  for (const folderId of unseen.kept) {
    if (stop.reason !== null) return { marked: 0, kept, heldBack: null, isWhole: false };
    kept += await countPresent(store, folderId, stop);
  }
  const report = await store.missingReport(job);
  if (!options.acceptShrink && isTooMuch(report, counts.found, counts.new)) {
    await store.dropMissing(job);
    return {
      marked: 0,
      kept: kept + report.noted,
      heldBack: { ...report, moved: Math.min(report.moved, counts.new) },
      isWhole: stop.reason === null,
    };
  }
  let marked = 0;
  while (stop.reason === null) {
    const step = await store.markMissing(job, batchFiles);
    marked += step;
    if (step > 0) continue;
    await store.markGoneFolders(job, unseen.gone);
    return { marked, kept, heldBack: null, isWhole: true };
  }
  return { marked, kept, heldBack: null, isWhole: false };
}

/** A part of them when the sign is raised meanwhile. */
async function countPresent(store: Store, folderId: number, stop: StopSign): Promise<number> {
  let count = 0;
  let after = 0;
  while (stop.reason === null) {
    const ids = await store.presentFileIds(folderId, after, batchFiles);
    count += ids.length;
    if (ids.length < batchFiles) break;
    after = ids.at(-1) as number;
  }
  return count;
}
