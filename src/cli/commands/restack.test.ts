import { renameSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ExtractedCohort, extractCohort } from "#cli/testing/extracted-cohort.ts";
import { type CommandResult, runCommand } from "#cli/testing/run-command.ts";
import { planDemoArchive } from "#demo/archive.ts";
import { stackingVersion } from "#stacks/stack-series.ts";
import type { NamedJobEvent } from "#store/job.ts";
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

const jobEvents = async (job: unknown): Promise<NamedJobEvent[]> => {
  const store = openSqliteStore(lab.database, { readerVersion: 1 });
  const found = await store.jobEvents(job as number);
  await store.close();
  return found;
};

const events = async (job: unknown): Promise<string[]> => [
  ...new Set((await jobEvents(job)).map(({ code }) => code)),
];

/** Works on the database as another program would. */
function meddle<Result>(work: (db: DatabaseSync) => Result): Result {
  const db = new DatabaseSync(lab.database);
  try {
    return work(db);
  } finally {
    db.close();
  }
}

/** Every row of every table by table, but for what tells of jobs. */
const tables = (): Record<string, unknown[]> =>
  meddle((db) => {
    const names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    return Object.fromEntries(
      names
        .map(({ name }) => String(name))
        .filter((name) => name !== "job")
        .map((name) => [
          name,
          db
            .prepare(`SELECT * FROM ${name}`)
            .all()
            .map(({ epoch, ...row }) => row),
        ]),
    );
  });

/**
 * Makes it look as if one series had been stacked by older rules, which gave it another key; returns the id
 * of its stack. Version 0 would mean that an option was changed.
 */
const makeOlder = (): number =>
  meddle((db) => {
    db.exec("UPDATE cohort SET stacking_version = -1");
    const row = db
      .prepare(
        `UPDATE series_stack SET stack_key = 'MR|OLD' WHERE series_stack_id =
         (SELECT min(series_stack_id) FROM series_stack JOIN series USING (series_id) WHERE stacks = 1)
         RETURNING series_stack_id`,
      )
      .get();
    return row?.["series_stack_id"] as number;
  });

const stackIds = (): unknown[] => tables()["series_stack"]?.map(idOf) ?? [];

const idOf = (row: unknown): unknown => (row as Record<string, unknown>)["series_stack_id"];

test("without a change no row becomes different, and the archive is not needed", async () => {
  const before = await sum();
  const rows = tables();
  renameSync(lab.archive, `${lab.archive}-away`);
  try {
    const done = await restack();
    expect(done).toMatchObject({ state: "completed-with-problems", rekeyed: [], newRules: null });
    expect(done["series"]).toBeGreaterThan(20);
    expect(await events(done["job"])).toEqual([]);
    expect(await sum()).toBe(before);
    expect(tables()).toEqual(rows);
    expect(rows["series_stack"]?.length).toBeGreaterThan(20);
    expect(rows["stack_history"]).toEqual([]);
    const { stdout, stderr } = await run("restack", "--cohort", "c");
    expect(stdout).toBe("");
    expect(stderr).toMatch(
      /^\d+ series stacked anew: \d+ stacks, each with the key that it had\.\n$/,
    );
  } finally {
    renameSync(`${lab.archive}-away`, lab.archive);
  }
});

test("stacks of older rules are formed anew by the next extract, which says why", async () => {
  const before = await sum();
  const ids = stackIds();
  const olderId = makeOlder();
  expect(await sum()).not.toBe(before);
  const extract = async (): Promise<Record<string, unknown>> => {
    const { stdout } = await run("extract", "--cohort", "c", "--json", "--quiet");
    return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Record<string, unknown>;
  };
  const done = await extract();
  expect(done).toMatchObject({ state: "completed-with-problems", counts: { read: 0 } });
  expect(await sum()).toBe(before);
  expect(stackIds()).toEqual(ids);
  expect(ids).toContain(olderId);
  // Series that are the same under both rules are not told as changed.
  expect(done["changes"]).toEqual({ rekeyed: { series: 1, subjects: 1, count: 1 } });
  const series = tables()["series"]?.length;
  expect(await jobEvents(done["job"])).toMatchObject([
    {
      code: "stack-rules-changed",
      seriesId: null,
      count: series,
      detail: `from version -1 to ${stackingVersion}`,
    },
    { code: "series-rekeyed", count: 1 },
  ]);
  const again = await extract();
  expect(await events(again["job"])).toEqual([]);
});

