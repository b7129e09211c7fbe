import { type CommandContext, flagOf } from "#cli/command.ts";
import { writeDatabaseOption } from "#cli/extract/database-option.ts";
import { loadSummary } from "#cli/extract/job-summary.ts";
import { type Entry, writeEntries, writeSummary } from "#cli/extract/write-summary.ts";
import { locateDatabase } from "#cli/open-store.ts";
import { writeJsonLine } from "#cli/output/list.ts";
import { withStore } from "#cli/with-store.ts";
import { listChanges } from "#jobs/summarize-changes.ts";
import { requireJob } from "./find-job.ts";
import { formatMoment } from "./job-times.ts";
import { writeChanges } from "./write-changes.ts";

interface ShowOptions {
  readonly changes: boolean;
  readonly database: string | undefined;
  readonly json: boolean;
}

export async function showJob(
  context: CommandContext,
  id: string,
  options: ShowOptions,
): Promise<void> {
  const { database, json } = options;
  const path = locateDatabase(context, database);
  const { job, summary, changes } = await withStore(context, { database }, async (store) => {
    const found = await requireJob(store, id);
    if (options.changes) {
      const { cohortId } = found.cohort;
      await store.audit({ action: "show-changes", cohortId, detail: `job ${found.job.jobId}` });
    }
    return {
      ...found,
      summary: await loadSummary(store, found.cohort, found.job, {
        database: path,
        now: context.now(),
      }),
      changes: options.changes ? listChanges(await store.jobEvents(found.job.jobId)) : null,
    };
  });
  const { stdout, program } = context;
  if (json) {
    const { host, pid, settings } = job;
    writeJsonLine(stdout, {
      ...summary,
      host,
      pid,
      settings,
      ...(changes === null ? {} : { series: changes }),
    });
    return;
  }
  if (changes !== null) {
    stdout.write(writeChanges(changes, summary, stdout.columns));
    return;
  }
  const typed = writeDatabaseOption(database);
  stdout.write(writeSummary(summary, { width: stdout.columns, program, database: typed }));
  const more: Entry[] = [
    ["Started", `${formatMoment(job.startedAt)} on ${job.host}`],
    ["Settings", describeSettings(job.settings)],
    ["Changes", `${program} jobs show ${job.jobId} --changes${typed}`, "unbroken"],
  ];
  stdout.write(writeEntries(more, stdout.columns));
}

/** As it would be typed; the source and the codes are left out. */
function describeSettings(settings: unknown): string {
  return Object.entries(settings as Record<string, unknown>)
    .filter(([name, value]) => value !== null && name !== "source" && name !== "hasGivenCodes")
    .map(([name, value]) =>
      name === "minAgeMs" ? `--min-age ${Number(value) / 1000}s` : `${flagOf(name)} ${value}`,
    )
    .join(" ");
}
