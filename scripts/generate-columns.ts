/** Makes docs/reference/columns.md from the catalogue. */
import { columnsOf } from "#catalogue/catalogue.ts";
import type { Column, ColumnTable, Limits } from "#catalogue/column.ts";
import { describeLocations, whoMakes } from "#catalogue/describe-location.ts";
import { writeTable } from "./markdown-table.ts";

const tables: readonly (readonly [ColumnTable, string])[] = [
  ["subject", "A person in a cohort."],
  [
    "subject_identifier",
    "What names the person. Each value is a row of its own, with the column's name as `type`; views and exports leave it out unless `--identifiers` is said.",
  ],
  ["study", "An examination."],
  ["series", "A series of the examination."],
  ["mri_series_details", "What holds for a series of modality MR."],
  ["ct_series_details", "What holds for a series of modality CT."],
  ["pet_series_details", "What holds for a series of modality PT."],
  ["instance", "One SOP instance, or one of its frames."],
  ["series_stack", "Images of a series that belong together."],
];

/** Text of the page, with its closing line break. */
export function generateColumnsPage(): string {
  return `<!-- Made by: npm run generate. Source: src/catalogue/. Do not edit. -->

# Columns

Every value that is read from headers or made of such values, by the table that shows it. \`nils fields\` prints the same,
\`nils inspect FILE\` shows for one file where each value was found and what was passed over.

**Type.** \`text\`; \`texts\`: several, joined by a backslash as in DICOM; \`code\`, \`codes\`: the same in upper case; \`integer\`,
\`real\`; \`reals\`: numbers joined by a backslash; \`date\` YYYY-MM-DD; \`time\` HH:MM:SS, with six digits where there is a
fraction; \`datetime\`; \`uid\`; \`name\`.

**Read from**, in order; the first place with a valid value counts.

- \`T\`: top level of the data set. \`meta\`: the group before it. \`T(a/b)\`: inside a sequence.
- \`FG\`: a functional group of an enhanced object, first the frame's own, then the one that frames share. In enhanced objects these come
  before the others, so that a stray copy at the top level cannot hide them.
- \`U\`: the attributes that a conversion from classic objects left unassigned, per frame, then shared.
- \`gggg,xxee@creator\`: a private element of a maker, found by its creator and never by block number; in enhanced objects
  in the groups of the frame, in the shared ones, and at the top level, and after each of the first two among the attributes that
  a conversion left unassigned there. A Siemens CSA header holds keys of its own; it is looked for among these and at the top level.
- \`[*]\`: all items of the sequence are read, otherwise the first.

**Kept**: \`series\`: what the files of a series share; \`setting\`: what frames share, read by the stack rules; \`instance\`: one
value per file; \`coordinate\`: one per frame; \`derived\`: made of others at the end of a job. A row of a series or study shows the
most frequent value, and \`varying\` lists the columns in which its files differ.

**Privacy**: \`identifier\` names a person; \`quasi\` may help to; \`text\` is typed by people and may hold anything; \`none\`.

${tables.map(([table, about]) => describeTable(table, about)).join("\n")}`;
}

function describeTable(table: ColumnTable, about: string): string {
  const columns = columnsOf(table);
  const rows = columns.filter((column) => column.table === table).map(describeColumn);
  const head = ["column", "type", "unit", "attribute", "read from", "kept", "privacy", "meaning"];
  const copies = columns.filter((column) => column.table !== table).map(describeCopy(table));
  const copied =
    copies.length === 0
      ? ""
      : `\nThe table also shows, of the values below it: ${copies.join(", ")}.\n`;
  return `## ${table}

${about}

${writeTable(head, rows)}
${copied}`;
}

function describeCopy(table: ColumnTable): (column: Column) => string {
  return (column) => {
    const copy = column.copies?.find((each) => each.table === table);
    return `\`${column.name}\` (${copyWords[copy?.of ?? "most-frequent"]})`;
  };
}

const copyWords = {
  "most-frequent": "most frequent",
  distinct: "all, sorted",
  first: "of the first image",
};

function describeColumn(column: Column): string[] {
  return [
    `\`${column.name}\``,
    column.count === undefined ? column.type : `${column.type}, ${column.count}`,
    column.unit ?? "",
    column.tag === null ? "" : `${column.keyword} ${writeTag(column.tag)}`,
    column.computed === undefined
      ? describeLocations(column).join("; ")
      : `made by ${whoMakes[column.computed]}`,
    column.scope,
    column.privacy,
    [column.about, writeLimits(column.limits)].filter((part) => part !== "").join(" "),
  ];
}

/** Sentence on the bounds of valid values, empty where there are none. */
function writeLimits(limits: Limits | undefined): string {
  if (limits === undefined) return "";
  const { min, max, above, zeroIsNull } = limits;
  const low = min === undefined ? "" : `${above === true ? "above" : "from"} ${min}`;
  const high = max === undefined ? "" : `up to ${max}`;
  const zero = zeroIsNull === true ? "; 0 means not written" : "";
  return `Valid: ${[low, high].filter((part) => part !== "").join(" ")}${zero}.`;
}

export function writeTag(tag: number): string {
  const digits = tag.toString(16).toUpperCase().padStart(8, "0");
  return `(${digits.slice(0, 4)},${digits.slice(4)})`;
}
