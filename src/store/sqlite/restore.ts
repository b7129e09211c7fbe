/**
 * Puts a backup in the place of a database: the backup is checked, copied beside the database, and takes
 * its name in one step, while nobody else has the database open.
 */
import { closeSync, existsSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { UserError } from "#base/user-error.ts";
import { translateError } from "./database-errors.ts";
import { syncFile, syncFolder, translateFileError } from "./durable-files.ts";
import { applicationId, readPragma, schemaVersion } from "./migrations.ts";
import { type OpenOptions, preparePlace } from "./open-database.ts";

export interface BackupContent {
  readonly schemaVersion: number;
  readonly cohorts: number;
  /** When the newest job began, ISO 8601; null when there was none. */
  readonly newestJobAt: string | null;
}

/** Looks through the whole backup; throws a UserError for what is damaged, foreign or too new. */
export function checkBackup(path: string): BackupContent {
  return readBackup(path, (db) => {
    if (readPragma(db, "application_id") !== applicationId) {
      throw notABackup(path);
    }
    const version = readPragma(db, "user_version");
    if (version > schemaVersion) {
      throw new UserError(
        "database-newer",
        `${path} was written by a newer version of this program (schema ${version}, this one knows ${schemaVersion}); update the program.`,
        { exitStatus: 2 },
      );
    }
    const integrity = db.prepare("PRAGMA integrity_check(1)").get()?.["integrity_check"];
    const orphan = db.prepare("PRAGMA foreign_key_check").get();
    if (integrity !== "ok" || orphan !== undefined) throw damaged(path);
    const count = db.prepare("SELECT count(*) AS n FROM cohort").get();
    const newest = db.prepare("SELECT max(started_at) AS at FROM job").get();
    return {
      schemaVersion: version,
      cohorts: count?.["n"] as number,
      newestJobAt: (newest?.["at"] ?? null) as string | null,
    };
  });
}

/** Replaces the database at `target`, if there is one, by a copy of the backup. */
export function replaceDatabase(backup: string, target: string, options: OpenOptions): void {
  preparePlace(target, options);
  const copy = `${target}.restoring`;
  try {
    rmSync(copy, { force: true });
    closeSync(openSync(copy, "wx", 0o600));
    readBackup(backup, (db) => db.prepare("VACUUM INTO ?").run(copy));
    syncFile(copy);
    const lock = existsSync(target) ? holdAlone(target) : null;
    try {
      // A log of the former content would be applied to the new one.
      for (const suffix of ["-wal", "-shm", "-journal"]) rmSync(target + suffix, { force: true });
      renameSync(copy, target);
      syncFolder(dirname(target));
    } finally {
      lock?.close();
    }
  } catch (error) {
    throw translateFileError(translateError(error, target), target);
  } finally {
    rmSync(copy, { force: true });
  }
}

function readBackup<Result>(path: string, read: (db: DatabaseSync) => Result): Result {
  if (!existsSync(path)) {
    throw new UserError("backup-missing", `There is no file ${path}.`, { exitStatus: 2 });
  }
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(path, { readOnly: true });
    return read(db);
  } catch (error) {
    throw sayDamaged(error, path);
  } finally {
    db?.close();
  }
}

/** What a broken or foreign file makes SQLite say, as what it means for a backup. */
function sayDamaged(error: unknown, path: string): unknown {
  const translated = translateError(error, path);
  if (!(translated instanceof UserError)) return error;
  if (translated.code === "database-not-sqlite") return notABackup(path);
  return translated.code === "database-damaged" ? damaged(path) : translated;
}

const damaged = (path: string): UserError =>
  new UserError(
    "backup-damaged",
    `${path} is damaged, so nothing was restored; take an older backup.`,
  );

const notABackup = (path: string): UserError =>
  new UserError("backup-foreign", `${path} is no database of this program.`, { exitStatus: 2 });

/**
 * The only connection to the database, until it is closed. Leaving WAL mode needs to be alone, brings the
 * log into the file and removes it. Null where the file cannot be opened as a database: it is being
 * replaced because of that.
 */
function holdAlone(target: string): DatabaseSync | null {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(target, { timeout: 1_000 });
    db.exec("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE");
    return db;
  } catch (error) {
    db?.close();
    const translated = translateError(error, target);
    if (translated instanceof UserError && translated.code === "database-locked") {
      throw new UserError(
        "database-in-use",
        `${target} is open in another program, such as a job; end it first (nils jobs list tells).`,
        { exitStatus: 4, cause: error },
      );
    }
    if (translated instanceof UserError) return null;
    throw error;
  }
}
