/** SQL types of columns, the same in SQLite (STRICT) and PostgreSQL. */
import type { Column } from "./column.ts";

export type SqlType = "TEXT" | "REAL" | "INTEGER";

export function sqlType({ type }: Column): SqlType {
  if (type === "integer") return "INTEGER";
  return type === "real" ? "REAL" : "TEXT";
}

/** Names and SQL types, in the order given. */
export function sqlColumns(columns: readonly Column[]): { name: string; sql: SqlType }[] {
  return columns.map((column) => ({ name: column.name, sql: sqlType(column) }));
}
