/**
 * Stacks anew from what the database holds, without the archive: for a changed option, or for newer rules.
 * What depends on files (who holds a contested instance, headers of new representatives) is left to
 * extraction.
 */
import { UserError } from "#base/user-error.ts";
import { stackingVersion } from "#stacks/stack-series.ts";
import type { Cohort } from "#store/cohort.ts";
import type { Rekeying } from "#store/job.ts";
import {
  beforeAllContests,
  type ContestLimits,
  type ContestPage,
  type ContestPlace,
  type Verdict,
} from "#store/settlement.ts";
import type { Store } from "#store/store.ts";
import { concludeJob, type JobReport } from "./conclude-job.ts";
import { type HeldJob, holdJob, type JobHooks } from "./hold-job.ts";
import { publicSettings } from "./job-settings.ts";
import type { ProgressNow } from "./progress.ts";
import { judgeContest } from "./settle/judge-contest.ts";
import { describeRekeying, stackDirty } from "./settle/settle.ts";

export interface RestackReport extends JobReport {
  /** Series that were stacked. */
  readonly series: number;
  /** Stacks that are gone or have another key, in the order of their series. */
  readonly rekeyed: readonly Rekeying[];
}

/** Stacks every series of the cohort; the job's number of new stacks is in the report's `content`. */
export async function restack(
  store: Store,
  cohort: Cohort,
  hooks: JobHooks,
  watch: (progress: () => ProgressNow) => void,
): Promise<RestackReport> {
  return holdJob(
    store,
    {
      cohort,
      settings: { restack: true, ...publicSettings(cohort.settings) },
      hooks,
      watch,
    },
    async (held, began) => {
      await settleContests(held, cohort);
      const series = await store.markAllDirty(held.job);
      await store.setStackingVersion(held.job, stackingVersion);
      await stackDirty(held, cohort.settings, describeRekeying);
      const report = await concludeJob(held, began, {
        sawAll: false,
        ignoresSource: true,
        heldBack: null,
        abandonedReaders: 0,
      });
      return { ...report, series, rekeyed: await store.stackHistory(held.job.jobId) };
    },
  );
}

/** Contests that are decided together. */
const limits: ContestLimits = { series: 100, files: 1_000, bytes: Number.POSITIVE_INFINITY };

/**
 * Writes the verdicts that need no file. Refuses where files have to be compared first: stacking would clear
 * the marks of their series.
 */
async function settleContests({ store, job, stop }: HeldJob, cohort: Cohort): Promise<void> {
  let place: ContestPlace | null = beforeAllContests;
  while (place !== null && stop.reason === null) {
    const page: ContestPage = await store.contests(job, place, limits);
    const verdicts: Verdict[] = [];
    for (const contest of page.contests) {
      const ruling = judgeContest(contest);
      if (ruling.kind !== "decided") throw unsettledError(cohort.name);
      verdicts.push(...ruling.verdicts);
    }
    if (verdicts.length > 0) await store.writeVerdicts(job, verdicts);
    place = page.next;
  }
}

function unsettledError(cohort: string): UserError {
  return new UserError(
    "series-unsettled",
    `An interrupted job left files of cohort ${cohort} that have to be compared first; run nils extract --cohort ${cohort}, which also stacks.`,
  );
}
