import { defineCommand } from "#cli/command.ts";
import { databaseOption, jsonOption } from "#cli/common-options.ts";
import { WrongUseError } from "#cli/wrong-use-error.ts";

export const inspectCommand = defineCommand({
  name: "inspect",
  summary: "Explain a file or a series: each value, where it was read, what was passed over",
  details:
    "A file is read again, and needs no database. A SOP Instance UID names the file that the database has it from. A series is told from the database alone: its stacks, what separates them, and what differs within them and was passed over, and why; --json has every column of every stack. What names or describes a person is masked unless --identifiers is given.",
  examples: [
    { line: "nils inspect scan.dcm", about: "every value of a file and its place" },
    { line: "nils inspect scan.dcm --all", about: "columns without a value too" },
    { line: "nils inspect --series 1.2.840.113619.2.1", about: "why a series has these stacks" },
  ],
  arguments: {
    file: { about: "File, or SOP Instance UID of an instance in the database.", completes: "file" },
  },
  options: {
    series: {
      type: "text",
      placeholder: "UID",
      about: "Series of the database, by its Series Instance UID.",
    },
    frame: {
      type: "integer",
      placeholder: "N",
      min: 1,
      max: 1_000_000,
      default: 1,
      about: "Frame of an enhanced object whose values are shown.",
    },
    all: { type: "flag", about: "Show columns without a value too, and where one was looked for." },
    identifiers: {
      type: "flag",
      about:
        "Show what names or describes a person too; noted in the audit when the database is asked.",
    },
    cohort: { type: "text", placeholder: "NAME", about: "Only that of this cohort." },
    json: jsonOption,
    database: databaseOption,
  },
  lists: true,
  async run(context, { arguments: { file }, options }) {
    const { series, cohort } = options;
    if ((file === undefined) === (series === undefined)) {
      throw new WrongUseError(
        "Name one thing to inspect: a file, a SOP Instance UID, or a series with --series UID.",
      );
    }
    const { inspectInstance, inspectNamedFile, isFile } = await import(
      "#cli/inspect/inspect-source.ts"
    );
    const request = {
      frame: options.frame,
      isJson: options.json,
      showsAll: options.all,
      showsIdentifiers: options.identifiers,
    };
    if (file !== undefined && (isFile(context, file) || !/^[0-9][0-9.]*$/.test(file))) {
      await inspectNamedFile(context, file, request);
      return;
    }
    const { withStore } = await import("#cli/with-store.ts");
    const { writeDatabaseOption } = await import("#cli/extract/database-option.ts");
    const { database } = options;
    await withStore(context, { database }, async (store) => {
      if (series !== undefined) {
        const { inspectSeries } = await import("#cli/inspect/inspect-series.ts");
        await inspectSeries(context, store, {
          uid: series,
          cohort,
          isJson: options.json,
          typedDatabase: writeDatabaseOption(database),
        });
      } else if (file !== undefined) {
        await inspectInstance(context, store, file, cohort, request);
      }
    });
  },
});
