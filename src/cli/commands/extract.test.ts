import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ProgramEnd, runProgram } from "#cli/testing/program.ts";
import { writeDemoArchive } from "#demo/write-archive.ts";

let folder = "";
let source = "";
let databases = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "nils-extract-"));
  source = join(folder, "archive");
  await writeDemoArchive(source, { seed: 1, subjects: 1, scale: 0.1 });
});

afterAll(() => rmSync(folder, { recursive: true }));

function newDatabase(): string {
  databases += 1;
  return join(folder, `${databases}.db`);
}

function extract(database: string, ...words: string[]): Promise<ProgramEnd> {
  return runProgram(["extract", "--database", database, ...words]);
}

interface Result {
  readonly state: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly states: Readonly<Record<string, number>>;
  readonly ledger: { readonly rows: number };
}

async function extractToJson(database: string, ...words: string[]): Promise<Result> {
  const { stdout } = await extract(database, "--json", "--quiet", ...words);
  return JSON.parse(stdout) as Result;
}

test("the first job reads all, the second finds nothing to read", async () => {
  const database = newDatabase();
  const first = await extract(database, "--cohort", "demo", "--source", source);
  expect(first.status).toBe(3); // the demo has a conflict and a file that is cut short
  expect(first.stdout).toMatch(/^Cohort demo, job 1: completed with problems after /);
  expect(first.stdout).toMatch(/^Found {5}(\d+) files in \d+ folders = \1 new$/m);
  expect(first.stdout).toMatch(
    /^Ledger {4}(\d+) files = \1 found = \d+ stored \+ 1 duplicate \(a copy\)/m,
  );
  expect(first.stdout).toContain("sop-uid-conflict, 1 file");
  expect(first.stdout).toContain(`nils problems --cohort demo --database ${database}`);
  expect(first.stdout).toContain(`Database  ${database}`);
  expect(statSync(database).mode & 0o777).toBe(0o600);

  const second = await extract(database, "--cohort", "demo");
  expect(second.status).toBe(3);
  expect(second.stdout).toContain("nothing since job 1: no file had to be read");
  expect(second.stdout).toMatch(/^Found {5}(\d+) files in \d+ folders = \1 unchanged$/m);
});

test("both sums add up in what --json writes", async () => {
  const { counts, states, ledger } = await extractToJson(
    newDatabase(),
    "--cohort",
    "demo",
    "--source",
    source,
  );
  const sum = (terms: readonly (number | undefined)[]): number =>
    terms.reduce<number>((total, term) => total + (term ?? 0), 0);
  const { found, unchanged, changed, readAgain, waiting, pending, kept } = counts;
  expect(sum([unchanged, counts["new"], changed, readAgain, waiting, pending])).toBe(found);
  expect(sum([found, kept, states["missing"]])).toBe(ledger.rows);
  expect(sum(Object.values(states))).toBe(ledger.rows);
});

test("nothing is printed with --quiet when all is well", async () => {
  const database = newDatabase();
  const clean = join(folder, "clean");
  mkdirSync(clean);
  await writeDemoArchive(join(clean, "a"), { seed: 2, subjects: 1, scale: 0.1 });
  rmSync(join(clean, "a/usual-mess"), { recursive: true });
  const words = ["--cohort", "clean", "--source", clean, "--quiet"];
  expect(await extract(database, ...words)).toEqual({
    status: 0,
    signal: null,
    stdout: "",
    stderr: "",
  });
});

test("progress goes to standard error, and with --json to standard output as objects", async () => {
  const { stdout } = await extract(newDatabase(), "--cohort", "d", "--source", source, "--json");
  const objects = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { type: string });
  expect(objects.at(-1)?.type).toBe("result");
  expect(objects.slice(0, -1).every(({ type }) => type === "progress")).toBe(true);
});

