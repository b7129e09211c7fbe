import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ExtractedCohort, extractCohort } from "#cli/testing/extracted-cohort.ts";
import { type CommandResult, runCommand } from "#cli/testing/run-command.ts";
import { planMess } from "#demo/mess.ts";

let lab: ExtractedCohort;

beforeAll(async () => {
  lab = await extractCohort(planMess(1));
});

afterAll(() => lab.remove());

const dump = (...words: string[]): Promise<CommandResult> =>
  runCommand({ cwd: lab.folder }, "dump", "--cohort", "c", "--database", lab.database, ...words);

function countAudits(action: string): number {
  const db = new DatabaseSync(lab.database, { readOnly: true });
  const row = db.prepare("SELECT count(*) AS n FROM audit WHERE action = ?").get(action);
  db.close();
  return row?.["n"] as number;
}

test("the sum is that of the lines, whichever way they go", async () => {
  const { stdout } = await dump();
  const sum = createHash("sha256").update(stdout).digest("hex");
  expect(stdout.split("\n").length).toBeGreaterThan(100);
  expect(countAudits("dump")).toBe(1);
  expect((await dump("--sha256")).stdout).toBe(`${sum}\n`);
  expect(countAudits("dump")).toBe(1);
  await dump("--out", "c.dump");
  expect(countAudits("dump")).toBe(2);
  const path = join(lab.folder, "c.dump");
  expect(readFileSync(path, "utf8")).toBe(stdout);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("a file that is there is not written over", async () => {
  await dump("--out", "twice.dump");
  await expect(dump("--out", "twice.dump")).rejects.toMatchObject({ exitStatus: 2 });
});

test("a folder that is not there is said, and nothing is left", async () => {
  await expect(dump("--out", "no/where.dump")).rejects.toMatchObject({ exitStatus: 1 });
  expect(existsSync(join(lab.folder, "no"))).toBe(false);
});

test("a sum and a file are not asked for at once", async () => {
  await expect(dump("--out", "x.dump", "--sha256")).rejects.toMatchObject({ exitStatus: 2 });
});
