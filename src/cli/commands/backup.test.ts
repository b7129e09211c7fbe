import {
  copyFileSync,
  existsSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ExtractedCohort, extractCohort } from "#cli/testing/extracted-cohort.ts";
import { type CommandResult, runCommand } from "#cli/testing/run-command.ts";
import { planMess } from "#demo/mess.ts";
import { openSqliteStore } from "#store/sqlite/sqlite-store.ts";

let lab: ExtractedCohort;
let backup: string;

beforeAll(async () => {
  lab = await extractCohort(planMess(1));
  backup = join(lab.folder, "backup.db");
  await run("backup", "backup.db");
});

afterAll(() => lab.remove());

const run = (...words: string[]): Promise<CommandResult> =>
  runCommand({ cwd: lab.folder }, ...words, "--database", lab.database);

const sum = async (database: string): Promise<string> =>
  (await runCommand({}, "dump", "--cohort", "c", "--sha256", "--database", database)).stdout;

/** A database that a test may spoil. */
function copyBackup(name: string): string {
  const path = join(lab.folder, name);
  copyFileSync(backup, path);
  return path;
}

test("a backup holds what the database does, for its owner alone", async () => {
  expect(statSync(backup).mode & 0o777).toBe(0o600);
  expect(existsSync(`${backup}.partial`)).toBe(false);
  expect(await sum(copyBackup("compare.db"))).toBe(await sum(lab.database));
});

test("a backup is not written over, and needs its folder", async () => {
  await expect(run("backup", "backup.db")).rejects.toMatchObject({
    code: "backup-exists",
    exitStatus: 2,
  });
  await expect(run("backup", "no/where.db")).rejects.toMatchObject({
    code: "file-not-written",
    message: expect.stringContaining("its folder is not there"),
  });
});

test("restore makes a database where there is none", async () => {
  const made = join(lab.folder, "deep/made.db");
  const { stderr } = await runCommand({}, "restore", backup, "--database", made);
  expect(stderr).toBe(`${made} is what ${backup} holds: 1 cohort.\n`);
  expect(statSync(made).mode & 0o777).toBe(0o600);
  expect(await sum(made)).toBe(await sum(lab.database));
});

test("restore replaces a database after asking, whatever its log still holds", async () => {
  const target = copyBackup("target.db");
  const store = openSqliteStore(target, { readerVersion: 1 });
  await store.clearCohort(1);
  // As after a crash: what was done last is in the log alone.
  for (const suffix of ["", "-wal", "-shm"])
    copyFileSync(target + suffix, `${target}.kept${suffix}`);
  await store.close();
  const left = `${target}.kept`;
  const words = ["restore", backup, "--database", left];
  const asked = await runCommand({ isTerminal: true, answers: ["no"] }, ...words);
  expect(asked.status).toBe(1);
  expect(asked.questions[0]).toMatch(
    /^Replace the database .* by the backup \(1 cohort, last job of /,
  );
  await expect(runCommand({}, ...words)).rejects.toMatchObject({ exitStatus: 2 });
  expect((await runCommand({}, ...words, "--yes")).status).toBe(0);
  expect(await sum(left)).toBe(await sum(lab.database));
});

test("restore replaces a file that is no sound database any more", async () => {
  const target = join(lab.folder, "broken.db");
  writeFileSync(
    target,
    "not a database at all, and long enough to be looked at by SQLite".repeat(50),
  );
  await runCommand({}, "restore", backup, "--yes", "--database", target);
  expect(await sum(target)).toBe(await sum(lab.database));
});

test("restore is refused while another program has the database open", async () => {
  const target = copyBackup("open.db");
  const store = openSqliteStore(target, { readerVersion: 1 });
  const before = readFileSync(target);
  await expect(
    runCommand({}, "restore", backup, "--yes", "--database", target),
  ).rejects.toMatchObject({ code: "database-in-use", exitStatus: 4 });
  expect(readFileSync(target)).toEqual(before);
  expect(existsSync(`${target}.restoring`)).toBe(false);
  await store.close();
});

test("a backup that is damaged, foreign, newer or not there is not restored", async () => {
  const restore = (path: string): Promise<CommandResult> =>
    runCommand({}, "restore", path, "--yes", "--database", lab.database);
  const before = await sum(lab.database);

  const short = copyBackup("short.db");
  truncateSync(short, Math.floor(statSync(short).size / 2));
  await expect(restore(short)).rejects.toMatchObject({ code: "backup-damaged", exitStatus: 1 });

  const foreign = join(lab.folder, "foreign.db");
  const db = new DatabaseSync(foreign);
  db.exec("CREATE TABLE t (x)");
  db.close();
  await expect(restore(foreign)).rejects.toMatchObject({ code: "backup-foreign", exitStatus: 2 });

  const text = join(lab.folder, "text.db");
  writeFileSync(text, "Dear reader, this is a letter and no database.".repeat(100));
  await expect(restore(text)).rejects.toMatchObject({ code: "backup-foreign" });

  const newer = copyBackup("newer.db");
  const later = new DatabaseSync(newer);
  later.exec("PRAGMA user_version = 9999");
  later.close();
  await expect(restore(newer)).rejects.toMatchObject({ code: "database-newer", exitStatus: 2 });

  await expect(restore(join(lab.folder, "none.db"))).rejects.toMatchObject({
    code: "backup-missing",
  });
  await expect(restore(lab.database)).rejects.toMatchObject({
    message: expect.stringContaining("is the database itself"),
  });
  expect(await sum(lab.database)).toBe(before);
});

test("backups, restores and lists of paths are audited", async () => {
  const audited = join(lab.folder, "audited.db");
  await runCommand({}, "restore", backup, "--database", audited);
  await runCommand({}, "files", "--cohort", "c", "--state", "conflict", "--database", audited);
  await runCommand({}, "problems", "--cohort", "c", "--database", audited);
  await runCommand({}, "backup", join(lab.folder, "second.db"), "--database", audited);
  const db = new DatabaseSync(audited, { readOnly: true });
  const rows = db.prepare("SELECT action, detail FROM audit ORDER BY audit_id").all();
  db.close();
  expect(rows.map(({ action, detail }) => `${action}: ${detail}`)).toEqual([
    "backup: whole database", // came with the backup
    "restore: whole database",
    "list-files: conflict",
    "list-problems: all",
    "backup: whole database",
  ]);
});
