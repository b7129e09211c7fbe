/** What the samples cover: columns that have a value in any of them, SOP classes, makers. */
import { columns } from "#catalogue/catalogue.ts";
import type { Column } from "#catalogue/column.ts";
import { type SopClass, sopClasses } from "#catalogue/sop-classes.ts";
import type { ComparedFile } from "./compared-file.ts";
import { comparedColumns } from "./expected-values.ts";
import { vendors } from "./vendors.ts";

export interface Coverage {
  /** Columns that are read or derived of what is read, and have a value in no file. */
  readonly columnsWithoutSample: readonly Column[];
  /** Number of those that have a value in one. */
  readonly columnsMet: number;
  /** Columns that have a value in a file and were compared in none. */
  readonly columnsNotCompared: readonly Column[];
  readonly computedColumns: readonly Column[];
  readonly classesWithoutSample: readonly SopClass[];
  /** Files of each modality by maker. */
  readonly files: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** `met`: columns with a value in any file, by our own reading; `compared`: files as another program reads them. */
export function findCoverage(
  files: readonly ComparedFile[],
  met: ReadonlySet<string>,
  compared: readonly ComparedFile[],
): Coverage {
  const inComparison = new Set(
    compared.flatMap((file) => file.columns.map(({ column }) => column.name)),
  );
  const classes = new Set(files.map(({ sopClassUid }) => sopClassUid));
  const counts = new Map<string, Map<string, number>>();
  for (const { modality, vendor } of files) {
    const ofModality = counts.get(modality) ?? new Map<string, number>();
    counts.set(modality, ofModality.set(vendor, (ofModality.get(vendor) ?? 0) + 1));
  }
  return {
    columnsWithoutSample: comparedColumns.filter(({ name }) => !met.has(name)),
    columnsMet: comparedColumns.filter(({ name }) => met.has(name)).length,
    columnsNotCompared: comparedColumns.filter(
      ({ name }) => met.has(name) && !inComparison.has(name),
    ),
    computedColumns: columns.filter((column) => !comparedColumns.includes(column)),
    classesWithoutSample: sopClasses.filter(
      ({ uid, kind, modality }) => kind !== "non-image" && isStacked(modality) && !classes.has(uid),
    ),
    files: counts,
  };
}

/** Modalities that have stack rules of their own. */
const isStacked = (modality: string | null): boolean =>
  modality === "MR" || modality === "CT" || modality === "PT";

/** Makers of MR, CT and PET without a sample, of each of the three. */
export function vendorsWithoutSample(files: Coverage["files"], modality: string): string[] {
  return vendors.slice(0, -1).filter((vendor) => !files.get(modality)?.has(vendor));
}
