/** Looking after the file: backup, checks, the audit. */
import { existsSync } from "node:fs";
import { UserError } from "#base/user-error.ts";
import type { Session } from "./session.ts";

/** A consistent copy, also while a job writes. */
export function backup(session: Session, path: string): void {
  if (existsSync(path)) {
    throw new UserError("backup-exists", `${path} exists already; name a file that does not.`, {
      exitStatus: 2,
    });
  }
  session.db.prepare("VACUUM INTO ?").run(path);
}

/** What is wrong with the file: one sentence each, none when all is well. */
export function check(session: Session): string[] {
  const integrity = session.db
    .prepare("PRAGMA integrity_check(20)")
    .all()
    .map((row) => row["integrity_check"] as string)
    .filter((line) => line !== "ok")
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
