/** Carries out `nils export`. */
import { assertNever } from "#base/assert-never.ts";
import { UserError } from "#base/user-error.ts";
import type { CommandContext } from "#cli/command.ts";
import { confirm } from "#cli/confirm.ts";
import { requireCohort } from "#cli/open-store.ts";
import { formatNumber } from "#cli/output/format.ts";
import { WrongUseError } from "#cli/wrong-use-error.ts";
import type { Cohort } from "#store/cohort.ts";
import type { RowSource } from "#store/row-reading.ts";
import type { Store } from "#store/store.ts";
import { type AddedColumn, parseAddedColumn, requireHarmless } from "./added-column.ts";
import { openCsvRows, openTsvRows } from "./delimited-rows.ts";
import { ExportedRows, headerOwners } from "./export-rows.ts";
import { chooseTargets, type ExportTarget, listTaken, prepareFolder } from "./export-targets.ts";
import { openJsonRows, openNdjsonRows } from "./json-rows.ts";
import { openParquetRows } from "./parquet-rows.ts";
import { createPrivateFile } from "./private-file.ts";
import type { ByteSink, RowWriter, WrittenColumn } from "./row-writer.ts";

export type ExportFormat = "csv" | "tsv" | "json" | "ndjson" | "parquet";

export interface ExportRequest {
  readonly cohort: string;
  readonly format: ExportFormat;
  readonly sources: readonly RowSource[];
  /** Values of --add. */
  readonly add: readonly string[];
  readonly isRaw: boolean;
  readonly showsIdentifiers: boolean;
  readonly out: string | undefined;
  readonly replaces: boolean;
}

export async function runExport(
  context: CommandContext,
  store: Store,
  request: ExportRequest,
): Promise<void> {
  const { sources, showsIdentifiers } = request;
  const cohort = await requireCohort(store, request.cohort);
  const added = readAdded(request);
  const targets = chooseTargets({ ...request, cwd: context.cwd });
  prepareFolder(targets, cohort.sourcePath);
  const taken = listTaken(targets);
  if (taken.length > 0) {
    const question = `Replace ${taken.join(", ")}?`;
    if (!(await confirm(context, question, { yes: request.replaces }))) {
      throw new UserError("export-refused", "Nothing was exported and nothing was replaced.", {
        exitStatus: 2,
      });
    }
  }
  if (cohort.state === "extracting") {
    context.stderr.write(
      `A job is at work on ${cohort.name}: what it writes meanwhile may be in one of the files and not in another.\n`,
    );
  }
  if (showsIdentifiers) await audit(store, cohort, sources, added);
  for (const target of targets) {
    const isStopped = await exportOne(context, store, { ...request, cohort, added, target });
    if (isStopped) return;
  }
}

function readAdded({ add, sources, showsIdentifiers }: ExportRequest): AddedColumn[] {
  const added = [...new Map(add.map(parseAddedColumn).map((each) => [each.name, each])).values()];
  if (!showsIdentifiers) for (const column of added) requireHarmless(column);
  if (added.length > 0 && !sources.some((source) => headerOwners[source] !== undefined)) {
    throw new WrongUseError(
      "--add takes values from headers, which series, stacks and instances have; add --view v_stacks, v_series or v_instances.",
    );
  }
  if (sources.includes("subject_identifier") && !showsIdentifiers) {
    throw new WrongUseError(
      "The table subject_identifier holds nothing but identifiers; add --identifiers if it is meant, which is noted in the audit.",
    );
  }
  return added;
}

async function audit(
  store: Store,
  cohort: Cohort,
  sources: readonly RowSource[],
  added: readonly AddedColumn[],
): Promise<void> {
  const names = added.map(({ name }) => name);
  await store.audit({
    action: "export-identifiers",
    cohortId: cohort.cohortId,
    detail: [...sources, ...names].join(" "),
  });
}

interface OneExport {
  readonly cohort: Cohort;
  readonly added: readonly AddedColumn[];
  readonly target: ExportTarget;
  readonly format: ExportFormat;
  readonly isRaw: boolean;
  readonly showsIdentifiers: boolean;
}

/** Writes one table or view. True when a signal stopped it; nothing is left of the file then. */
async function exportOne(
  context: CommandContext,
  store: Store,
  order: OneExport,
): Promise<boolean> {
  const { target, cohort, added, showsIdentifiers } = order;
  const { source, path } = target;
  const { cohortId } = cohort;
  const rows = await ExportedRows.open(store, { source, cohortId, added, showsIdentifiers });
  const file = path === null ? null : createPrivateFile(path);
  try {
    const sink: ByteSink = file ?? context.stdout;
    const writer = openRowWriter(order.format, sink, rows.columns, order.isRaw);
    let count = 0;
    for await (const page of rows.pages()) {
      for (const row of page) writer.writeRow(row);
      count += page.length;
      await sink.drain();
      // A store in this thread answers at once: signals get their turn here.
      await new Promise(setImmediate);
      if (context.stop.aborted) return true;
    }
    writer.finish();
    await sink.drain();
    file?.keep();
    if (path !== null) context.stderr.write(`${formatNumber(count)} rows in ${path}\n`);
    for (const line of describeAdded(rows, order, count)) context.stderr.write(`${line}\n`);
    return false;
  } finally {
    file?.discard();
  }
}

/** Why cells of `--add` are empty, in sentences. */
function describeAdded(
  { withheld, headerless, told }: ExportedRows,
  { added, target }: OneExport,
  count: number,
): string[] {
  const { source } = target;
  if (added.length === 0 || headerOwners[source] === undefined) return [];
  const lines: string[] = [];
  if (withheld > 0) {
    lines.push(
      `${formatNumber(withheld)} values of --add in ${source} were left out, since they may name a person; --identifiers writes them.`,
    );
  }
  if (headerless > 0) {
    lines.push(
      `No header is kept for ${formatNumber(headerless)} of ${formatNumber(count)} rows in ${source}, so their cells of --add are empty; nils extract --headers all keeps that of every image.`,
    );
  }
  const silent = added.filter(({ name }) => !told.has(name));
  if (headerless < count && silent.length > 0) {
    const names = silent.map(({ name }) => name).join(", ");
    lines.push(`None of the headers kept for ${source} has ${names}.`);
  }
  return lines;
}

function openRowWriter(
  format: ExportFormat,
  sink: ByteSink,
  columns: readonly WrittenColumn[],
  isRaw: boolean,
): RowWriter {
  switch (format) {
    case "csv":
      return openCsvRows(sink, columns, { isRaw });
    case "tsv":
      return openTsvRows(sink, columns, { isRaw });
    case "json":
      return openJsonRows(sink, columns);
    case "ndjson":
      return openNdjsonRows(sink, columns);
    case "parquet":
      return openParquetRows(sink, columns);
    default:
      return assertNever(format);
  }
}
