import type { CommandContext } from "#cli/command.ts";
import { describeState } from "#cli/extract/write-summary.ts";
import { writeJsonArray, writeTable } from "#cli/output/list.ts";
import { printPath } from "#cli/output/print-path.ts";
import type { TableColumn } from "#cli/output/table.ts";
import { withStore } from "#cli/with-store.ts";
import { type DescribedCohort, describeCohort } from "./describe-cohort.ts";

const columns: readonly TableColumn<DescribedCohort>[] = [
  { header: "cohort", value: (cohort) => cohort.name, whole: true },
  { header: "state", value: (cohort) => cohort.state },
  { header: "files", value: (cohort) => cohort.files },
  { header: "subjects", value: (cohort) => cohort.content["subjects"] },
  { header: "series", value: (cohort) => cohort.content["series"] },
  {
    header: "last job",
    value: ({ lastJob }) =>
      lastJob === null ? "" : `${lastJob.job}: ${describeState(lastJob.state)}`,
  },
  { header: "source", value: (cohort) => printPath(cohort.source) },
];

export async function listCohorts(
  context: CommandContext,
  options: { readonly database: string | undefined; readonly json: boolean },
): Promise<void> {
  const rows = await withStore(context, { database: options.database }, async (store) => {
    const described: DescribedCohort[] = [];
    for (const cohort of await store.listCohorts()) {
      described.push(await describeCohort(store, cohort));
    }
    return described;
  });
  if (options.json) await writeJsonArray(context.stdout, rows);
  else if (rows.length > 0) writeTable(context.stdout, columns, rows);
  else context.stderr.write("There are no cohorts yet; nils extract makes one.\n");
}
