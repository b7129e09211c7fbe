/** What `nils extract` does: settles which cohort is meant and how, then runs its job. */
import { existsSync } from "node:fs";
import type { CommandContext } from "#cli/command.ts";
import { type ExitStatus, statusOfSignal } from "#cli/exit-status.ts";
import { locateDatabase, openStore } from "#cli/open-store.ts";
import { withStore } from "#cli/with-store.ts";
import type { JobSettings } from "#pipeline/job-settings.ts";
import type { Cohort } from "#store/cohort.ts";
import { explainFailure } from "#store/explain-failure.ts";
import type { Store } from "#store/store.ts";
import { chooseCohort, makeUnknownCohortError } from "./choose-cohort.ts";
import { type CohortOptions, readCohortRequest } from "./cohort-request.ts";
import { runExtract } from "./run-extract.ts";
import { runPreview } from "./run-preview.ts";
import { requireOutsideSource } from "./source-folder.ts";

/** The options of the command as they were read. */
export interface ExtractOptions extends CohortOptions {
  readonly workers: number;
  readonly batchSize: number;
  readonly resume: boolean;
  readonly dryRun: boolean;
  /** s */
  readonly minAge: number;
  readonly trust: JobSettings["trust"];
  readonly acceptShrink: boolean;
  readonly allowNetworkDisk: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** `given`: names of the options that were typed; only these are compared with what a cohort keeps. */
export async function extract(
  context: CommandContext,
  options: ExtractOptions,
  given: ReadonlySet<string>,
): Promise<ExitStatus> {
  const database = locateDatabase(context, options.database);
  const request = readCohortRequest(context, options, given);
  const settings = readSettings(options);
  if (request.source !== undefined) requireOutsideSource(database, request.source);
  if (options.dryRun) {
    const known = await findKnownCohort(context, options, database);
    const { json, quiet } = options;
    return runPreview(context, { cohort: known, request, settings, json, quiet });
  }
  if (request.source === undefined && !existsSync(database)) {
    throw makeUnknownCohortError(context, request, []);
  }
  const store = await openStore(context, options);
  let cohort: Cohort;
  let expectedFiles: number | null;
  try {
    cohort = await chooseCohort(context, store, request);
    requireOutsideSource(database, cohort.sourcePath);
    expectedFiles = await countFilesBefore(store, cohort);
  } catch (error) {
    throw await explainFailure(store, error);
  } finally {
    await store.close();
  }
  if (context.stop.aborted) return statusOfStop(context);
  const { json, quiet, allowNetworkDisk, database: typedDatabase } = options;
  return runExtract(context, {
    database,
    typedDatabase,
    allowNetworkDisk,
    cohort: cohort.name,
    settings,
    expectedFiles,
    json,
    quiet,
  });
}

function readSettings(options: ExtractOptions): JobSettings {
  const { workers, batchSize, resume, minAge, trust, acceptShrink } = options;
  return { workers, batchSize, resume, minAgeMs: minAge * 1000, trust, acceptShrink };
}

/** The cohort of a look without writing; null where there is no database or no such cohort. */
async function findKnownCohort(
  context: CommandContext,
  options: ExtractOptions,
  database: string,
): Promise<Cohort | null> {
  if (!existsSync(database)) return null;
  return withStore(context, options, (store) => store.findCohort(options.cohort));
}

/** Files that the last job found which saw all; null when there was none. */
async function countFilesBefore(store: Store, cohort: Cohort): Promise<number | null> {
  const jobs = await store.listJobs({ cohortId: cohort.cohortId, limit: 20 });
  const whole = jobs.find(({ state, counts }) => state.startsWith("completed") && counts.found > 0);
  return whole?.counts.found ?? null;
}

/** Status of a command that was stopped before it began anything. */
function statusOfStop({ stop }: CommandContext): ExitStatus {
  return stop.reason === "SIGTERM" ? statusOfSignal.SIGTERM : statusOfSignal.SIGINT;
}
