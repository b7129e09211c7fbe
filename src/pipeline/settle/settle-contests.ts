/**
 * Settles who holds each contested instance. Smallest paths that are not the stored ones are read, which
 * makes them so; the others are compared by digests, which are made only here. Digests and what follows from
 * them are written together, so that an interrupted job leaves whole contests, settled or not.
 */
import type { JobRun } from "#pipeline/job-run.ts";
import {
  beforeAllContests,
  type Contest,
  type ContestFile,
  type ContestLimits,
} from "#store/settlement.ts";
import { digestFiles } from "./digest-files.ts";
import { concludeContest, judgeContest } from "./judge-contest.ts";
import { promoteFiles } from "./promote-files.ts";

/** Contests settled together: little enough that a stop loses no more than seconds of work. */
const limits: ContestLimits = { series: 100, files: 500, bytes: 256 * 1024 * 1024 };

export async function settleContests(run: JobRun): Promise<void> {
  const { store, job, stop } = run;
  const promoted = new Set<number>();
  let place = beforeAllContests;
  while (stop.reason === null) {
    const page = await store.contests(job, place, limits);
    const isSettled = await settlePage(run, page.contests, promoted);
    if (!isSettled) continue;
    if (page.next === null) return;
    place = page.next;
  }
}

/** One round; true when nothing is left to do for these contests. `promoted`: files read again so far. */
async function settlePage(
  run: JobRun,
  contests: readonly Contest[],
  promoted: Set<number>,
): Promise<boolean> {
  const promotions: ContestFile[] = [];
  const lacking: ContestFile[] = [];
  const open: Contest[] = [];
  for (const contest of contests) {
    const { files } = contest;
    // A file that was read and does not hold the instance for it must not be read for ever.
    const rest = files.filter((file) => file.state === "stored" || !promoted.has(file.fileId));
    const ruling = judgeContest({ ...contest, files: rest });
    if (ruling.kind === "promote") promotions.push(ruling.file);
    else if (ruling.kind === "digest") lacking.push(...ruling.files);
    open.push({ ...contest, files: rest });
  }
  if (promotions.length > 0) {
    for (const file of promotions) promoted.add(file.fileId);
    await promoteFiles(run, promotions);
    return false;
  }
  const digests = await digestFiles(run, lacking);
  if (digests === undefined) return false;
  const verdicts = open.flatMap((contest) => concludeContest(contest, digests));
  if (verdicts.length > 0) await run.store.writeVerdicts(run.job, verdicts);
  return true;
}
