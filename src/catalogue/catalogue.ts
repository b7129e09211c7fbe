/** All columns that the program knows, and the ways to ask for them. */
import type { Column, ColumnTable, Scope } from "./column.ts";
import { ctColumns } from "./ct-columns.ts";
import { instanceColumns } from "./instance-columns.ts";
import { mrColumns } from "./mr-columns.ts";
import { petColumns } from "./pet-columns.ts";
import { seriesColumns } from "./series-columns.ts";
import { stackColumns } from "./stack-columns.ts";
import { studyColumns } from "./study-columns.ts";
import { subjectColumns } from "./subject-columns.ts";

const all = [
  ...subjectColumns,
  ...studyColumns,
  ...seriesColumns,
  ...mrColumns,
  ...ctColumns,
  ...petColumns,
  ...instanceColumns,
  ...stackColumns,
] as const;

/** Name of a column; unique in the catalogue. */
export type ColumnName = (typeof all)[number]["name"];

/** All columns: subject, study, series, MR, CT, PET, instance, stack, each in the order of its file. */
export const columns: readonly Column[] = all;

const byName: ReadonlyMap<string, Column> = new Map(columns.map((column) => [column.name, column]));

/** The column of that name, undefined if there is none. */
export function columnByName(name: string): Column | undefined {
  return byName.get(name);
}

/** Columns that a table shows, the copies of columns of lower tables last. */
export function columnsOf(table: ColumnTable): readonly Column[] {
  return [
    ...columns.filter((column) => column.table === table),
    ...columns.filter((column) => column.copies?.some((copy) => copy.table === table) ?? false),
  ];
}

/** Columns that are kept so finely. */
export function columnsWithScope(scope: Scope): readonly Column[] {
  return columns.filter((column) => column.scope === scope);
}

/** What the stack rules read, and nothing else. Settings and coordinates, because these are known per frame. */
export const stackInputColumns: readonly Column[] = columns.filter(
  (column) => column.stackInput === true,
);
