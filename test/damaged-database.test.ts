/**
 * Databases that are damaged, of a newer version, without their log or locked: what each command says. Many more,
 * damaged at random: scripts/endurance.
 */
import {
  copyFileSync,
  existsSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ExtractedCohort, extractCohort } from "#cli/testing/extracted-cohort.ts";
import { runProgram } from "#cli/testing/program.ts";
import { runCommand } from "#cli/testing/run-command.ts";
import { planDemoArchive } from "#demo/archive.ts";
import { readerVersion } from "#pipeline/reader-versions.ts";
import { schemaVersion } from "#store/sqlite/migrations.ts";
import { openSqliteStore } from "#store/sqlite/sqlite-store.ts";

let lab: ExtractedCohort;
let expected = "";

beforeAll(async () => {
  lab = await extractCohort(planDemoArchive({ seed: 1, subjects: 1, scale: 0.1 }));
  expected = (await runCommand({}, ...dump, "--database", lab.database)).stdout;
});

afterAll(() => lab.remove());

const dump = ["dump", "--cohort", "c", "--sha256"];
const extract = ["extract", "--cohort", "c", "--quiet"];
const list = ["jobs", "list"];

/** A copy of the database under a name of its own. */
function copy(name: string): string {
  const path = join(lab.folder, `${name.replaceAll(/\W+/g, "-")}.db`);
  copyFileSync(lab.database, path);
  return path;
}

function overwrite(path: string, at: number, bytes: Uint8Array): void {
  const content = readFileSync(path);
  content.set(bytes, at);
  writeFileSync(path, content);
}

const edit = (path: string, sql: string): void => {
  const db = new DatabaseSync(path, { defensive: false });
  db.exec(sql);
  db.close();
};

/** Writes over a part of the text that a table is made by, which SQLite keeps and never looks at again. */
const editSchema = (path: string, table: string, from: string, to: string): void =>
  edit(
    path,
    `PRAGMA writable_schema = ON;
     UPDATE sqlite_schema SET sql = replace(sql, '${from}', '${to}') WHERE name = '${table}'`,
  );

const damaged = /is damaged; restore a backup with nils restore, or start a new database/;
const noDatabase = /is not a SQLite database; name another file with --database\./;
const badValue = /^The database is damaged: a value in it cannot be read back\. Restore a backup/;

type Row = readonly [how: string, damage: (path: string) => void, said: RegExp];

test.each<Row>([
  ["a file that was cut in half", (path) => truncateSync(path, 200 * 1024), damaged],
  ["a first page of noise", (path) => overwrite(path, 0, Buffer.alloc(4096, 0xa5)), noDatabase],
  [
    "a schema that cannot be parsed",
    (path) => editSchema(path, "cohort", "CREATE TABLE", "GREATE TABLE"),
    damaged,
  ],
  ["a format that SQLite does not have", (path) => overwrite(path, 47, Buffer.of(9)), damaged],
])("%s is told by every command", async (how, damage, said) => {
  const path = copy(how);
  damage(path);
  for (const words of [dump, list, extract]) {
    const ran = runCommand({}, ...words, "--database", path);
    await expect(ran).rejects.toMatchObject({
      name: "UserError",
      exitStatus: 1,
      message: expect.stringMatching(said),
    });
  }
  const doctor = await runCommand({}, "doctor", "--database", path);
  expect(doctor.status).toBe(1);
  expect(doctor.stdout).toMatch(new RegExp(`database: .*${said.source.replace("^", "")}`));
});

test.each<Row>([
  ["what a header holds", (path) => edit(path, "UPDATE header_base SET content = x'00'"), badValue],
  [
    "what settings hold",
    (path) => edit(path, `UPDATE cohort SET settings = '{"subjectSeed'`),
    badValue,
  ],
  [
    "a column's name",
    (path) => editSchema(path, "instance", "sop_instance_uid", "sop_inztance_uid"),
    damaged,
  ],
])("%s that is damaged is no bug of the program", async (how, damage, said) => {
  const path = copy(how);
  damage(path);
  const { status, stdout, stderr } = await runProgram([...dump, "--database", path]);
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(said);
  expect(stderr).not.toMatch(/This is a bug|^ {4}at /m);
});

test("the doctor names a page that is damaged, and a column that is not there", async () => {
  const page = copy("page");
  const bytes = readFileSync(page);
  overwrite(page, bytes.length - 8192, Buffer.alloc(8192, 0xab));
  const first = await runCommand({}, "doctor", "--database", page);
  expect(first.status).toBe(1);
  expect(first.stdout).toMatch(/^WRONG {2}integrity: The file is damaged: Tree \d+ page \d+ /m);
  expect(first.stdout).not.toContain("\\x0a");
  const column = copy("column");
  editSchema(column, "job_event", "job_event_id", "job_ewent_id");
  const second = await runCommand({}, "doctor", "--database", column);
  expect(second.status).toBe(1);
  expect(second.stdout).toContain(
    "integrity: The file is damaged: table job_event has no column job_event_id.",
  );
});

test("a database of a newer schema is refused by every command and left as it is", async () => {
  const path = copy("newer");
  edit(path, "PRAGMA user_version = 999");
  const before = readFileSync(path);
  for (const words of [dump, list, extract]) {
    await expect(runCommand({}, ...words, "--database", path)).rejects.toMatchObject({
      code: "database-newer",
      exitStatus: 2,
      message: `${path} was written by a newer version of this program (schema 999, this one knows ${schemaVersion}); update the program, or name another database with --database.`,
    });
  }
  const doctor = await runCommand({}, "doctor", "--database", path);
  expect(doctor.status).toBe(1);
  expect(doctor.stdout).toContain("was written by a newer version of this program (schema 999");
  expect(readFileSync(path)).toEqual(before);
});

test("a database without its log is the one before", async () => {
  const path = copy("log");
  const store = openSqliteStore(path, { readerVersion });
  await store.changeCohort(1, { name: "other" });
  const unclosed = join(lab.folder, "unclosed.db");
  copyFileSync(path, unclosed);
  expect(existsSync(`${path}-wal`)).toBe(true);
  await store.close();
  expect((await runCommand({}, ...dump, "--database", unclosed)).stdout).toBe(expected);
  expect((await runCommand({}, "doctor", "--database", unclosed)).status).toBe(0);
  expect((await runCommand({}, ...extract, "--database", unclosed)).status).toBe(3);
});

test("a log that is not the database's own is passed over", async () => {
  const path = copy("noise");
  writeFileSync(`${path}-wal`, Buffer.alloc(50_000, 0x37));
  writeFileSync(`${path}-shm`, Buffer.alloc(32_768, 0x37));
  expect((await runCommand({}, ...dump, "--database", path)).stdout).toBe(expected);
  rmSync(`${path}-wal`, { force: true });
});

test("a lock that is held for longer than a command waits is told", async () => {
  const path = copy("lock");
  const holder = new DatabaseSync(path);
  const store = openSqliteStore(path, { readerVersion, busyTimeoutMs: 50 });
  try {
    holder.exec("BEGIN IMMEDIATE");
    const written = store.audit({ action: "x", cohortId: null, detail: "" });
    await expect(written).rejects.toMatchObject({
      code: "database-locked",
      exitStatus: 1,
      message: `${path} is being written by another program; wait for it to end, or name another database with --database.`,
    });
    expect((await runCommand({}, ...dump, "--database", path)).stdout).toBe(expected);
  } finally {
    holder.close();
    await store.close();
  }
});
