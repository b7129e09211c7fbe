/** SQLite files: who may read them, and what is said of those that are not ours or not whole. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { UserError } from "#base/user-error.ts";
import { openSqliteStore } from "#store/sqlite/sqlite-store.ts";
import { openThreadedSqliteStore } from "#store/sqlite/threaded-store.ts";
import type { Store } from "#store/store.ts";
import "./support/compile-cache.ts";
import { buildUnit } from "./support/build-unit.ts";

const options = { readerVersion: 1 };
let folder = "";
let path = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nils-files-"));
  path = join(folder, "nils.db");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(at = path): Store {
  return openSqliteStore(at, options);
}

/** What opening says, as a person reads it. */
function refusalOf(at = path): UserError {
  try {
    void open(at).close();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return error as UserError;
  }
  throw new Error("it was opened");
}

async function fill(files = 1): Promise<void> {
  const store = open();
  const cohort = await store.createCohort({
    name: "one",
    sourcePath: "/data",
    settings: {
      subjectFrom: "patient-id",
      subjectFolders: null,
      subjectSeed: "seed",
      hasGivenCodes: false,
      files: "all",
      followLinks: false,
      ctSplitOnDose: "auto",
      headers: "none",
    },
  });
  const { cohortId } = cohort;
  const job = await store.beginJob({ cohortId, settings: {}, versions: {} });
  const unit = Array.from({ length: files }, (_, index) => ({ path: `a/${index}` }));
  await store.writeBatch(job, [], [buildUnit(unit)]);
  await store.close();
}

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

/** Runs a few lines in a process of their own, with the store's modules by name. */
function runProgram(lines: string, ...words: string[]): { stdout: string; status: number | null } {
  const address = (file: string): string =>
    JSON.stringify(new URL(`../src/store/sqlite/${file}`, import.meta.url).href);
  const program = join(folder, "program.mjs");
  writeFileSync(
    program,
    `import { existsSync, statSync } from "node:fs";
    import { openSqliteStore } from ${address("sqlite-store.ts")};
    import { openThreadedSqliteStore } from ${address("threaded-store.ts")};
    ${lines}`,
  );
  const options = { encoding: "utf8", timeout: 10_000 } as const;
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...words], options);
  expect(stderr).toBe("");
  return { stdout: stdout.trim(), status };
}

test("all files are the owner's alone whatever the umask, a folder that had to be made too", () => {
  const made = join(folder, "new", "deep", "nils.db");
  const { stdout } = runProgram(
    `process.umask(0);
    const path = process.argv[2];
    const store = openSqliteStore(path, { readerVersion: 1 });
    await store.audit({ action: "x", cohortId: null, detail: "" });
    const files = ["", "-wal", "-shm"].map((end) => path + end).filter((file) => existsSync(file));
    console.log(JSON.stringify(files.map((file) => (statSync(file).mode & 0o777).toString(8))));`,
    made,
  );
  expect(JSON.parse(stdout)).toEqual(["600", "600", "600"]);
  expect(modeOf(join(folder, "new", "deep"))).toBe("700");
});

test("a file that others could read is closed to them when it is opened", async () => {
  await fill();
  chmodSync(path, 0o644);
  await open().close();
  expect(modeOf(path)).toBe("600");
});

test("what is written is there when it is opened again", async () => {
  await fill(3);
  const store = open();
  expect(await store.findCohort("one")).toMatchObject({ name: "one" });
  expect(await store.recountFiles(1)).toMatchObject({ files: [{ state: "stored", files: 3 }] });
  expect(await store.check()).toEqual([]);
  await store.close();
});

test("a database of a newer version is refused and left as it is", async () => {
  await fill();
  const db = new DatabaseSync(path);
  db.exec("PRAGMA user_version = 999");
  db.close();
  const before = readFileSync(path);
  const refusal = refusalOf();
  expect(refusal).toMatchObject({ code: "database-newer", exitStatus: 2 });
  expect(refusal.message).toContain("newer version of this program (schema 999");
  expect(readFileSync(path)).toEqual(before);
});

test("the database of another program is refused and left as it is", () => {
  const db = new DatabaseSync(path);
  db.exec("CREATE TABLE cohort (name TEXT); INSERT INTO cohort VALUES ('theirs')");
  db.close();
  const refusal = refusalOf();
  expect(refusal).toMatchObject({ code: "database-foreign", exitStatus: 2 });
  expect(refusal.message).toContain(path);
  const after = new DatabaseSync(path);
  expect(after.prepare("SELECT name FROM cohort").all()).toEqual([{ name: "theirs" }]);
  expect(after.prepare("SELECT count(*) AS n FROM sqlite_schema").get()).toEqual({ n: 1 });
  after.close();
});

test("a file that is no database is refused and left as it is", () => {
  const text = "This is a letter, and no database at all.\n".repeat(100);
  writeFileSync(path, text);
  expect(refusalOf()).toMatchObject({ code: "database-not-sqlite" });
  expect(readFileSync(path, "utf8")).toBe(text);
});

test("a folder in its place, and a place that cannot be made, are said in a sentence", () => {
  mkdirSync(path);
  expect(refusalOf().message).toMatch(/cannot be opened|cannot be made/);
  writeFileSync(join(folder, "file"), "");
  const refusal = refusalOf(join(folder, "file", "nils.db"));
  expect(refusal).toMatchObject({ code: "database-folder", exitStatus: 2 });
});

test("an empty file becomes a database", async () => {
  writeFileSync(path, "");
  await open().close();
  expect(modeOf(path)).toBe("600");
});

test("with mustExist nothing is made", () => {
  const { code } = ((): UserError => {
    try {
      openSqliteStore(path, { ...options, mustExist: true });
    } catch (error) {
      return error as UserError;
    }
    throw new Error("it was opened");
  })();
  expect(code).toBe("database-missing");
  expect(existsSync(path)).toBe(false);
});

