import { defineCommand } from "#cli/command.ts";
import { cohortOption, databaseOption, jsonOption, quietOption } from "#cli/common-options.ts";
import { formatNumber } from "#cli/output/format.ts";
import type { TableColumn } from "#cli/output/table.ts";
import type { RestackReport } from "#pipeline/restack.ts";

/** The stacks that came out of one, or what became of it. */
interface Change {
  readonly oldKey: string;
  readonly newKey: string | null;
  /** Stacks of which this holds. */
  readonly stacks: number;
  /** One of their series. */
  readonly example: string;
}

const columns: readonly TableColumn<Change>[] = [
  { header: "stacks", value: (change) => change.stacks },
  { header: "old key", value: (change) => change.oldKey },
  { header: "new key", value: (change) => change.newKey ?? "(none)" },
  { header: "example", value: (change) => change.example },
];

export const restackCommand = defineCommand({
  name: "restack",
  summary: "Form the stacks of a cohort anew, without reading the archive",
  details:
    "For a changed --ct-split-on-dose, or after an update of the program. All that the rules read is in the database. Full headers of images that now represent a stack are read by the next nils extract.",
  examples: [
    { line: "nils restack --cohort brain", about: "after nils cohort edit --ct-split-on-dose" },
  ],
  options: { cohort: cohortOption, database: databaseOption, quiet: quietOption, json: jsonOption },
  stopsOnSignal: true,
  async run(context, { options }) {
    const { withStore } = await import("#cli/with-store.ts");
    const { requireCohort } = await import("#cli/open-store.ts");
    const { restack } = await import("#pipeline/restack.ts");
    const { showSteps } = await import("#cli/output/show-steps.ts");
    const report = await withStore(
      context,
      { database: options.database, inThread: true },
      async (store) => {
        const cohort = await requireCohort(store, options.cohort);
        const steps = showSteps(context, "series", { quiet: options.quiet || options.json });
        try {
          return await restack(
            store,
            cohort,
            {
              programVersion: context.version,
              onBegin: (_job, stop) => {
                if (context.stop.aborted) stop.raise("cancel");
                context.stop.addEventListener("abort", () => stop.raise("cancel"), { once: true });
              },
            },
            (progress) => steps.watch(progress),
          );
        } finally {
          steps.end();
        }
      },
    );
    const { writeJsonLine, writeTable } = await import("#cli/output/list.ts");
    const changes = summarize(report);
    if (options.json) {
      const { jobId, state, series, rekeyed, content } = report;
      writeJsonLine(context.stdout, { job: jobId, state, series, content, rekeyed });
    } else {
      if (changes.length > 0) writeTable(context.stdout, columns, changes);
      context.stderr.write(`${describe(report)}\n`);
    }
    const { isExitStatus } = await import("#cli/exit-status.ts");
    return isExitStatus(report.exitStatus) ? report.exitStatus : 1;
  },
});

/** The most frequent change first. */
function summarize({ rekeyed }: RestackReport): Change[] {
  const changes = new Map<string, Change>();
  for (const { oldKey, newKey, seriesInstanceUid } of rekeyed) {
    const key = JSON.stringify([oldKey, newKey]);
    const known = changes.get(key);
    const stacks = (known?.stacks ?? 0) + 1;
    changes.set(key, { oldKey, newKey, stacks, example: known?.example ?? seriesInstanceUid });
  }
  return [...changes.values()].sort((a, b) => b.stacks - a.stacks);
}

function describe(report: RestackReport): string {
  const { message, state, jobId, series, rekeyed, content } = report;
  if (message !== null) return message;
  if (state === "cancelled" || state === "paused") {
    return `Job ${jobId} was stopped; the next restack or extract of the cohort finishes it.`;
  }
  const touched = new Set(rekeyed.map((each) => each.seriesInstanceUid)).size;
  const all = `${formatNumber(series)} series have ${formatNumber(content["stacks"] ?? 0)} stacks`;
  return touched === 0
    ? `${all}; no stack has another key than before.`
    : `${all}; in ${formatNumber(touched)} of the series, ${formatNumber(rekeyed.length)} stacks are gone or have another key.`;
}
