import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type ExtractedCohort, extractCohort } from "#cli/testing/extracted-cohort.ts";
import { type CommandResult, runCommand } from "#cli/testing/run-command.ts";
import { planMess } from "#demo/mess.ts";
import { openSqliteStore } from "#store/sqlite/sqlite-store.ts";

let lab: ExtractedCohort;
let database: string;
let number = 0;

beforeAll(async () => {
  lab = await extractCohort(planMess(1));
  mkdirSync(join(lab.folder, "other"));
});

afterAll(() => lab.remove());

/** Each test has a copy of the database. */
beforeEach(() => {
  database = join(lab.folder, `copy-${++number}.db`);
  cpSync(lab.database, database);
});

const cohort = (...words: string[]): Promise<CommandResult> =>
  runCommand({ cwd: lab.folder }, "cohort", ...words, "--database", database);

const json = async (...words: string[]): Promise<Record<string, unknown>> =>
  JSON.parse((await cohort(...words, "--json")).stdout) as Record<string, unknown>;

/** Holds the cohort as a job of this process while `work` goes on. */
async function whileJobRuns(work: () => Promise<void>): Promise<void> {
  const store = openSqliteStore(database, { readerVersion: 1 });
  try {
    const found = await store.findCohort("c");
    await store.beginJob({ cohortId: found?.cohortId ?? 0, settings: {}, versions: {} });
    await work();
  } finally {
    await store.close();
  }
}

test("list shows each cohort with its size and last job", async () => {
  await cohort("create", "new", "--source", "other");
  const { stdout } = await cohort("list");
  expect(stdout).toMatch(/^cohort +state +files +subjects +series +last job +source\n/);
  expect(stdout).toMatch(/^c +needs-attention +\d+ +\d+ +\d+ +1: completed with problems/m);
  expect(stdout).toMatch(/^new +new +0 +0 +0 /m);
  const rows = await json("list");
  expect(rows).toHaveLength(2);
});

test("show gives settings, account, content and jobs, and no seed", async () => {
  const { stdout } = await cohort("show", "c");
  expect(stdout).toContain(`Database  ${database}\n`);
  expect(stdout).toMatch(/^Files {5}\d+ files = \d+ stored \+ \d+ not-dicom/m);
  expect(stdout).toContain("--ct-split-on-dose auto");
  const shown = await json("show", "c");
  const byState = Object.values(shown["byState"] as Record<string, number>);
  expect(byState.reduce((sum, files) => sum + files, 0)).toBe(shown["files"]);
  expect(JSON.stringify(shown)).not.toContain("subjectSeed");
});

test("a cohort that is not there is said to be unknown, with those that are", async () => {
  await expect(cohort("show", "d")).rejects.toMatchObject({
    code: "cohort-unknown",
    exitStatus: 2,
    message: "There is no cohort d in this database; there are c.",
  });
});

test("create keeps source and settings, in a database that it makes", async () => {
  const fresh = join(lab.folder, "fresh.db");
  const words = ["cohort", "create", "n", "--source", "other", "--headers", "none"];
  const made = await runCommand({ cwd: lab.folder }, ...words, "--database", fresh);
  expect(made.stderr).toContain(`Next: nils extract --cohort n --database ${fresh}`);
  const shown = await runCommand({}, "cohort", "show", "n", "--database", fresh, "--json");
  expect(JSON.parse(shown.stdout)).toMatchObject({
    source: join(lab.folder, "other"),
    state: "new",
    settings: { headers: "none", files: "all" },
  });
});

test("create refuses a name that is taken, a source that is not there, and one around the database", async () => {
  await expect(cohort("create", "c", "--source", "other")).rejects.toMatchObject({
    code: "cohort-exists",
    exitStatus: 2,
  });
  await expect(cohort("create", "d", "--source", "nowhere")).rejects.toMatchObject({
    exitStatus: 2,
    message: expect.stringContaining("There is no folder nowhere"),
  });
  await expect(cohort("create", "d", "--source", ".")).rejects.toMatchObject({
    exitStatus: 2,
    message: expect.stringContaining("lies inside the source"),
  });
});

