/** Runs a job of a cohort in its own process and tells how it goes and ends; for `extract` and `jobs resume`. */
import { entryUrl } from "#base/entry.ts";
import type { CommandContext } from "#cli/command.ts";
import { type ExitStatus, isExitStatus } from "#cli/exit-status.ts";
import { writeJsonLine } from "#cli/output/list.ts";
import { createProgressDisplay } from "#cli/output/progress.ts";
import { quoteWord } from "#cli/output/quote-word.ts";
import { withStore } from "#cli/with-store.ts";
import type { JobOrder, JobResult } from "#jobs/job-order.ts";
import { launchJob } from "#jobs/launch-job.ts";
import { SpeedMeter } from "#jobs/measure-speed.ts";
import type { JobSettings } from "#pipeline/job-settings.ts";
import type { JobReport } from "#pipeline/run-job.ts";
import { writeDatabaseOption } from "./database-option.ts";
import { type JobSummary, loadSummary } from "./job-summary.ts";
import { makeSnapshot } from "./progress-snapshot.ts";
import { writeSummary } from "./write-summary.ts";

/** So long nothing is shown of a job that has found nothing yet, ms. */
const silentMs = 2_000;

export interface ExtractRequest {
  /** Path of the database file. */
  readonly database: string;
  /** What was typed after --database; undefined when nothing was. */
  readonly typedDatabase: string | undefined;
  readonly allowNetworkDisk: boolean;
  readonly cohort: string;
  readonly settings: JobSettings;
  /** Files that the job before found; null when there was none. */
  readonly expectedFiles: number | null;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Ends with the job's exit status; rejects with the error that kept it from beginning or going on. */
export async function runExtract(
  context: CommandContext,
  request: ExtractRequest,
): Promise<ExitStatus> {
  const result = await superviseJob(
    context,
    {
      kind: "extract",
      database: request.database,
      allowNetworkDisk: request.allowNetworkDisk,
      cohort: request.cohort,
      settings: request.settings,
      programVersion: context.version,
      standstillMs: readStandstill(context),
    },
    request,
  );
  if (result.kind !== "extract") throw new Error("an order to extract was answered by a preview");
  await tellEnd(context, request, result.report);
  const { exitStatus } = result.report;
  return isExitStatus(exitStatus) ? exitStatus : 1;
}

/** Launches an order, shows its progress and passes signals on. */
export async function superviseJob(
  context: CommandContext,
  order: JobOrder,
  options: Pick<ExtractRequest, "json" | "quiet" | "expectedFiles">,
): Promise<JobResult> {
  const display = createProgressDisplay(context, options);
  const startedAt = context.now();
  const meter = new SpeedMeter(startedAt, options.expectedFiles);
  const sayStopping = (): void =>
    display.note("Stopping: the batch is finished first. The same signal again stops at once.");
  context.stop.addEventListener("abort", sayStopping, { once: true });
  const entry = entryUrl("cli/job-process");
  try {
    return await launchJob(entry, order, {
      stop: context.stop,
      onBegin: ({ continues }) => {
        if (continues === null) return;
        display.note(
          `Job ${continues} was lost: its process ended without a word. This job continues it.`,
        );
      },
      onProgress: (progress) => {
        const now = context.now();
        if (progress.counts.found === 0 && now - startedAt < silentMs) return;
        display.update(
          makeSnapshot(progress, meter.measure(progress, now), (now - startedAt) / 1000),
        );
      },
    });
  } finally {
    context.stop.removeEventListener("abort", sayStopping);
    display.finish();
  }
}

async function tellEnd(
  context: CommandContext,
  request: ExtractRequest,
  report: JobReport,
): Promise<void> {
  const { stdout, stderr } = context;
  const { json, quiet, cohort: name, typedDatabase, database } = request;
  const summary = await withStore(context, { database }, async (store) => {
    const cohort = await store.findCohort(name);
    const job = await store.findJob(report.jobId);
    if (cohort === null || job === null) return null;
    return loadSummary(store, cohort, job, { database, now: context.now() });
  });
  if (json && summary !== null) {
    writeJsonLine(stdout, makeJsonResult(summary, report));
  } else if (!quiet && summary !== null) {
    stdout.write(
      writeSummary(summary, {
        width: stdout.columns,
        program: context.program,
        database: writeDatabaseOption(typedDatabase),
      }),
    );
  }
  if (isNothingFound(report))
    stderr.write(`${describeNothingFound(context, name, typedDatabase)}\n`);
  else if (report.message !== null && (json || quiet || !stdout.isTerminal)) {
    stderr.write(`${report.message}\n`);
  }
}

/** What `--json` writes at the end. */
function makeJsonResult(summary: JobSummary, report: JobReport): object {
  const { rereadFailed, headersUnread, notCompared, folders } = report.ledger;
  const { ledgerRows, imbalances } = report.account;
  return {
    type: "result",
    ...summary,
    ledger: { rows: ledgerRows, folders, rereadFailed, headersUnread, notCompared, imbalances },
  };
}

/** States of files that are no DICOM, or that nobody looked into. */
const otherStates: ReadonlySet<string> = new Set(["not-dicom", "skipped", "missing"]);

function isNothingFound({ state, account, ledger }: JobReport): boolean {
  const hasDicom = Object.keys(account.byState).some((each) => !otherStates.has(each));
  const isBalanced = account.imbalances.length === 0;
  return state === "failed" && isBalanced && !hasDicom && ledger.foldersUnlisted === 0;
}

/** The hints of the manual, with what to type. */
export function describeNothingFound(
  { program }: CommandContext,
  cohort: string,
  database: string | undefined,
): string {
  const look = `${program} files --cohort ${quoteWord(cohort)} --state unreadable${writeDatabaseOption(database)}`;
  return [
    "No DICOM files found. Look at these in turn:",
    "- Does --source name the folder that holds the DICOM files?",
    `- All folders below it are searched, to any depth. What could not be read: ${look}`,
    "- Files need no .dcm: content decides, unless --files leaves names out. Archives (.zip, .tar) have to be unpacked first.",
  ].join("\n");
}

/** For tests: a reader is given up earlier than after its usual minute. */
export function readStandstill({ env }: CommandContext): number | null {
  const ms = Number(env["NILS_STANDSTILL_MS"]);
  return Number.isInteger(ms) && ms > 0 ? ms : null;
}
