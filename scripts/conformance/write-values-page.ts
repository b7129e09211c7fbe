/** docs/conformance-values.md: our values of the sample files beside the stored readings of another program. */
import type { ComparedFile } from "./compared-file.ts";
import { writeCount } from "./page-table.ts";
import { sumValues, writeColumnTables, writeReasonTable } from "./value-tables.ts";

export function writeValuesPage(files: readonly ComparedFile[]): string {
  const { values, different, unexplained } = sumValues(files);
  const framed = files.filter(({ isFramed }) => isFramed);
  const frames = framed.reduce(
    (sum, { columns }) => sum + Math.max(...columns.map((each) => each.frames)),
    0,
  );
  return `# Conformance of values

Made by \`npm run conformance\` from the sample files and what pydicom 2.3.1 read of them, which lie beside the repository when it is
developed. That reading has the usual attributes of the top level, all standard attributes in functional groups,
frame by frame, and Radiopharmaceutical Information; private elements are in
[another page](conformance-private.md). Summary: [conformance](conformance.md).

From the reading follows what each column has to hold: its places in their order, and the conversion of units stated a second time in
\`scripts/conformance/expected-conversions.ts\`. A value is one column of one file; of an object with functional groups all its frames are
compared, or the first and the last where the reading has no more.

${writeCount(files.length)} files, ${framed.length} of them with functional groups (${writeCount(frames)} frames); ${writeCount(values)} values: ${writeCount(values - different)} are equal, ${different} differ, ${unexplained} of them without a reason.

## Reasons of differences

They are conditions in \`scripts/conformance/value-reasons.ts\`, and a difference without one fails a test.

${writeReasonTable(files)}

## Columns by maker

Files compared, and how many of them differ. An empty cell: no sample of the maker has a value.

${writeColumnTables(files)}
`;
}
