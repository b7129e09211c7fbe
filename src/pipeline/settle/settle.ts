/** Settle and stack, from the database: what the dirty series, studies and subjects of the cohort are. */

import type { HeldJob } from "#pipeline/hold-job.ts";
import type { JobRun } from "#pipeline/job-run.ts";
import type { StackOptions } from "#stacks/stack-series.ts";
import type { JobEvent } from "#store/job.ts";
import type { SeriesContent, SeriesResult } from "#store/settlement.ts";
import { settleContests } from "./settle-contests.ts";
import { settleGroup } from "./settle-group.ts";
import { settleSeries } from "./settle-series.ts";

/** Series, studies or subjects that are loaded and written together, at most. */
const perPage = 25;

/** A page that took longer is followed by a smaller one, ms: a stop waits for the page that is being done. */
const pageMs = 500;

/** How many to do next, after a page of `size` that took `ms`. */
export function nextPageSize(size: number, ms: number): number {
  if (ms > pageMs) return Math.max(1, Math.floor((size * pageMs) / ms));
  return Math.min(perPage, size * 2);
}

/** Finishes all that is marked dirty; what a stop leaves, the next job finishes. */
export async function settleDirty(run: JobRun): Promise<void> {
  run.progress.phase = "settle";
  await settleContests(run);
  await stackDirty(run, run.input.cohort.settings, describeChange);
}

/** Finishes the series that are dirty while more is to come; what hangs on the whole cohort waits for its end. */
export async function settleReadSoFar(run: JobRun): Promise<void> {
  run.progress.phase = "settle";
  await settleContests(run);
  await stackDirtySeries(run, run.input.cohort.settings, describeChange);
}

type Describe = (content: SeriesContent, result: SeriesResult) => JobEvent[];

/** All of it that needs no file of the source. `describe` gives the events of a series. */
export async function stackDirty(
  held: HeldJob,
  options: StackOptions,
  describe: Describe,
): Promise<void> {
  const { store, job, stop } = held;
  await stackDirtySeries(held, options, describe);
  for (const level of ["study", "subject"] as const) {
    while (stop.reason === null) {
      const groups = await store.loadSettleGroups(job, level, perPage);
      if (groups.length === 0) break;
      await store.writeSettleGroups(
        job,
        level,
        groups.map((group) => settleGroup(group, level)),
      );
    }
  }
  if (stop.reason === null) await store.settleCohort(job);
}

/** While a page is stacked, the store's thread writes the one before and loads the one after. */
async function stackDirtySeries(
  { store, job, progress, stop }: HeldJob,
  options: StackOptions,
  describe: Describe,
): Promise<void> {
  progress.phase = "stack";
  progress.steps = { done: 0, all: await store.countDirtySeries(job) };
  let size = perPage;
  let page = await store.loadDirtySeries(job, 0, size);
  let writing: Promise<void> = Promise.resolve();
  try {
    for (let last = page.at(-1); last !== undefined && stop.reason === null; last = page.at(-1)) {
      const began = performance.now();
      const loading = awaitedLater(store.loadDirtySeries(job, last.seriesId, size));
      const results = page.map((content) => settleSeries(content, options));
      const events = page.flatMap((content, index) =>
        describe(content, results[index] as SeriesResult),
      );
      await writing;
      progress.steps.done += page.length;
      writing = awaitedLater(store.writeSeries(job, results, events));
      page = await loading;
      size = nextPageSize(size, performance.now() - began);
    }
  } finally {
    await writing;
  }
  progress.steps = null;
}

/** A rejection that comes before anybody waits for it is kept for when somebody does. */
function awaitedLater<Result>(promise: Promise<Result>): Promise<Result> {
  promise.catch(() => undefined);
  return promise;
}

/** What changed of a series since it was settled last, for the job's account of changes. */
export function describeChange(content: SeriesContent, result: SeriesResult): JobEvent[] {
  const before = content.settledInstances;
  const now = result.instances;
  const event = (code: string, count: number): JobEvent => ({
    code,
    seriesId: content.seriesId,
    count,
    detail: null,
  });
  if (before === null) return now === 0 ? [] : [event("series-new", now)];
  const events: JobEvent[] = [];
  if (now === 0 && before > 0) events.push(event("series-gone", before));
  else if (now > before) events.push(event("series-grown", now - before));
  else if (now < before) events.push(event("series-shrunk", before - now));
  else if (now > 0) events.push(event("series-changed", now));
  return [...events, ...describeRekeying(content, result)];
}

/** The event of a series whose stacks have other keys than before; its count is that of the stacks now. */
export function describeRekeying(content: SeriesContent, result: SeriesResult): JobEvent[] {
  if ((content.settledInstances ?? 0) === 0 || result.instances === 0) return [];
  const keys = result.stacks.map((stack) => stack.stackKey);
  const before = new Set(content.stackKeys);
  const isSame = keys.length === before.size && keys.every((key) => before.has(key));
  return isSame
    ? []
    : [
        {
          code: "series-rekeyed",
          seriesId: content.seriesId,
          count: keys.length,
          detail: null,
        },
      ];
}
