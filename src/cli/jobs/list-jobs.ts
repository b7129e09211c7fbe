import type { CommandContext } from "#cli/command.ts";
import { describeState } from "#cli/extract/write-summary.ts";
import { requireCohort } from "#cli/open-store.ts";
import { formatDuration } from "#cli/output/format.ts";
import { writeJsonArray, writeTable } from "#cli/output/list.ts";
import type { TableColumn } from "#cli/output/table.ts";
import { withStore } from "#cli/with-store.ts";
import type { Job } from "#store/job.ts";
import { formatMoment, secondsOf } from "./job-times.ts";

interface ListOptions {
  readonly cohort: string | undefined;
  readonly limit: number;
  readonly database: string | undefined;
  readonly json: boolean;
}

type Row = Job & { readonly cohort: string; readonly seconds: number };

const columns: readonly TableColumn<Row>[] = [
  { header: "job", value: (row) => row.jobId },
  { header: "cohort", value: (row) => row.cohort },
  { header: "started", value: (row) => formatMoment(row.startedAt) },
  { header: "took", value: (row) => formatDuration(row.seconds), align: "right" },
  { header: "files", value: (row) => row.counts.found },
  { header: "new", value: (row) => row.counts.new },
  { header: "state", value: (row) => describeState(row.state) },
];

/** Newest first. */
export async function listJobs(context: CommandContext, options: ListOptions): Promise<void> {
  const { database, json, limit } = options;
  const rows = await withStore(context, { database }, async (store) => {
    const cohort =
      options.cohort === undefined ? undefined : await requireCohort(store, options.cohort);
    const names = new Map(
      (await store.listCohorts()).map(({ cohortId, name }) => [cohortId, name] as const),
    );
    const jobs = await store.listJobs(
      cohort === undefined ? { limit } : { cohortId: cohort.cohortId, limit },
    );
    return jobs.map(
      (job): Row => ({
        ...job,
        cohort: names.get(job.cohortId) ?? "",
        seconds: secondsOf(job, context.now()),
      }),
    );
  });
  if (json) await writeJsonArray(context.stdout, rows);
  else if (rows.length > 0) writeTable(context.stdout, columns, rows);
  else context.stderr.write("There are no jobs yet; nils extract starts one.\n");
}
