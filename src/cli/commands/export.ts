import { defineCommand } from "#cli/command.ts";
import { cohortOption, databaseOption, yesOption } from "#cli/common-options.ts";
import type { ViewName } from "#store/listing.ts";
import type { TableName } from "#store/row-reading.ts";

/** In the order of help. Types alone come from the store, so that help loads no database. */
const views = [
  "v_subjects",
  "v_studies",
  "v_series",
  "v_stacks",
  "v_instances",
  "v_files",
  "v_problems",
  "v_resume",
] as const satisfies readonly ViewName[];

const tables = [
  "subject",
  "subject_identifier",
  "study",
  "series",
  "mri_series_details",
  "ct_series_details",
  "pet_series_details",
  "series_values",
  "instance",
  "frame_values",
  "frame_range",
  "series_stack",
  "stack_member",
  "stack_history",
  "folder",
  "subject_folder",
  "file",
  "problem",
] as const satisfies readonly TableName[];

/** What is exported where nothing is named. */
const usualViews = views.slice(0, 6);

export const exportCommand = defineCommand({
  name: "export",
  summary: "Write what was extracted as tables for pandas, R, DuckDB or a spreadsheet",
  details:
    "Without --view and --table, the views of subjects, studies, series, stacks, instances and files are written, a file each. Names, numbers and birth dates of patients, accession numbers and comments are left out unless --identifiers is given. docs/guide/export.md shows how to read the files.",
  examples: [
    {
      line: "nils export --cohort study1 --format parquet --out tables",
      about: "all views, as Parquet files in a folder",
    },
    {
      line: "nils export --cohort study1 --view v_stacks > stacks.csv",
      about: "one view on standard output",
    },
    {
      line: "nils export --cohort study1 --view v_stacks --add GeometryOfKSpaceTraversal --out stacks.csv",
      about: "with an attribute that is no column, from the headers in the database",
    },
  ],
  options: {
    cohort: cohortOption,
    format: {
      type: "choice",
      choices: ["csv", "tsv", "json", "ndjson", "parquet"],
      default: "csv",
      about: "Form of the files.",
    },
    view: {
      type: "choice",
      choices: views,
      many: true,
      about: "View: rows for people, with natural keys.",
    },
    table: {
      type: "choice",
      choices: tables,
      many: true,
      about: "Table of the database as it is, with the keys that join tables.",
    },
    add: {
      type: "text",
      placeholder: "KEYWORD|GGGG,EEEE",
      many: true,
      about:
        'Further attribute, from the header kept of each series, stack or instance; "GGGG,EEEE@CREATOR" for a private one, A/B inside a sequence.',
    },
    raw: {
      type: "flag",
      about:
        "Leave texts that a spreadsheet would compute as they are; otherwise an apostrophe is put before them (CSV and TSV).",
    },
    identifiers: {
      type: "flag",
      about: "Write what names a person too; this is noted in the audit.",
    },
    out: {
      type: "text",
      placeholder: "DIR|FILE",
      completes: "file",
      about: "Folder for the files, or the file where one view or table is asked for.",
    },
    yes: yesOption,
    database: databaseOption,
  },
  stopsOnSignal: true,
  async run(context, { options }) {
    const { withStore } = await import("#cli/with-store.ts");
    const { runExport } = await import("#cli/export/run-export.ts");
    const chosen = [...new Set([...options.view, ...options.table])];
    const { database } = options;
    await withStore(context, { database }, async (store) => {
      await runExport(context, store, {
        cohort: options.cohort,
        format: options.format,
        sources: chosen.length === 0 ? usualViews : chosen,
        add: options.add,
        isRaw: options.raw,
        showsIdentifiers: options.identifiers,
        out: options.out,
        replaces: options.yes,
      });
    });
  },
});