test("stacks of older rules are formed anew by a restack, without the archive", async () => {
  const before = await sum();
  const ids = stackIds();
  makeOlder();
  renameSync(lab.archive, `${lab.archive}-away`);
  try {
    const { stdout, stderr } = await run("restack", "--cohort", "c");
    expect(stdout).toMatch(
      /^stacks +modality +key before +key now +example series\n +1 +MR +OLD +TE=/,
    );
    expect(stderr).toMatch(
      /^The rules of stacks changed from version -1 to \d+\. \d+ series stacked anew: (\d+) stacks, \1 before; 1 is under another key\.\n$/,
    );
  } finally {
    renameSync(`${lab.archive}-away`, lab.archive);
  }
  expect(await sum()).toBe(before);
  expect(stackIds()).toEqual(ids);
});

test("a changed rule gives other keys, which are told, and taking it back gives the former ones", async () => {
  const stacks = (report: Record<string, unknown>): number =>
    (report["content"] as Record<string, number>)["stacks"] as number;
  const before = await sum();
  const ids = stackIds();
  const first = await restack();
  await run("cohort", "edit", "c", "--ct-split-on-dose", "always");
  const split = await restack();
  expect(split["stacksBefore"]).toBe(stacks(first));
  expect(stacks(split)).toBeGreaterThan(stacks(first));
  const rekeyed = split["rekeyed"] as { oldKey: string; newKey: string }[];
  expect(rekeyed.length).toBeGreaterThan(0);
  for (const { oldKey, newKey } of rekeyed) {
    expect(oldKey).toMatch(/^CT\|/);
    expect(newKey).toMatch(/^CT\|/);
    expect(newKey).not.toBe(oldKey);
  }
  expect(await events(split["job"])).toEqual(["stack-options-changed", "series-rekeyed"]);
  await run("cohort", "edit", "c", "--ct-split-on-dose", "auto");
  const { stdout, stderr, status } = await run("restack", "--cohort", "c");
  expect(status).toBe(3);
  expect(stdout).toMatch(
    /^stacks +modality +key before +key now +example series\n +\d+ +CT +MA=\d+\|MAS=\d+ +MA=MOD\|MAS=MOD +2\./,
  );
  expect(stderr).toMatch(
    / series stacked anew: \d+ stacks, \d+ before; \d+ are under another key, \d+ are gone\.\n$/,
  );
  expect(stackIds()).toEqual(ids);
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
  meddle((db) =>
    db.exec(
      `UPDATE file SET digests = NULL, code = 'not-compared' WHERE state = 'duplicate';
     UPDATE series SET dirty = 1 WHERE series_id IN (SELECT series_id FROM instance JOIN file USING (instance_id) WHERE file.state = 'duplicate')`,
    ),
  );
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
  meddle((db) =>
    db.exec(
      `UPDATE counter SET value = value + CASE name
       WHEN 'file.conflict' THEN -(SELECT count(*) FROM file WHERE state = 'conflict')
       ELSE (SELECT count(*) FROM file WHERE state = 'conflict') END
     WHERE name IN ('file.conflict', 'file.duplicate') AND job_id = (SELECT min(job_id) FROM counter WHERE name = 'file.conflict');
     UPDATE series SET dirty = 1 WHERE series_id IN (SELECT series_id FROM instance JOIN file USING (instance_id) WHERE file.state IN ('duplicate', 'conflict'));
     UPDATE file SET state = 'duplicate', code = 'not-compared' WHERE state IN ('duplicate', 'conflict') AND digests IS NOT NULL`,
    ),
  );
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
