import { renameSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ExtractedCohort, extractCohort } from "#cli/testing/extracted-cohort.ts";
import { type CommandResult, runCommand } from "#cli/testing/run-command.ts";
import { planDemoArchive } from "#demo/archive.ts";
import { openSqliteStore } from "#store/sqlite/sqlite-store.ts";

let lab: ExtractedCohort;

beforeAll(async () => {
  lab = await extractCohort(planDemoArchive({ seed: 1, subjects: 4, scale: 0.2 }));
});

afterAll(() => lab.remove());

const run = (...words: string[]): Promise<CommandResult> =>
  runCommand({}, ...words, "--database", lab.database);

const restack = async (): Promise<Record<string, unknown>> =>
  JSON.parse((await run("restack", "--cohort", "c", "--json")).stdout) as Record<string, unknown>;

const sum = async (): Promise<string> => (await run("dump", "--cohort", "c", "--sha256")).stdout;

const events = async (job: unknown): Promise<string[]> => {
  const store = openSqliteStore(lab.database, { readerVersion: 1 });
  const found = await store.jobEvents(job as number);
  await store.close();
  return [...new Set(found.map(({ code }) => code))];
};

test("without a change nothing becomes different, and the archive is not needed", async () => {
  const before = await sum();
  renameSync(lab.archive, `${lab.archive}-away`);
  try {
    const done = await restack();
    expect(done).toMatchObject({ state: "completed-with-problems", rekeyed: [] });
    expect(done["series"]).toBeGreaterThan(20);
    expect(await events(done["job"])).toEqual([]);
    expect(await sum()).toBe(before);
  } finally {
    renameSync(`${lab.archive}-away`, lab.archive);
  }
});

test("a changed rule gives other keys, which are told, and taking it back gives the former ones", async () => {
  const stacks = (report: Record<string, unknown>): number =>
    (report["content"] as Record<string, number>)["stacks"] as number;
  const before = await sum();
  const first = await restack();
  await run("cohort", "edit", "c", "--ct-split-on-dose", "always");
  const split = await restack();
  expect(stacks(split)).toBeGreaterThan(stacks(first));
  const rekeyed = split["rekeyed"] as { oldKey: string; newKey: string }[];
  expect(rekeyed.length).toBeGreaterThan(0);
  for (const { oldKey, newKey } of rekeyed) {
    expect(oldKey).toMatch(/^CT\|/);
    expect(newKey).toMatch(/^CT\|/);
    expect(newKey).not.toBe(oldKey);
  }
  expect(await events(split["job"])).toEqual(["series-rekeyed"]);
  await run("cohort", "edit", "c", "--ct-split-on-dose", "auto");
  const { stdout, stderr, status } = await run("restack", "--cohort", "c");
  expect(status).toBe(3);
  expect(stdout).toMatch(/^stacks +old key +new key +example\n/);
  expect(stderr).toMatch(/^\d+ series have \d+ stacks; in \d+ of the series, \d+ stacks are gone/);
  // Headers of stacks that were there for a while are not read without the archive.
  await run("extract", "--cohort", "c");
  expect(await sum()).toBe(before);
});

test("a restack that is stopped leaves work to the next one", async () => {
  const before = await sum();
  const stop = AbortSignal.abort("SIGINT");
  const words = ["restack", "--cohort", "c", "--database", lab.database];
  const stopped = await runCommand({ stop }, ...words);
  expect(stopped.status).toBe(1);
  expect(stopped.stderr).toMatch(
    /^Job \d+ was stopped; the next restack or extract of the cohort finishes it\.\n$/,
  );
  expect((await run("doctor", "--recount")).stdout).toContain("left unfinished");
  await restack();
  expect(await sum()).toBe(before);
});

test("files that an interrupted job left to be compared come first", async () => {
  const db = new DatabaseSync(lab.database);
  db.exec(
    `UPDATE file SET digests = NULL, code = 'not-compared' WHERE state = 'duplicate';
     UPDATE series SET dirty = 1 WHERE series_id IN (SELECT series_id FROM instance JOIN file USING (instance_id) WHERE file.state = 'duplicate')`,
  );
  db.close();
  await expect(run("restack", "--cohort", "c")).rejects.toMatchObject({
    code: "series-unsettled",
    message: expect.stringContaining("run nils extract --cohort c"),
  });
  const { stdout } = await run("cohort", "show", "c", "--json");
  expect(JSON.parse(stdout)).toMatchObject({ lastJob: { state: "failed" } });
});

test("files that were read for it and not yet judged are judged without the archive", async () => {
  await run("extract", "--cohort", "c");
  const before = await sum();
  const db = new DatabaseSync(lab.database);
  db.exec(
    `UPDATE counter SET value = value + CASE name
       WHEN 'file.conflict' THEN -(SELECT count(*) FROM file WHERE state = 'conflict')
       ELSE (SELECT count(*) FROM file WHERE state = 'conflict') END
     WHERE name IN ('file.conflict', 'file.duplicate') AND job_id = (SELECT min(job_id) FROM counter WHERE name = 'file.conflict');
     UPDATE series SET dirty = 1 WHERE series_id IN (SELECT series_id FROM instance JOIN file USING (instance_id) WHERE file.state IN ('duplicate', 'conflict'));
     UPDATE file SET state = 'duplicate', code = 'not-compared' WHERE state IN ('duplicate', 'conflict') AND digests IS NOT NULL`,
  );
  db.close();
  expect(await sum()).not.toBe(before);
  await restack();
  expect(await sum()).toBe(before);
});

test("a cohort that another job holds is refused", async () => {
  const store = openSqliteStore(lab.database, { readerVersion: 1 });
  const cohort = await store.findCohort("c");
  await store.beginJob({ cohortId: cohort?.cohortId ?? 0, settings: {}, versions: {} });
  await expect(run("restack", "--cohort", "c")).rejects.toMatchObject({
    code: "cohort-busy",
    exitStatus: 4,
  });
  await store.close();
});
