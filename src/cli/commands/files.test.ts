import { afterAll, beforeAll, expect, test } from "vitest";
import { type ExtractedCohort, extractCohort } from "#cli/testing/extracted-cohort.ts";
import { type CommandResult, runCommand } from "#cli/testing/run-command.ts";
import { demoExpectations, planMess } from "#demo/mess.ts";

let lab: ExtractedCohort;

beforeAll(async () => {
  lab = await extractCohort(planMess(1));
});

afterAll(() => lab.remove());

const files = (...words: string[]): Promise<CommandResult> =>
  runCommand({}, "files", "--cohort", "c", "--database", lab.database, ...words);

interface File {
  readonly path: string;
  readonly state: string;
  readonly code: string | null;
  readonly warnings: readonly string[];
  readonly kept_path: string | null;
}

const list = async (...words: string[]): Promise<File[]> =>
  JSON.parse((await files(...words, "--json")).stdout) as File[];

test("every file is listed once, with its state, code and warnings", async () => {
  const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);
  const found = (await list()).map(({ path, state, code, warnings }) => ({
    path,
    state,
    code,
    warnings,
  }));
  const expected = demoExpectations.map(({ path, state, code, warnings }) => ({
    path,
    state,
    code,
    warnings: [...(warnings ?? [])],
  }));
  expect(found.sort(byPath)).toEqual(expected.sort(byPath));
});

test("states and codes choose, and a limit ends the list", async () => {
  const refused = await list("--state", "conflict", "duplicate");
  expect(refused.map(({ state }) => state).sort()).toEqual(["conflict", "duplicate"]);
  expect(refused.find(({ state }) => state === "conflict")?.kept_path).toBe(
    "usual-mess/conflict-1.dcm",
  );
  expect(await list("--code", "system-file")).toMatchObject([{ path: "usual-mess/.DS_Store" }]);
  expect(await list("--limit", "3")).toHaveLength(3);
});

test("people get a table with whole paths", async () => {
  const { stdout } = await files("--state", "not-dicom");
  expect(stdout).toMatch(/^state +code +path +warnings +detail +kept path\n/);
  expect(stdout).toMatch(/^not-dicom +archive-file +usual-mess\/export\.zip +zip$/m);
});

test("nothing that fits is said, and gives an empty list", async () => {
  expect((await files("--state", "missing")).stderr).toBe("Cohort c has no such files.\n");
  expect(await list("--state", "missing")).toEqual([]);
});

test("a state that there is not is refused", async () => {
  await expect(files("--state", "broken")).rejects.toMatchObject({ exitStatus: 2 });
});