test("an unknown cohort without a source gets the whole line to type, and no database", async () => {
  const database = newDatabase();
  const { status, stdout, stderr } = await extract(database, "--cohort", "new one");
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toBe(
    `There is no cohort new one yet. To make it, say where its files are: nils extract --cohort 'new one' --source DIR --database ${database}\n`,
  );
  expect(statSync(database, { throwIfNoEntry: false })).toBeUndefined();
});

test("a source that is not there is refused, and no cohort made", async () => {
  const database = newDatabase();
  const { status, stderr } = await extract(database, "--cohort", "x", "--source", "/nowhere");
  expect(status).toBe(2);
  expect(stderr).toContain("There is no folder /nowhere");
  expect(statSync(database, { throwIfNoEntry: false })).toBeUndefined();
});

test("a source that has gone fails, and empties nothing", async () => {
  const database = newDatabase();
  const gone = join(folder, "gone");
  await writeDemoArchive(gone, { seed: 3, subjects: 1, scale: 0.1 });
  await extract(database, "--cohort", "gone", "--source", gone);
  rmSync(gone, { recursive: true });
  const { status, stderr } = await extract(database, "--cohort", "gone");
  expect(status).toBe(1);
  expect(stderr).toContain(`${gone} is not a folder that can be reached`);
  mkdirSync(gone);
  const empty = await extractToJson(database, "--cohort", "gone");
  expect(empty.state).toBe("failed");
  expect(empty.states["missing"]).toBeUndefined();
});

test("a database inside the source is refused, also through a link", async () => {
  const { status, stderr } = await extract(
    join(source, "x.db"),
    "--cohort",
    "x",
    "--source",
    source,
  );
  expect(status).toBe(2);
  expect(stderr).toContain("lies inside the source");
  expect(statSync(join(source, "x.db"), { throwIfNoEntry: false })).toBeUndefined();
});

test("a folder without DICOM says where to look, and fails", async () => {
  const texts = join(folder, "texts");
  mkdirSync(texts);
  writeFileSync(join(texts, "readme.txt"), "no image");
  const database = newDatabase();
  const { status, stderr } = await extract(database, "--cohort", "t", "--source", texts);
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /No DICOM files found\.[\s\S]*- Does --source[\s\S]*- All folders[\s\S]*- Files need no \.dcm/,
  );
});

test("a setting that was kept is not changed where nobody can be asked", async () => {
  const database = newDatabase();
  await extract(database, "--cohort", "demo", "--source", source);
  const other = await extract(database, "--cohort", "demo", "--headers", "all");
  expect(other.status).toBe(2);
  expect(other.stderr).toContain(
    "Cohort demo is kept with --headers representative; leave --headers out",
  );
  const otherSource = join(folder, "elsewhere");
  mkdirSync(otherSource);
  const elsewhere = await extract(database, "--cohort", "demo", "--source", otherSource);
  expect(elsewhere.status).toBe(2);
  expect(elsewhere.stderr).toContain(`kept with --source ${source}`);
  expect((await extract(database, "--cohort", "demo", "--headers", "representative")).status).toBe(
    3,
  );
});

test("a look writes nothing and names no patient", async () => {
  const database = newDatabase();
  const words = ["--cohort", "look", "--source", source, "--dry-run"];
  const { status, stdout, stderr } = await extract(database, ...words);
  expect(status).toBe(0);
  expect(stdout).toContain("A look for cohort look; nothing was written");
  expect(stdout).toMatch(/^Subjects {4}\d+ subjects with --subject-from patient-id: /m);
  expect(stdout).toMatch(/a placeholder in 2 files of 2 studies/);
  expect(stdout + stderr).not.toMatch(/KANARI|subject-01/);
  expect(statSync(database, { throwIfNoEntry: false })).toBeUndefined();
  const json = JSON.parse((await extract(database, ...words, "--json")).stdout) as {
    survey: { subjects: number };
  };
  expect(json.survey.subjects).toBeGreaterThan(2);
});
