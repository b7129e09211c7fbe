/** Looking after the file: backup, checks, the audit. */
import { closeSync, existsSync, linkSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "#base/user-error.ts";
import { translateError } from "./database-errors.ts";
import { syncFile, syncFolder, translateFileError } from "./durable-files.ts";
import { findLackingParts } from "./lacking-parts.ts";
import type { Session } from "./session.ts";

/** A consistent copy, also while a job writes; it has its name only once it is whole. */
export function backup(session: Session, path: string): void {
  if (existsSync(path)) {
    throw new UserError("backup-exists", `${path} exists already; name a file that does not.`, {
      exitStatus: 2,
    });
  }
  const partial = `${path}.partial`;
  try {
    rmSync(partial, { force: true });
    // SQLite takes an empty file that is there, which thus never has other rights than these.
    closeSync(openSync(partial, "wx", 0o600));
    session.db.prepare("VACUUM INTO ?").run(partial);
    syncFile(partial);
    giveName(partial, path);
    syncFolder(dirname(path));
  } catch (error) {
    throw translateFileError(translateError(error, path), path);
  } finally {
    rmSync(partial, { force: true });
  }
}

/** Refuses a file that came meanwhile, where the file system knows links; renames where it does not (FAT). */
function giveName(partial: string, path: string): void {
  try {
    linkSync(partial, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw error;
    renameSync(partial, path);
  }
}

/** What is wrong with the file: one sentence each, none when all is well. */
export function check(session: Session): string[] {
  const lacking = findLackingParts(session.db);
  if (lacking.length > 0) return lacking; // statements that look further would fail
  const integrity = session.db
    .prepare("PRAGMA integrity_check(20)")
    .all()
    .flatMap((row) => String(row["integrity_check"]).split("\n"))
    .filter((line) => line !== "ok" && !line.startsWith("***")) // a heading for each file
    .map((line) => `The file is damaged: ${line}.`);
  const orphans = session.db.prepare("PRAGMA foreign_key_check").all();
  return orphans.length === 0
    ? integrity
    : [...integrity, `${orphans.length} rows point to rows that are not there.`];
}

export function audit(
  session: Session,
  entry: { action: string; cohortId: number | null; detail: string },
): void {
  session.transaction(() =>
    session
      .prepare("INSERT INTO audit (at, action, cohort_id, detail) VALUES (?, ?, ?, ?)")
      .run(new Date().toISOString(), entry.action, entry.cohortId, entry.detail),
  );
}
