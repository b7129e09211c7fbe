import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRecordingContext } from "#cli/recording-context.ts";
import { writeDemoArchive } from "#demo/write-archive.ts";
import { readerVersion } from "#pipeline/reader-versions.ts";
import { runJob } from "#pipeline/run-job.ts";
import type { CohortSettings } from "#store/cohort.ts";
import { openSqliteStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";
import { chooseCohort } from "./choose-cohort.ts";

let folder = "";
let source = "";
let store: Store;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "nils-cohort-"));
  source = join(folder, "archive");
  await writeDemoArchive(source, { seed: 1, subjects: 2, scale: 0.1 });
  store = openSqliteStore(join(folder, "x.db"), { readerVersion });
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const yes = () => createRecordingContext({ isTerminal: true, answers: ["y"] });

interface Wanted {
  readonly settings?: Partial<CohortSettings>;
  readonly codes?: ReadonlyMap<string, string>;
  readonly source?: string;
}

function choose(name: string, wanted: Wanted = {}, context = yes()) {
  const { settings = {}, codes } = wanted;
  const request = { name, source: wanted.source, settings, codes, database: undefined };
  return chooseCohort(context, store, request);
}

async function extract(name: string): Promise<void> {
  const cohort = await choose(name);
  await runJob(
    store,
    {
      cohort,
      settings: {
        workers: 2,
        batchSize: 50,
        resume: true,
        minAgeMs: 0,
        trust: "size-mtime-ctime",
        acceptShrink: false,
      },
      codes: await store.subjectCodes(cohort.cohortId),
    },
    { programVersion: "test" },
    () => undefined,
  );
}

async function sumOf(name: string): Promise<string> {
  const sum = createHash("sha256");
  const { cohortId } = await choose(name);
  for await (const line of store.dump(cohortId)) sum.update(`${line}\n`);
  return sum.digest("hex");
}

const codes = new Map([
  ["KANARI-0001", "first"],
  ["KANARI-0002", "second"],
]);

/** Seeds are given, so that codes are part of the comparison. */
const seed = { subjectSeed: "SEED", hasGivenCodes: true };

test.each<readonly [string, Wanted]>([
  ["subjects from folders", { settings: { subjectFrom: "folder" } }],
  ["subject folders", { settings: { subjectFolders: "usual-mess/*" } }],
  ["a filter of names", { settings: { files: "dcm" } }],
  ["links", { settings: { followLinks: true } }],
  ["dose", { settings: { ctSplitOnDose: "always" } }],
  ["all headers", { settings: { headers: "all" } }],
  ["no headers", { settings: { headers: "none" } }],
  ["another seed", { settings: { subjectSeed: "OTHER" } }],
  ["a list of codes", { codes }],
])("after a change of %s the next job ends as if it had always held", async (name, wanted) => {
  const whole = { ...wanted, settings: { ...seed, ...wanted.settings } };
  await choose(`${name}, from the start`, { ...whole, source });
  await extract(`${name}, from the start`);
  const changed = `${name}, changed`;
  await choose(changed, { settings: seed, source });
  await extract(changed);
  const before = await sumOf(changed);
  const context = yes();
  await choose(changed, wanted, context);
  expect(context.questions).toHaveLength(1);
  await extract(changed);
  expect(await sumOf(changed)).toBe(await sumOf(`${name}, from the start`));
  expect(await sumOf(changed)).not.toBe(before);
});

test("nothing is changed without a yes", async () => {
  const made = await choose("kept", { source });
  const no = createRecordingContext({ isTerminal: true, answers: ["n"] });
  const wanted = { settings: { headers: "all" as const } };
  await expect(choose("kept", wanted, no)).rejects.toThrow(/Nothing was changed/);
  expect(no.questions).toEqual([
    "Cohort kept is kept with --headers representative. Change it to --headers all, so that headers are kept anew? [y/N] ",
  ]);
  const nobody = createRecordingContext();
  await expect(choose("kept", wanted, nobody)).rejects.toThrow(/leave --headers out/);
  expect(await choose("kept")).toEqual(made);
});

test("another source is asked about, the same one is not", async () => {
  await choose("moved", { source });
  await choose("moved", { source }, createRecordingContext());
  const elsewhere = join(folder, "elsewhere");
  const nobody = createRecordingContext();
  await expect(choose("moved", { source: elsewhere }, nobody)).rejects.toMatchObject({
    exitStatus: 2,
  });
  expect((await choose("moved", { source: elsewhere })).sourcePath).toBe(elsewhere);
});

test("a seed is not shown where it is asked about", async () => {
  await choose("seeded", { source, settings: { subjectSeed: "OLDSEED" } });
  const context = yes();
  await choose("seeded", { settings: { subjectSeed: "NEWSEED" } }, context);
  expect(context.questions.join()).not.toMatch(/OLDSEED|NEWSEED/);
});

test("a list of codes makes no sense where folders are subjects", async () => {
  await expect(
    choose("both", { source, settings: { subjectFrom: "folder" }, codes }),
  ).rejects.toThrow(/--subject-codes lists codes by PatientID/);
});

test("an unknown cohort is told with those there are", async () => {
  await choose("there", { source });
  await expect(choose("not there")).rejects.toThrow(
    /There is no cohort not there yet \(there are .*\. To make it, say where its files are: nils extract --cohort 'not there' --source DIR$/,
  );
});
