import { DatabaseSync } from "node:sqlite";
import { migrate } from "./migrations.ts";

/**
 * Tables and columns that every database of this version has and this one lacks: one sentence each. SQLite takes the
 * text that a table was made by for granted, so that a damaged one is just another table to it.
 */
export function findLackingParts(db: DatabaseSync): string[] {
  const whole = new DatabaseSync(":memory:");
  try {
    migrate(whole, ":memory:");
    const found = listColumns(db);
    return [...listColumns(whole)].flatMap(([table, columns]) => {
      const own = found.get(table);
      if (own === undefined) return [`The file is damaged: it has no table ${table}.`];
      return [...columns]
        .filter((column) => !own.has(column))
        .map((column) => `The file is damaged: table ${table} has no column ${column}.`);
    });
  } finally {
    whole.close();
  }
}

function listColumns(db: DatabaseSync): Map<string, Set<string>> {
  const tables = new Map<string, Set<string>>();
  const rows = db
    .prepare(
      "SELECT made.name AS made, own.name AS own FROM sqlite_schema AS made, pragma_table_info(made.name) AS own WHERE made.type = 'table'",
    )
    .all();
  for (const { made, own } of rows) {
    const columns = tables.get(String(made)) ?? new Set();
    tables.set(String(made), columns.add(String(own)));
  }
  return tables;
}
