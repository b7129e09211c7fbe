/** Rows of tables and views by chosen columns, in pages that cost the same wherever they lie. */
import { UserError } from "#base/user-error.ts";
import { columns as catalogue } from "#catalogue/catalogue.ts";
import type { Cell } from "#store/packed-rows.ts";
import type { RowColumn, RowSource, RowsPage, RowsQuery } from "#store/row-reading.ts";
import {
  findReference,
  identifierTexts,
  type RowSourceDefinition,
  rowSourceDefinitions,
} from "./row-sources.ts";
import type { Session } from "./session.ts";

/** Expressions of views, of which SQLite knows no type; the others are text. */
const counts: ReadonlySet<string> = new Set(["studies", "series", "instances"]);

interface Readable extends RowColumn {
  /** Expression of its value in a row of `t`. */
  readonly sql: string;
}

export function describeRows(session: Session, source: RowSource): RowColumn[] {
  return readable(session, source).map(({ name, type, isIdentifier }) => ({
    name,
    type,
    isIdentifier,
  }));
}

export function readRows(session: Session, query: RowsQuery): RowsPage {
  const { source, cohortId, limit } = query;
  const definition = rowSourceDefinitions[source];
  const known = new Map(readable(session, source).map((column) => [column.name, column]));
  const chosen = query.columns.map((name) => {
    const column = known.get(name);
    if (column !== undefined) return column;
    throw new UserError("column-unknown", `${source} has no column ${name}.`, { exitStatus: 2 });
  });
  const { keys, inCohort } = definition;
  const list = keys.map((key) => `t."${key}"`).join(", ");
  const after = query.after ?? keys.map(() => -1);
  const last = definition.base === null ? null : lastOfPage(session, definition, after, limit);
  const statement = session.prepare(
    `SELECT ${[list, ...chosen.map((column) => column.sql)].join(", ")} FROM ${source} AS t
     WHERE (${list}) > (${keys.map((_, index) => `:after${index}`).join(", ")}) ${last === null ? "" : `AND ${list} <= :last`}
       AND ${inCohort} ORDER BY ${list} ${definition.base === null ? "LIMIT :limit" : ""}`,
  );
  statement.setReturnArrays(true);
  const values: Record<string, Cell> = { cohort: cohortId };
  after.forEach((value, index) => {
    values[`after${index}`] = value;
  });
  if (last !== null) values["last"] = last;
  if (definition.base === null) values["limit"] = limit;
  const rows = statement.all(values) as unknown as Cell[][];
  return {
    rows: rows.map((row) => row.slice(keys.length)),
    keys: rows.map((row) => row[0] as number),
    next: nextKey(definition, rows, last, limit),
  };
}

function nextKey(
  { keys, base }: RowSourceDefinition,
  rows: readonly Cell[][],
  last: number | null,
  limit: number,
): readonly number[] | null {
  if (base !== null) return last === null ? null : [last];
  const final = rows.length === limit ? rows.at(-1) : undefined;
  return final === undefined ? null : (final.slice(0, keys.length) as number[]);
}

/**
 * Key of the row of the view's table that ends a page; null where fewer are left. A view is then read between
 * two keys, so that what has to be sorted is a page, whatever order the planner joins in.
 */
function lastOfPage(
  session: Session,
  { base, keys }: RowSourceDefinition,
  after: readonly number[],
  limit: number,
): number | null {
  const [key] = keys;
  const row = session
    .prepare(`SELECT ${key} AS id FROM ${base} WHERE ${key} > ? ORDER BY ${key} LIMIT 1 OFFSET ?`)
    .get(after[0] as number, limit - 1);
  return (row?.["id"] as number | undefined) ?? null;
}

/** What can be read of a table or view; an identifier is read as its text, never as a reference. */
function readable(session: Session, source: RowSource): Readable[] {
  const { hidden, identifiers } = rowSourceDefinitions[source];
  const columns: Readable[] = [];
  for (const { name, type } of session.prepare(`SELECT * FROM ${source} LIMIT 0`).columns()) {
    if (hidden.has(name)) continue;
    if (findReference(catalogue, name) === undefined) {
      columns.push({
        name,
        type: typeOf(name, type),
        isIdentifier: source === "subject_identifier" && identifierTexts.has(name),
        sql: `t."${name}"`,
      });
    } else {
      columns.push({
        name,
        type: "text",
        isIdentifier: true,
        sql: `(SELECT value FROM subject_identifier WHERE subject_identifier_id = t."${name}")`,
      });
    }
  }
  for (const [name, sql] of identifiers) {
    columns.push({ name, type: "text", isIdentifier: true, sql });
  }
  return columns;
}

function typeOf(name: string, declared: string | null): RowColumn["type"] {
  if (declared === null) return counts.has(name) ? "integer" : "text";
  if (declared === "INTEGER") return "integer";
  return declared === "REAL" ? "real" : "text";
}