test("a file that was cut says that it is damaged, when it is opened or when it is read", async () => {
  await fill(2000);
  truncateSync(path, Math.floor(statSync(path).size / 4096 / 3) * 4096);
  const look = async (): Promise<void> => {
    const store = open();
    try {
      for await (const _ of store.dump(1));
      await store.recountFiles(1);
    } finally {
      await store.close();
    }
  };
  await expect(look()).rejects.toMatchObject({ code: "database-damaged" });
});

test("a page that was written over is found by the check", async () => {
  await fill(2000);
  const bytes = readFileSync(path);
  bytes.fill(0xab, bytes.length - 8192, bytes.length);
  writeFileSync(path, bytes);
  const store = open();
  const found = await store.check().catch((error: UserError) => [error.message]);
  expect(found.join("\n")).toMatch(/damaged/);
  await store.close();
});

test("who comes while another program writes waits, and goes on when it is done", async () => {
  await fill();
  const db = new DatabaseSync(path);
  db.exec("BEGIN IMMEDIATE");
  const store = await openThreadedSqliteStore(path, options);
  const waiting = store.audit({ action: "x", cohortId: null, detail: "" });
  const first = await Promise.race([
    waiting.then(() => "written"),
    new Promise((resolve) => setTimeout(resolve, 300, "waiting")),
  ]);
  expect(first).toBe("waiting");
  db.exec("COMMIT");
  db.close();
  await waiting;
  await store.close();
});

test("a thread that cannot open its database says why and ends", async () => {
  writeFileSync(path, "no database".repeat(1000));
  await expect(openThreadedSqliteStore(path, options)).rejects.toMatchObject({
    name: "UserError",
    code: "database-not-sqlite",
  });
  const ended = runProgram(
    `openThreadedSqliteStore(process.argv[2], { readerVersion: 1 }).catch((error) => console.log(error.code));`,
    path,
  );
  expect(ended).toEqual({ stdout: "database-not-sqlite", status: 0 });
});

test("a dump that is not read to its end leaves the store usable", async () => {
  await fill(2000);
  for (const store of [open(), await openThreadedSqliteStore(path, options)]) {
    for await (const _ of store.dump(1)) break;
    await store.audit({ action: "x", cohortId: null, detail: "" });
    const lines: string[] = [];
    for await (const line of store.dump(1)) lines.push(line);
    expect(lines.length).toBeGreaterThan(2000);
    await store.close();
  }
});

test("several processes that open a new database at once all find it made", async () => {
  const stores = await Promise.all([1, 2, 3, 4].map(() => openThreadedSqliteStore(path, options)));
  await Promise.all(
    stores.map((store, index) => store.audit({ action: `${index}`, cohortId: null, detail: "" })),
  );
  expect(await stores[0]?.check()).toEqual([]);
  for (const store of stores) await store.close();
});

test("a backup is a whole database, and writes over nothing", async () => {
  await fill(5);
  const copy = join(folder, "copy.db");
  const store = open();
  await store.backup(copy);
  await expect(store.backup(copy)).rejects.toMatchObject({ code: "backup-exists", exitStatus: 2 });
  await store.close();
  const opened = open(copy);
  expect(await opened.recountFiles(1)).toMatchObject({ files: [{ state: "stored", files: 5 }] });
  expect(modeOf(copy)).toBe("600");
  await opened.close();
});

test("a table that lacks a column of the catalogue gets it when it is opened", async () => {
  await fill();
  const db = new DatabaseSync(path);
  db.exec("DROP VIEW v_series; DROP VIEW v_studies; DROP VIEW v_stacks; DROP VIEW v_instances");
  db.exec("ALTER TABLE series DROP COLUMN series_description");
  db.close();
  const store = open();
  const query = { view: "v_series", cohortId: 1, where: {}, after: null, limit: 1 } as const;
  expect((await store.readView(query)).columns).toContain("series_description");
  await store.close();
});

/** As the first schema was: without bases, and with a header in the form of that time. */
const toFirstSchema = `DROP TABLE header_base;
  INSERT INTO header (instance_id, encoding, content) SELECT min(instance_id), 'json-1', x'00' FROM instance;
  DELETE FROM schema_version WHERE version > 1;
  PRAGMA user_version = 1;`;

test("a database of the first schema is brought forward, and its headers are kept anew", async () => {
  await fill(3);
  const db = new DatabaseSync(path);
  db.exec(toFirstSchema);
  db.close();
  const store = open();
  expect(await store.recountFiles(1)).toMatchObject({ files: [{ state: "stored", files: 3 }] });
  await store.close();
  const after = new DatabaseSync(path);
  expect(after.prepare("SELECT version FROM schema_version").all()).toEqual([
    { version: 1 },
    { version: 2 },
    { version: 3 },
  ]);
  expect(after.prepare("SELECT count(*) AS n FROM header").get()).toEqual({ n: 0 });
  expect(after.prepare("SELECT count(*) AS n FROM header_base").get()).toEqual({ n: 0 });
  after.close();
});

test("one that had the table of bases before its number said so keeps its headers", async () => {
  await fill();
  const db = new DatabaseSync(path);
  db.exec(
    `INSERT INTO header (instance_id, encoding, content) SELECT min(instance_id), 'outline-1', x'00' FROM instance;
    DELETE FROM schema_version WHERE version > 1; PRAGMA user_version = 1;`,
  );
  db.close();
  await open().close();
  const after = new DatabaseSync(path);
  expect(after.prepare("SELECT count(*) AS n FROM header").get()).toEqual({ n: 1 });
  after.close();
});
