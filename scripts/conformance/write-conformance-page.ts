/** docs/conformance.md: the summary of what was compared, and what no sample covers. */

import { isEqual } from "./compare-stacks.ts";
import type { ComparedFile } from "./compared-file.ts";
import type { Coverage } from "./coverage.ts";
import { vendorsWithoutSample } from "./coverage.ts";
import { isUnexplained, type StackComparison } from "./oracle-stacks.ts";
import { columnList, writeCount, writeTable } from "./page-table.ts";
import { explain, valueReasons } from "./value-reasons.ts";
import { sumValues } from "./value-tables.ts";
import { vendorOf, vendors } from "./vendors.ts";
import type { ReaderComparison } from "./write-private-page.ts";

export interface Conformance {
  readonly values: readonly ComparedFile[];
  /** Empty where neither dcmdump nor pydicom is installed. */
  readonly readers: readonly ReaderComparison[];
  readonly stacks: StackComparison;
  readonly coverage: Coverage;
}

export function writeConformancePage(conformance: Conformance): string {
  const { values, readers, stacks, coverage } = conformance;
  return `# Conformance

Made by \`npm run conformance\`: real files of ${vendors.length - 1} makers, from public test data, beside what other programs read of
them and make of them. The files and readings lie beside the repository when it is developed, not in it.

${writeTable(
  ["what", "beside", "compared", "equal", "differ", "without a reason"],
  [
    describeValues("[values](conformance-values.md)", "pydicom 2.3.1, stored readings", values),
    ...readers.map(({ name, files }) =>
      describeValues("[values, private ones too](conformance-private.md)", name, files),
    ),
    describeStacks(stacks),
  ],
)}

A value is one column of one file, all its frames included; units are converted on both sides. Of stacks, series are counted. Every
difference has a reason, which is a condition in \`scripts/conformance\`; one without fails \`npm run conformance\`, and a test.
What a value is expected to be is taken from the other program's reading at the places that the catalogue lists, in their
order; of the values that stacks and dose hang on the order is written down a second time, in a test.

## By maker

Series in which values were compared, and series with a number whose stacks were compared with volumes.

${writeTable(
  ["maker", "files", "series, values", "values", "differ", "series, stacks", "equal"],
  vendors.flatMap((vendor) => describeVendor(vendor, conformance)),
)}

"other" are other makers, and files that name none. Of the ${stacks.pairs.length} series of stacks, ${countUnknown(stacks)} have only files that are not stored, and are not in the table.

## Reasons

How many values differ for each reason; [their columns](conformance-values.md#reasons-of-differences) and
[those of stacks](conformance-stacks.md#reasons) are in the pages.

${describeReasons(conformance)}

## What no sample covers

${describeCoverage(coverage)}

## Values that are not read

Standard attributes of columns that stand in functional groups or at the top level of samples, where no column reads them.

${describeUnread(readers)}
`;
}

function describeValues(what: string, name: string, files: readonly ComparedFile[]): string[] {
  const { values, different, unexplained } = sumValues(files);
  return [what, name, ...[values, values - different, different, unexplained].map(writeCount)];
}

function describeStacks({ pairs, differences }: StackComparison): string[] {
  const unexplained = differences.filter(isUnexplained).length;
  const counts = [pairs.length, pairs.length - differences.length, differences.length, unexplained];
  return [
    "[stacks](conformance-stacks.md)",
    "dcm2niix 1.0.20220720, stored volumes",
    ...counts.map(writeCount),
  ];
}

function describeVendor(vendor: string, { values, stacks }: Conformance): string[][] {
  const sums = sumValues(values.filter((file) => file.vendor === vendor));
  const pairs = stacks.pairs.filter((pair) => vendorOfPair(pair) === vendor);
  if (sums.files + pairs.length === 0) return [];
  const counts = [sums.files, sums.series, sums.values, sums.different];
  return [[vendor, ...[...counts, pairs.length, pairs.filter(isEqual).length].map(writeCount)]];
}

/** Null for a series of which nothing is stored. */
function vendorOfPair({ series }: StackComparison["pairs"][number]): string | null {
  const stacks = series.flatMap((each) => each.stacks);
  if (stacks.length === 0) return null;
  const name = stacks
    .flatMap((stack) => stack.values("manufacturer"))
    .find((each) => each !== null);
  return vendorOf(name === undefined ? null : String(name));
}

const countUnknown = ({ pairs }: StackComparison): number =>
  pairs.filter((pair) => vendorOfPair(pair) === null).length;

function describeReasons({ values, readers }: Conformance): string {
  const sources = [
    { name: "stored readings", files: values },
    ...readers.map(({ name, files }) => ({ name, files })),
  ];
  const rows = valueReasons.flatMap((reason) => {
    const counts = sources.map(({ files }) =>
      files
        .flatMap((file) => file.columns)
        .filter(({ differences }) => differences.some((each) => explain(each) === reason)),
    );
    if (counts.every((own) => own.length === 0)) return [];
    return [[reason.name, ...counts.map((own) => String(own.length)), reason.about]];
  });
  return writeTable(["reason", ...sources.map(({ name }) => name), "what it is"], rows);
}

function describeCoverage(coverage: Coverage): string {
  const list = (columns: Coverage["computedColumns"]): string =>
    columnList(columns.map(({ name }) => name)) || "none";
  const isPrivate = (column: Coverage["computedColumns"][number]): boolean =>
    column.locations.every(({ kind }) => kind === "private" || kind === "csa");
  const without = coverage.columnsWithoutSample;
  const rows = [...coverage.files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([modality, counts]) => [
      modality || "none",
      ...vendors.map((vendor) => String(counts.get(vendor) ?? "")),
    ]);
  return `Files that were compared, by modality and maker:

${writeTable(["modality", ...vendors], rows)}

Without a sample:

- makers of MR: ${nameOr(vendorsWithoutSample(coverage.files, "MR"))}
- makers of CT: ${nameOr(vendorsWithoutSample(coverage.files, "CT"))}
- makers of PET: ${nameOr(vendorsWithoutSample(coverage.files, "PT"))}
- kinds of object: ${nameOr(coverage.classesWithoutSample.map(({ name }) => name))}

Columns that have a value in no sample: ${without.length} of ${without.length + coverage.columnsMet} that are read. They rest on synthetic files alone.

- of standard attributes: ${list(without.filter((column) => !isPrivate(column)))}
- of private elements alone: ${list(without.filter(isPrivate))}

Columns that have a value and were compared with no other program: ${list(coverage.columnsNotCompared)}.

Columns that are made of the others, by settling or by the stack rules, are not compared as values: ${list(coverage.computedColumns.filter(({ computed }) => computed !== "stacks"))}; and
those of stacks, which the [stacks page](conformance-stacks.md) is about.`;
}

/** As the programs found them that are installed; of files that both read the larger number. */
function describeUnread(readers: readonly ReaderComparison[]): string {
  const places = Map.groupBy(
    readers.flatMap(({ unread }) => unread),
    ({ place }) => place,
  );
  const rows = [...places].map(([place, found]) => [
    place.split(".").join(" / "),
    String(Math.max(...found.map(({ files }) => files))),
    found[0]?.reason ?? "**none**",
  ]);
  return writeTable(["place", "files", "reason"], rows);
}

const nameOr = (names: readonly string[]): string => names.join(", ") || "none";
