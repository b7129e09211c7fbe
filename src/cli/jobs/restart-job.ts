/** Goes on with the cohort of a job that ended before its end, in the way that job was told. */
import { UserError } from "#base/user-error.ts";
import type { CommandContext } from "#cli/command.ts";
import type { ExitStatus } from "#cli/exit-status.ts";
import { runExtract } from "#cli/extract/run-extract.ts";
import { requireOutsideSource } from "#cli/extract/source-folder.ts";
import { locateDatabase } from "#cli/open-store.ts";
import { quoteWord } from "#cli/output/quote-word.ts";
import { withStore } from "#cli/with-store.ts";
import type { JobSettings } from "#pipeline/job-settings.ts";
import type { JobState } from "#store/job.ts";
import { requireJob } from "./find-job.ts";

interface RestartOptions {
  readonly database: string | undefined;
  readonly allowNetworkDisk: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** States that leave something to go on with. */
const unfinished: ReadonlySet<JobState> = new Set(["paused", "cancelled", "failed", "lost"]);

/** `retry` also takes a job that was completed: files that could not be read are tried again by every job. */
export async function restartJob(
  context: CommandContext,
  id: string,
  how: "resume" | "retry",
  options: RestartOptions,
): Promise<ExitStatus> {
  const { database: typedDatabase, allowNetworkDisk, json, quiet } = options;
  const database = locateDatabase(context, typedDatabase);
  const { job, cohort } = await withStore(context, { database: typedDatabase }, (store) =>
    requireJob(store, id),
  );
  if (how === "resume" && job.state.startsWith("completed")) {
    const name = quoteWord(cohort.name);
    throw new UserError(
      "job-completed",
      `Job ${job.jobId} was completed, so there is nothing to resume; ${context.program} extract --cohort ${name} reads what is new.`,
    );
  }
  requireOutsideSource(database, cohort.sourcePath);
  return runExtract(context, {
    database,
    typedDatabase,
    allowNetworkDisk,
    cohort: cohort.name,
    settings: takeSettings(job.settings),
    expectedFiles: unfinished.has(job.state) ? null : job.counts.found,
    json,
    quiet,
  });
}

/** What `extract` does when nothing is said; a job that read no files kept no such settings. */
const usual = { workers: 4, batchSize: 1000, minAgeMs: 0, trust: "size-mtime-ctime" } as const;

/** The settings of the job, but for what was insisted on once: reading everything again, and a shrunken source. */
function takeSettings(kept: unknown): JobSettings {
  const { workers, batchSize, minAgeMs, trust } = { ...usual, ...(kept as Partial<JobSettings>) };
  return { workers, batchSize, minAgeMs, trust, resume: true, acceptShrink: false };
}
