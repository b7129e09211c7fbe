import { UserError } from "#base/user-error.ts";
import type { ListQuery, Page } from "#store/listing.ts";
import type { Cell } from "#store/packed-rows.ts";
import type { Session } from "./session.ts";

/** A page of a view by its key, which is the view's first column; the second is the cohort. */
export function readView(session: Session, query: ListQuery): Page {
  const statement = session.prepare(`SELECT * FROM ${query.view} LIMIT 0`);
  const columns = statement.columns().map((column) => column.name);
  const key = columns[0] as string;
  // The plus keeps the planner from an index of cohorts, after which it would sort the whole cohort.
  const conditions = ["+cohort_id = ?", `${key} > ?`];
  const values: Cell[] = [query.cohortId, query.after ?? 0];
  for (const [column, value] of Object.entries(query.where)) {
    if (!columns.includes(column)) {
      throw new UserError("column-unknown", `${query.view} has no column ${column}.`, {
        exitStatus: 2,
      });
    }
    const choices = typeof value === "object" && value !== null ? value : [value];
    conditions.push(`(${choices.map(() => `"${column}" IS ?`).join(" OR ") || "FALSE"})`);
    values.push(...choices);
  }
  const page = session.db.prepare(
    `SELECT * FROM ${query.view} WHERE ${conditions.join(" AND ")} ORDER BY ${key} LIMIT ?`,
  );
  page.setReturnArrays(true);
  const rows = page.all(...values, query.limit) as unknown as Cell[][];
  const last = rows.at(-1)?.[0];
  return {
    columns,
    rows,
    next: rows.length === query.limit && typeof last === "number" ? last : null,
  };
}
