import type { Column, ColumnTable } from "#catalogue/column.ts";
import { defineCommand } from "#cli/command.ts";
import { jsonOption } from "#cli/common-options.ts";

const tables = [
  "subject",
  "subject_identifier",
  "study",
  "series",
  "mri_series_details",
  "ct_series_details",
  "pet_series_details",
  "instance",
  "series_stack",
] as const satisfies readonly ColumnTable[];

export const fieldsCommand = defineCommand({
  name: "fields",
  summary: "List the columns that are read from headers, with unit, place and meaning",
  details:
    "Read from: T is the top level of the data set, T(a/b) inside a sequence, FG a functional group of an enhanced object (first the frame's own, then the shared one), U an attribute that a conversion left unassigned, meta the group before the data set. The first place with a valid value counts.",
  examples: [
    { line: "nils fields --table mri_series_details", about: "what is read of MR series" },
    { line: "nils fields --json", about: "everything, for a program" },
  ],
  options: {
    table: { type: "choice", choices: tables, many: true, about: "Only columns of this table." },
    json: jsonOption,
  },
  lists: true,
  async run({ stdout }, { options }) {
    const { columns } = await import("#catalogue/catalogue.ts");
    const chosen = columns.filter(
      (column) => options.table.length === 0 || listTables(column).some(isIn(options.table)),
    );
    const { writeJsonArray, writeTable } = await import("#cli/output/list.ts");
    const { describeField } = await import("#cli/inspect/describe-field.ts");
    const fields = chosen.map(describeField);
    if (options.json) {
      await writeJsonArray(stdout, fields);
      return;
    }
    writeTable(
      stdout,
      [
        { header: "name", value: (field) => field.name, whole: true },
        { header: "table", value: (field) => field.table },
        { header: "type", value: (field) => field.type },
        { header: "unit", value: (field) => field.unit },
        { header: "tag", value: (field) => field.tag, whole: true },
        { header: "keyword", value: (field) => field.keyword },
        { header: "read from", value: (field) => field.readFrom.join("; ") },
        { header: "privacy", value: (field) => field.privacy },
        { header: "meaning", value: (field) => field.meaning },
      ],
      fields,
    );
  },
});

const listTables = (column: Column): ColumnTable[] => [
  column.table,
  ...(column.copies ?? []).map((copy) => copy.table),
];

const isIn =
  (chosen: readonly ColumnTable[]) =>
  (table: ColumnTable): boolean =>
    chosen.includes(table);
