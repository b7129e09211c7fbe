import { defineCommand } from "#cli/command.ts";
import { cohortOption, databaseOption, yesOption } from "#cli/common-options.ts";
import { viewNames } from "#store/listing.ts";
import { tableNames } from "#store/row-reading.ts";

/** What is exported where nothing is named. */
const usualViews = viewNames.slice(0, 6);

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
      choices: viewNames,
      many: true,
      about: "View: rows for people, with natural keys.",
    },
    table: {
      type: "choice",
      choices: tableNames,
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
