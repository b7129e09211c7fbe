/**
 * Numbered steps forward from each released schema to this program's, and the columns that a newer
 * catalogue has and an older table lacks. Each step and its number are one transaction.
 */
import type { DatabaseSync } from "node:sqlite";
import { UserError } from "#base/user-error.ts";
import { sqlType } from "#store/columns.ts";
import { catalogueTables, firstSchema, headerBaseSchema, refusedIndexSchema } from "./schema.ts";
import { viewDefinitions } from "./views.ts";

/** Step n leads to version n + 1. A released step is never changed. */
const steps: readonly ((db: DatabaseSync) => void)[] = [
  (db) => db.exec(firstSchema),
  (db) => db.exec(headerBaseSchema),
  (db) => db.exec(refusedIndexSchema),
];

/** Version that this program writes. */
export const schemaVersion = steps.length;

/** Marks the file as ours ("NILS"), so that another program's database is not taken for one. */
export const applicationId = 0x4e494c53;

export function migrate(db: DatabaseSync, path: string): void {
  // In this order: another process may make the tables meanwhile, and marks them as ours when it does.
  const isEmpty = readPragma(db, "schema_version") === 0;
  const owner = readPragma(db, "application_id");
  const found = readPragma(db, "user_version");
  if (!isEmpty && owner !== applicationId) {
    throw new UserError(
      "database-foreign",
      `${path} is the database of another program; name another file with --database.`,
      { exitStatus: 2 },
    );
  }
  if (found > schemaVersion) {
    throw new UserError(
      "database-newer",
      `${path} was written by a newer version of this program (schema ${found}, this one knows ${schemaVersion}); update the program, or name another database with --database.`,
      { exitStatus: 2 },
    );
  }
  for (let version = found; version < schemaVersion; version++) {
    inTransaction(db, () => {
      if (readPragma(db, "user_version") !== version) return; // another process was faster
      steps[version]?.(db);
      if (version === 0) {
        db.exec(
          "CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL) STRICT",
        );
      }
      db.prepare("INSERT INTO schema_version VALUES (?, ?)").run(
        version + 1,
        new Date().toISOString(),
      );
      db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version + 1}`);
    });
  }
  addCatalogueColumns(db);
}

/** Adds what the catalogue has and a table lacks, and makes the views anew when they differ. */
function addCatalogueColumns(db: DatabaseSync): void {
  const missing: string[] = [];
  for (const [table, columns] of Object.entries(catalogueTables)) {
    const known = new Set(
      db
        .prepare(`SELECT name FROM pragma_table_info('${table}')`)
        .all()
        .map((row) => row["name"]),
    );
    for (const column of columns) {
      if (!known.has(column.name)) {
        missing.push(`ALTER TABLE ${table} ADD COLUMN "${column.name}" ${sqlType(column)}`);
      }
    }
  }
  const made = new Map(
    db
      .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'view'")
      .all()
      .map((row) => [row["name"], row["sql"]]),
  );
  const stale = viewDefinitions.filter((view) => made.get(view.name) !== view.sql);
  if (missing.length === 0 && stale.length === 0) return;
  inTransaction(db, () => {
    for (const statement of missing) db.exec(statement);
    for (const view of stale) db.exec(`DROP VIEW IF EXISTS ${view.name}; ${view.sql}`);
  });
}

function inTransaction(db: DatabaseSync, work: () => void): void {
  db.exec("BEGIN IMMEDIATE");
  try {
    work();
    db.exec("COMMIT");
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

/** A number that a PRAGMA answers with. */
export function readPragma(db: DatabaseSync, name: string): number {
  return Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0] ?? 0);
}