test("edit renames, changes settings, and says what follows", async () => {
  const { stderr } = await cohort("edit", "c", "--name", "e", "--ct-split-on-dose", "always");
  expect(stderr).toBe(
    [
      "Cohort c is now called e.",
      "--ct-split-on-dose: always (was auto).",
      `Stacks are formed anew, without the archive, by: nils restack --cohort e --database ${database}`,
      "",
    ].join("\n"),
  );
  expect(await json("show", "e")).toMatchObject({ settings: { ctSplitOnDose: "always" } });
  expect((await cohort("edit", "e", "--ct-split-on-dose", "always")).stderr).toBe(
    "Cohort e was so already.\n",
  );
});

test("edit gives subjects other codes at once, and back", async () => {
  const codes = async (): Promise<unknown[]> => {
    const store = openSqliteStore(database, { readerVersion: 1 });
    const query = { view: "v_subjects", cohortId: 1, where: {}, after: null, limit: 100 } as const;
    const page = await store.readView(query);
    await store.close();
    return page.rows.map((row) => row[page.columns.indexOf("subject_code")]).sort();
  };
  await cohort("edit", "c", "--subject-seed", "one");
  const one = await codes();
  await cohort("edit", "c", "--subject-seed", "two");
  expect(await codes()).not.toEqual(one);
  await cohort("edit", "c", "--subject-seed", "ONE");
  expect(await codes()).toEqual(one);
});

test("edit refuses a name that is taken, a bad name, and nothing to do", async () => {
  await cohort("create", "new", "--source", "other");
  await expect(cohort("edit", "c", "--name", "new")).rejects.toMatchObject({
    code: "cohort-exists",
  });
  await expect(cohort("edit", "c", "--name", " x")).rejects.toMatchObject({ exitStatus: 2 });
  await expect(cohort("edit", "c")).rejects.toMatchObject({
    message: expect.stringContaining("needs something to change"),
  });
  writeFileSync(join(lab.folder, "codes.csv"), "PatientID,code\nA,1\nB,1\n");
  await expect(cohort("edit", "c", "--subject-codes", "codes.csv")).rejects.toMatchObject({
    message: expect.stringContaining("Line 3 of the file of --subject-codes"),
  });
});

test("clear asks, says what went, and keeps settings and jobs", async () => {
  const words = ["cohort", "clear", "c", "--database", database];
  const asked = await runCommand({ isTerminal: true, answers: ["n"] }, ...words);
  expect(asked.status).toBe(1);
  expect(asked.questions[0]).toMatch(/^Clear cohort c: \d+ files of the ledger, \d+ subjects,/);
  expect(asked.stderr).toBe("Nothing was changed.\n");
  const done = await runCommand({ isTerminal: true, answers: ["y"] }, ...words);
  expect(done.status).toBe(0);
  const shown = await json("show", "c");
  expect(shown).toMatchObject({ state: "new", files: 0, content: { subjects: 0, stacks: 0 } });
  expect(shown["jobs"]).toHaveLength(1);
});

test("remove takes the cohort and its jobs, and needs an answer", async () => {
  await expect(cohort("remove", "c")).rejects.toMatchObject({
    exitStatus: 2,
    message: expect.stringContaining("add --yes"),
  });
  expect((await cohort("remove", "c", "--yes")).status).toBe(0);
  expect(await json("list")).toEqual([]);
  expect((await cohort("list")).stderr).toBe("There are no cohorts yet; nils extract makes one.\n");
});

test("edit, clear and remove are refused while a job holds the cohort", async () => {
  await whileJobRuns(async () => {
    for (const words of [
      ["edit", "c", "--name", "e"],
      ["edit", "c", "--files", "dcm"],
      ["clear", "c", "--yes"],
      ["remove", "c", "--yes"],
    ]) {
      await expect(cohort(...words)).rejects.toMatchObject({ code: "cohort-busy", exitStatus: 4 });
    }
    expect(await json("show", "c")).toMatchObject({
      state: "extracting",
      settings: { files: "all" },
    });
  });
});
