/** One file that we and another program have read, and the sums of many such. */
import type { Cell } from "#store/packed-rows.ts";
import { type ColumnComparison, compareValues, type Difference } from "./compare-values.ts";
import { comparedColumns } from "./expected-values.ts";
import type { OurValues } from "./our-values.ts";
import type { Reading } from "./reading.ts";
import { vendorOf } from "./vendors.ts";

export interface ComparedFile {
  readonly path: string;
  readonly vendor: string;
  readonly modality: string;
  readonly sopClassUid: string;
  readonly seriesInstanceUid: string;
  readonly isFramed: boolean;
  readonly columns: readonly ColumnComparison[];
  /** Names of columns of which we store a value, compared or not. */
  readonly stored: readonly string[];
}

export function compareFile(path: string, ours: OurValues, reading: Reading): ComparedFile {
  const text = (column: string): string => String(ours.value(column, 1) ?? "");
  const manufacturer: Cell = ours.value("manufacturer", 1);
  return {
    path,
    vendor: vendorOf(manufacturer === null ? null : String(manufacturer)),
    modality: text("modality"),
    sopClassUid: text("sop_class_uid"),
    seriesInstanceUid: text("series_instance_uid"),
    isFramed: reading.hasFunctionalGroups,
    columns: compareValues(path, ours, reading),
    stored: comparedColumns.map(({ name }) => name).filter((name) => hasValue(ours, name, reading)),
  };
}

const hasValue = (ours: OurValues, column: string, { frames }: Reading): boolean =>
  frames.some((frame) => ours.value(column, frame) !== null);

export const differencesOf = (files: readonly ComparedFile[]): Difference[] =>
  files.flatMap(({ columns }) => columns.flatMap(({ differences }) => differences));

/** Columns of files that were compared; frames of one file are one. */
export const countValues = (files: readonly ComparedFile[]): number =>
  files.reduce((sum, { columns }) => sum + columns.length, 0);
