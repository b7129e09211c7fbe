/** Compared values as tables: of each column and maker how many files are equal, and the reasons of the others. */
import { columns } from "#catalogue/catalogue.ts";
import type { Column, ColumnTable } from "#catalogue/column.ts";
import type { ComparedFile } from "./compared-file.ts";
import { columnList, writeCount, writeTable } from "./page-table.ts";
import { explain, valueReasons } from "./value-reasons.ts";
import { vendors } from "./vendors.ts";

const sections: readonly (readonly [title: string, ...tables: ColumnTable[]])[] = [
  ["Patient and study", "subject", "subject_identifier", "study"],
  ["Series", "series"],
  ["MR", "mri_series_details"],
  ["CT", "ct_series_details"],
  ["PET", "pet_series_details"],
  ["Image", "instance"],
];

/** A table for each part of the catalogue; columns without a compared value are left out. */
export function writeColumnTables(files: readonly ComparedFile[]): string {
  const makers = vendors.filter((vendor) => files.some((file) => file.vendor === vendor));
  const counts = countByColumn(files);
  return sections
    .flatMap(([title, ...tables]) => {
      const own = columns.filter(({ name, table }) => tables.includes(table) && counts.has(name));
      if (own.length === 0) return [];
      const rows = own.map((column) => describeColumn(column, makers, counts));
      return [`### ${title}\n\n${writeTable(["column", ...makers], rows)}`];
    })
    .join("\n\n");
}

interface Count {
  compared: number;
  different: number;
}

type Counts = ReadonlyMap<string, ReadonlyMap<string, Count>>;

function countByColumn(files: readonly ComparedFile[]): Counts {
  const counts = new Map<string, Map<string, Count>>();
  for (const { vendor, columns: compared } of files) {
    for (const { column, differences } of compared) {
      const ofColumn = counts.get(column.name) ?? new Map<string, Count>();
      const count = ofColumn.get(vendor) ?? { compared: 0, different: 0 };
      count.compared += 1;
      if (differences.length > 0) count.different += 1;
      counts.set(column.name, ofColumn.set(vendor, count));
    }
  }
  return counts;
}

/** `120` where all of 120 files are equal, `120, 3 differ`, or nothing where no sample has a value. */
function describeColumn({ name }: Column, makers: readonly string[], counts: Counts): string[] {
  const cells = makers.map((maker) => {
    const count = counts.get(name)?.get(maker);
    if (count === undefined) return "";
    return count.different === 0
      ? String(count.compared)
      : `${count.compared}, ${count.different} differ`;
  });
  return [`\`${name}\``, ...cells];
}

/** Counted are columns of files that differ. */
export function writeReasonTable(files: readonly ComparedFile[]): string {
  const differing = files.flatMap(({ columns: compared }) =>
    compared.filter(({ differences }) => differences.length > 0),
  );
  const rows = valueReasons.flatMap((reason) => {
    const own = differing.filter(({ differences }) =>
      differences.some((each) => explain(each) === reason),
    );
    if (own.length === 0) return [];
    const names = columnList(own.map(({ column }) => column.name));
    return [[reason.name, writeCount(own.length), names, reason.about]];
  });
  return writeTable(["reason", "values", "columns", "what it is"], rows);
}

export interface ValueSums {
  readonly files: number;
  readonly series: number;
  readonly values: number;
  readonly different: number;
  readonly unexplained: number;
}

/** A value is a column of a file; frames of one file are one. */
export function sumValues(files: readonly ComparedFile[]): ValueSums {
  const compared = files.flatMap((file) => file.columns);
  const differing = compared.filter(({ differences }) => differences.length > 0);
  return {
    files: files.length,
    series: new Set(files.map(({ seriesInstanceUid }) => seriesInstanceUid)).size,
    values: compared.length,
    different: differing.length,
    unexplained: differing.filter(({ differences }) =>
      differences.some((each) => explain(each) === undefined),
    ).length,
  };
}
