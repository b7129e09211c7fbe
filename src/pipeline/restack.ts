/**
 * Stacks anew from what the database holds, without the archive: for a changed option, or for newer rules.
 * What depends on files (who holds a contested instance, headers of new representatives) is left to
 * extraction.
 */
import { UserError } from "#base/user-error.ts";
import { stackingVersion } from "#stacks/stack-series.ts";
import { type Cohort, noStackingVersion } from "#store/cohort.ts";
import type { JobEvent, Rekeying } from "#store/job.ts";
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

/** Versions of the rules that stacks were formed by and are formed by. */
export interface RuleChange {
  readonly from: number;
  readonly to: number;
}

export interface RestackReport extends JobReport {
  /** Series that were stacked. */
  readonly series: number;
  /** Null when the stacks were formed by the present rules before. */
  readonly newRules: RuleChange | null;
  /** Number of stacks before; `content` has the one after. */
  readonly stacksBefore: number;
  /** Stacks that are gone or have another key, in the order of their series. */
  readonly rekeyed: readonly Rekeying[];
}

/** Stacks every series of the cohort. */
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
      const before = await store.countContent(cohort.cohortId);
      await settleContests(held, cohort);
      const series = await markForRules(held, cohort);
      await stackDirty(held, cohort.settings, describeRekeying);
      const report = await concludeJob(held, began, {
        sawAll: false,
        ignoresSource: true,
        heldBack: null,
        abandonedReaders: 0,
      });
      return {
        ...report,
        series,
        newRules: findRuleChange(cohort),
        stacksBefore: before["stacks"] ?? 0,
        rekeyed: await store.stackHistory(held.job.jobId),
      };
    },
  );
}

/** Stacks every series of the cohort if that was done by other rules; no series may be dirty. */
export async function restackOutdated(held: HeldJob, cohort: Cohort): Promise<void> {
  if (cohort.stackingVersion === stackingVersion) return;
  await markForRules(held, cohort);
  // Not as a series that is read again: of what is the same under both rules there is nothing to tell.
  await stackDirty(held, cohort.settings, describeRekeying);
}

/** Marks every series, and notes why where the rules differ; returns the number of series. */
async function markForRules({ store, job }: HeldJob, cohort: Cohort): Promise<number> {
  const series = await store.markAllDirty(job);
  const events = explainRestack(cohort, series);
  await store.setStackingVersion(job, stackingVersion, events);
  return series;
}

/** The event that says why a job stacks series anew that it did not read. */
function explainRestack(cohort: Cohort, series: number): JobEvent[] {
  const event = (code: string, detail: string | null): JobEvent[] => [
    { code, seriesId: null, count: series, detail },
  ];
  if (cohort.stackingVersion === noStackingVersion) return event("stack-options-changed", null);
  const change = findRuleChange(cohort);
  if (change === null) return [];
  return event("stack-rules-changed", `from version ${change.from} to ${change.to}`);
}

function findRuleChange({ stackingVersion: from }: Cohort): RuleChange | null {
  const isSame = from === null || from === noStackingVersion || from === stackingVersion;
  return isSame ? null : { from, to: stackingVersion };
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
