/** Which catalogue columns go where: the order of cells in packets and tables. */
import { columns, columnsOf } from "#catalogue/catalogue.ts";
import type { Column, ColumnTable } from "#catalogue/column.ts";

/** Keys of the hierarchy, which tables carry by themselves. */
const keyColumns: ReadonlySet<string> = new Set([
  "subject_code",
  "study_instance_uid",
  "series_instance_uid",
  "sop_instance_uid",
]);

const withScope = (...scopes: Column["scope"][]): Column[] =>
  columns.filter((column) => scopes.includes(column.scope) && !keyColumns.has(column.name));

/** Columns of `series_values`. */
export const seriesColumns: readonly Column[] = withScope("series");

/** Columns of `frame_values`. */
export const settingColumns: readonly Column[] = withScope("setting");

/** Per frame: columns of `instance` for a classic object, packed in `frame_range` else. */
export const coordinateColumns: readonly Column[] = withScope("coordinate");

/** Columns of `instance` that every object has one value of. */
export const instanceOnlyColumns: readonly Column[] = withScope("instance");

/** Columns of `instance` in the order of its cells. */
export const instanceColumns: readonly Column[] = [...instanceOnlyColumns, ...coordinateColumns];

/**
 * Cells of an instance in a packed file row: identity, raw values, number of frames that take part in
 * stacks (0 for what is no image), then `instanceColumns`.
 */
export const instanceCells: readonly string[] = [
  "sop_instance_uid",
  "raw_values",
  "frame_count",
  ...instanceColumns.map((column) => column.name),
];

/** Catalogue columns that a table of the hierarchy shows, copies of lower levels' columns among them. */
export function shownColumns(table: ColumnTable): readonly Column[] {
  return columnsOf(table).filter((column) => !keyColumns.has(column.name));
}

/** Is the value kept as a reference to `subject_identifier`? */
export const isIdentifier = (column: Column): boolean => column.privacy === "identifier";

/** SQL type of a column in a STRICT table and in PostgreSQL alike. */
export function sqlType(column: Column): "TEXT" | "REAL" | "INTEGER" {
  if (isIdentifier(column) || column.type === "integer") return "INTEGER";
  return column.type === "real" ? "REAL" : "TEXT";
}
