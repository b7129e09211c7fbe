/** Extraction from its beginning to its end: discover → plan → parse → write → mark missing → settle → stack → headers. */
import type { ShrinkReport } from "#store/ledger.ts";
import type { Store } from "#store/store.ts";
import { concludeJob, type JobReport, type StagesResult } from "./conclude-job.ts";
import { FileExtraction } from "./extract-files.ts";
import { type HeldJob, holdJob, type JobHooks } from "./hold-job.ts";
import type { JobRun } from "./job-run.ts";
import { type JobInput, publicSettings } from "./job-settings.ts";
import { keepHeaders } from "./keep-headers.ts";
import { markMissing } from "./mark-missing.ts";
import { ReaderPool } from "./parse/reader-pool.ts";
import type { ProgressNow } from "./progress.ts";
import { requireSource } from "./require-source.ts";
import { restackOutdated } from "./restack.ts";
import { settleDirty } from "./settle/settle.ts";
import { WriteQueue } from "./write-queue.ts";

export type { JobReport } from "./conclude-job.ts";
export type { JobHooks } from "./hold-job.ts";

export async function runJob(
  store: Store,
  input: JobInput,
  hooks: JobHooks,
  watch: (progress: () => ProgressNow) => void,
): Promise<JobReport> {
  const { cohort, settings } = input;
  requireSource(cohort.sourcePath);
  return holdJob(
    store,
    {
      cohort,
      settings: { ...settings, ...publicSettings(cohort.settings), source: cohort.sourcePath },
      hooks,
      watch,
    },
    async (held, began) => {
      const run = equip(held, input, hooks);
      try {
        return await concludeJob(held, began, await runStages(run));
      } finally {
        run.pool.close();
      }
    },
  );
}

/** Gives the job its readers and the way to its writer. */
function equip(held: HeldJob, input: JobInput, hooks: JobHooks): JobRun {
  const { cohort, settings } = input;
  const standstill = hooks.standstillMs === undefined ? {} : { standstillMs: hooks.standstillMs };
  const pool = new ReaderPool({
    workers: settings.workers,
    rules: {
      source: cohort.sourcePath,
      codes: input.codes,
      subjectFrom: cohort.settings.subjectFrom,
      hasFolderPattern: cohort.settings.subjectFolders !== null,
      seed: cohort.settings.subjectSeed,
    },
    ...standstill,
  });
  const queue = new WriteQueue(held.store, held.job, settings.batchSize, (files) => {
    held.progress.counts.refused += files;
  });
  return {
    ...held,
    input,
    pool,
    queue,
    settleEveryMs: hooks.settleEveryMs ?? settleEveryMs,
    ...standstill,
  };
}

/** Half an hour: rare enough to cost nothing, and no stage at the end of a long job has more to do than that. */
const settleEveryMs = 30 * 60_000;

async function runStages(run: JobRun): Promise<StagesResult> {
  const { store, job, progress, stop, input } = run;
  await settleDirty(run); // what an interrupted job left
  if (stop.reason === null) await restackOutdated(run, input.cohort);
  progress.phase = "discover";
  const extraction = new FileExtraction(run);
  let sawAll = await extraction.extract();
  let heldBack: ShrinkReport | null = null;
  if (sawAll) {
    progress.phase = "mark-missing";
    const outcome = await markMissing(run, progress.counts, input.settings);
    progress.counts.missing = outcome.marked;
    progress.counts.kept += outcome.kept;
    heldBack = outcome.heldBack;
    sawAll = outcome.isWhole;
  }
  if (stop.reason === null) await settleDirty(run);
  if (stop.reason === null) await store.settleLinks(job);
  if (stop.reason === null) await keepHeaders(run);
  return { sawAll, heldBack, abandonedReaders: run.pool.abandoned + extraction.abandonedWalks };
}
