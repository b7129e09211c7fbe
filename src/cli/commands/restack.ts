import { defineCommand } from "#cli/command.ts";
import { cohortOption, databaseOption, jsonOption, quietOption } from "#cli/common-options.ts";
import { formatNumber } from "#cli/output/format.ts";
import { plural } from "#cli/output/plural.ts";
import type { TableColumn } from "#cli/output/table.ts";
import type { RestackReport } from "#pipeline/restack.ts";

/** What is different in the key of the stack that most images of a former one are in now. */
interface Change {
  readonly modality: string;
  /** Parts of the former key that the present one lacks. */
  readonly before: string;
  /** Parts of the present key that the former one lacked. */
  readonly now: string;
  /** Stacks of which this holds. */
  readonly stacks: number;
  /** One of their series. */
  readonly example: string;
}

const columns: readonly TableColumn<Change>[] = [
  { header: "stacks", value: (change) => change.stacks },
  { header: "modality", value: (change) => change.modality },
  { header: "key before", value: (change) => change.before },
  { header: "key now", value: (change) => change.now },
  { header: "example series", value: (change) => change.example, whole: true },
];

/** Lines of the table: where keys hold a dose, each stack may be a line of its own. */
const shownChanges = 20;

export const restackCommand = defineCommand({
  name: "restack",
  summary: "Form the stacks of a cohort anew, without reading the archive",
  details:
    "For a changed --ct-split-on-dose, or after an update of the program. All that the rules read is in the database. A stack under another key keeps its id, and the former key is in stack_history. Full headers of images that now represent a stack are read by the next nils extract.",
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
      const { jobId, state, series, newRules, stacksBefore, content, rekeyed } = report;
      writeJsonLine(context.stdout, {
        job: jobId,
        state,
        series,
        newRules,
        stacksBefore,
        content,
        rekeyed,
      });
    } else {
      if (changes.length > 0) writeTable(context.stdout, columns, changes.slice(0, shownChanges));
      if (changes.length > shownChanges) {
        const more = formatNumber(changes.length - shownChanges);
        context.stderr.write(`and ${more} more lines, which --json shows.\n`);
      }
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
    const change = compareKeys(oldKey, newKey);
    const id = JSON.stringify(change);
    const known = changes.get(id);
    const stacks = (known?.stacks ?? 0) + 1;
    changes.set(id, { ...change, stacks, example: known?.example ?? seriesInstanceUid });
  }
  return [...changes.values()].sort((a, b) => b.stacks - a.stacks);
}

/** What two keys share would hide the little that they do not. */
function compareKeys(
  oldKey: string,
  newKey: string | null,
): Pick<Change, "modality" | "before" | "now"> {
  const [modality = "", ...parts] = oldKey.split("|");
  if (newKey === null) return { modality, before: parts.join("|"), now: "(in no stack)" };
  const newParts = newKey.split("|").filter((part) => part !== modality);
  const listOnly = (own: readonly string[], other: readonly string[]): string =>
    own.filter((part) => !other.includes(part)).join("|") || "-";
  return { modality, before: listOnly(parts, newParts), now: listOnly(newParts, parts) };
}

function describe(report: RestackReport): string {
  const { message, state, jobId, series, newRules, stacksBefore, rekeyed, content } = report;
  if (message !== null) return message;
  if (state === "cancelled" || state === "paused") {
    return `Job ${jobId} was stopped; the next restack or extract of the cohort finishes it.`;
  }
  const stacks = content["stacks"] ?? 0;
  const gone = rekeyed.filter(({ rowKey }) => rowKey === null).length;
  const changes = [
    [stacks - stacksBefore + gone, "new"],
    [rekeyed.length - gone, "under another key"],
    [gone, "gone"],
  ] as const;
  const told = changes
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${formatNumber(count)} ${count === 1 ? "is" : "are"} ${word}`);
  const rules =
    newRules === null
      ? ""
      : `The rules of stacks changed from version ${newRules.from} to ${newRules.to}. `;
  const what = `${rules}${plural(series, "series", "series")} stacked anew: `;
  const keys =
    told.length === 0
      ? `${plural(stacks, "stack")}, each with the key that it had.`
      : `${plural(stacks, "stack")}, ${formatNumber(stacksBefore)} before; ${told.join(", ")}.`;
  return what + keys;
}
