/** The commands of jobs, over a database with one completed job, one that is lost and one that failed. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "#cli/testing/run-command.ts";
import { writeDemoArchive } from "#demo/write-archive.ts";
import { readerVersion } from "#pipeline/reader-versions.ts";
import { openSqliteStore } from "#store/sqlite/sqlite-store.ts";

let folder = "";
let database = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "nils-jobs-"));
  database = join(folder, "x.db");
  await writeDemoArchive(join(folder, "archive"), { seed: 1, subjects: 1, scale: 0.1 });
  const source = join(folder, "archive");
  await run("extract", "--cohort", "demo", "--source", source, "--quiet", "--workers", "2");
});

afterAll(() => rmSync(folder, { recursive: true }));

function run(...words: string[]) {
  const [first = "", ...rest] = words;
  return runCommand({ cwd: folder }, first, ...rest, "--database", database);
}

test("jobs are listed with their cohorts, newest first", async () => {
  const { stdout } = await run("jobs", "list");
  expect(stdout).toMatch(/^job {2}cohort {2}started +took +files +new +state\n/);
  expect(stdout).toMatch(/\n +1 {2}demo .* completed with problems\n$/);
  const [job] = JSON.parse((await run("jobs", "list", "--json")).stdout) as [object];
  expect(job).toMatchObject({ jobId: 1, cohort: "demo", state: "completed-with-problems" });
});

test("a job is shown as at its end, with how it was told to run", async () => {
  const { stdout } = await run("jobs", "show", "1");
  expect(stdout).toMatch(/^Cohort demo, job 1: completed with problems after /);
  expect(stdout).toContain("--workers 2 --batch-size 1000");
  expect(stdout).toMatch(/^Changes {3}nils jobs show 1 --changes --database /m);
});

test("what a job changed is told by subject and series, without names", async () => {
  const { stdout } = await run("jobs", "show", "1", "--changes");
  expect(stdout).toMatch(/^What changed in cohort demo with job 1 of /);
  expect(stdout).toMatch(/\n\d+ series new, of \d+ subjects\n {2}Subject [0-9a-f]{16}\n {4}/);
  expect(stdout).not.toMatch(/KANARI|subject-01/);
  const json = JSON.parse((await run("jobs", "show", "1", "--changes", "--json")).stdout) as {
    readonly changes: { readonly new: { readonly series: number } };
    readonly series: readonly unknown[];
  };
  expect(json.series).toHaveLength(json.changes.new.series);
});

test("a job that does not run can be neither paused nor cancelled", async () => {
  for (const how of ["pause", "cancel"]) {
    await expect(run("jobs", how, "1")).rejects.toMatchObject({
      code: "job-not-running",
      exitStatus: 1,
      message: `Job 1 does not run (completed with problems), so there is nothing to ${how}.`,
    });
  }
});

test("a job that was completed is not resumed but may be retried", async () => {
  await expect(run("jobs", "resume", "1")).rejects.toMatchObject({ code: "job-completed" });
  expect((await run("jobs", "retry", "1", "--quiet")).status).toBe(3);
});

test("a job whose process is gone reads as lost, and is resumed", async () => {
  const store = openSqliteStore(database, { readerVersion });
  const { cohortId } = (await store.findCohort("demo")) ?? { cohortId: 0 };
  const { jobId } = await store.beginJob({ cohortId, settings: {}, versions: {} });
  await store.close();
  // This process holds it, so it runs; the row of a process that was never there is what a crash leaves.
  const { DatabaseSync } = await import("node:sqlite");
  const db = new DatabaseSync(database);
  db.exec(
    `UPDATE job SET pid = 4194304, settings = (SELECT settings FROM job WHERE job_id = 1) WHERE job_id = ${jobId}`,
  );
  db.close();
  expect((await run("jobs", "list")).stdout).toContain("lost: its process ended without a word");
  await expect(run("jobs", "cancel", String(jobId))).rejects.toMatchObject({
    code: "job-not-running",
  });
  const resumed = await run("jobs", "resume", String(jobId));
  expect(resumed.status).toBe(3);
  expect(resumed.stderr).toContain(`Job ${jobId} was lost`);
});

test.each(["99", "x", "-1"])("there is no job %s", async (id) => {
  await expect(run("jobs", "show", "--", id)).rejects.toMatchObject({ exitStatus: 2 });
});
