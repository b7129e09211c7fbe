import { chmodSync, copyFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ExtractedCohort, extractCohort } from "#cli/testing/extracted-cohort.ts";
import { runCommand } from "#cli/testing/run-command.ts";
import { planDemoArchive } from "#demo/archive.ts";

let lab: ExtractedCohort;

beforeAll(async () => {
  lab = await extractCohort(planDemoArchive({ seed: 1, subjects: 4, scale: 0.1 }));
});

afterAll(() => lab.remove());

interface Finding {
  readonly about: string;
  readonly good: boolean;
  readonly found: string;
  readonly advice: string | null;
}

/** What is wrong, and the exit status. */
async function examine(
  database: string,
  ...words: string[]
): Promise<{ status: number; wrong: Finding[] }> {
  const result = await runCommand({}, "doctor", ...words, "--database", database, "--json");
  const findings = JSON.parse(result.stdout) as Finding[];
  return { status: result.status, wrong: findings.filter(({ good }) => !good) };
}

let copies = 0;

/** A copy of the database with something done to it. */
function spoil(sql: string): string {
  const path = join(lab.folder, `spoilt-${++copies}.db`);
  copyFileSync(lab.database, path);
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  db.exec(sql);
  db.close();
  chmodSync(path, 0o600);
  return path;
}

test("all is well after a job, also when everything is counted again", async () => {
  expect(await examine(lab.database, "--recount")).toEqual({ status: 0, wrong: [] });
  const { stdout, stderr } = await runCommand(
    {},
    "doctor",
    "--database",
    lab.database,
    "--recount",
  );
  expect(stdout).toMatch(/^good {3}database: .*nils\.db \(schema \d+\)$/m);
  expect(stdout).toMatch(/^good {3}recount of c: \d+ files and \d+ frames are accounted for$/m);
  expect(stderr).toBe("All is well.\n");
});

test("no database yet is no fault", async () => {
  expect((await examine(join(lab.folder, "none.db"))).status).toBe(0);
});

test("a file that is no database is wrong, and so are rights that others have", async () => {
  const text = join(lab.folder, "text.db");
  writeFileSync(text, "Dear reader, this is a letter and no database.".repeat(100));
  chmodSync(text, 0o644);
  const { status, wrong } = await examine(text);
  expect(status).toBe(1);
  expect(wrong.map(({ about }) => about)).toEqual(["rights", "database"]);
  expect(wrong[0]?.advice).toBe(`Its owner types: chmod 600 ${text}`);
});

test("a source that is gone is told, with what to type", async () => {
  renameSync(lab.archive, `${lab.archive}-away`);
  const { status, wrong } = await examine(lab.database);
  renameSync(`${lab.archive}-away`, lab.archive);
  expect(status).toBe(1);
  expect(wrong).toMatchObject([
    { about: "source of c", advice: expect.stringContaining("nils cohort edit c --source DIR") },
  ]);
});

test("a lost job is told", async () => {
  const path = spoil(
    "UPDATE job SET state = 'running', ended_at = NULL, host = 'elsewhere', heartbeat_at = '2020-01-01T00:00:00.000Z'",
  );
  expect((await examine(path)).wrong).toMatchObject([
    { about: "job 1 of c", advice: expect.stringContaining("nils extract --cohort c") },
  ]);
});

test.each([
  ["UPDATE counter SET value = value + 1 WHERE name = 'file.stored'", "and the counters say"],
  [
    "DELETE FROM stack_member WHERE instance_id = (SELECT min(instance_id) FROM stack_member)",
    "should be in a stack and are in none",
  ],
  [
    `INSERT INTO stack_member SELECT other.series_stack_id, member.instance_id, NULL
     FROM stack_member AS member JOIN series_stack AS one USING (series_stack_id)
     JOIN series_stack AS other ON other.series_id = one.series_id AND other.series_stack_id <> one.series_stack_id
     WHERE member.frames IS NULL LIMIT 1`,
    "should be in one stack and are in several",
  ],
  [
    `INSERT INTO stack_member SELECT (SELECT min(series_stack_id) FROM series_stack), max(instance_id), NULL FROM instance`,
    "point to no frame that is stored and present",
  ],
  ["UPDATE series SET frames = frames + 1 WHERE series_id = 1", "that are not those of their rows"],
  ["UPDATE series SET dirty = 1 WHERE series_id = 1", "were left unfinished"],
])("a recount finds: %s", async (sql, sentence) => {
  const path = spoil(sql);
  expect((await examine(path)).status).toBe(0);
  const { status, wrong } = await examine(path, "--recount");
  expect(status).toBe(1);
  expect(wrong.map(({ found }) => found).join("\n")).toContain(sentence);
});

test("rows that point nowhere are damage", async () => {
  const path = spoil("DELETE FROM folder WHERE folder_id = (SELECT max(folder_id) FROM file)");
  const { wrong } = await examine(path);
  expect(wrong).toMatchObject([{ about: "integrity", found: expect.stringContaining("point to") }]);
});
