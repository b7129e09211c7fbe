/** Storage that is slow, and storage that never answers: a file, a folder, one entry. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { whyNoFaults } from "./build-shim.ts";
import type { Fault, FaultCall } from "./fault.ts";
import {
  FaultLab,
  type FaultyEnd,
  listDifferences,
  readDump,
  removeDatabase,
} from "./fault-lab.ts";

/** A thread is given up after this long without an answer, ms. */
const standstill = { NILS_STANDSTILL_MS: "600" };

const folder = "subject-01/visit-1/04-dwi";
const file = `${folder}/IM0003.IMA`;

const reason = whyNoFaults();
let lab: FaultLab;
let database: string;
let expected: string[];

beforeAll(async () => {
  if (reason !== null) return;
  lab = new FaultLab();
  database = join(lab.folder, "nils.db");
  await lab.writeArchive();
  await lab.run(lab.extractWords(database), null);
  expected = (await readDump(database)) ?? [];
});

beforeEach(({ skip }) => skip(reason !== null, reason ?? ""));

afterAll(() => lab?.remove());

function hangAt(call: FaultCall, path: string): Fault {
  const effect = { kind: "hang" } as const;
  return { call, path: join(lab.source, path), nth: 1, isSticky: true, effect };
}

function extractStuck(call: FaultCall, path: string): Promise<FaultyEnd> {
  return lab.run(lab.extractWords(database), hangAt(call, path), standstill);
}

/** Lines of one table of the dump. */
function linesOf(dump: readonly string[] | null, table: string): object[] {
  return (dump ?? [])
    .filter((line) => line.startsWith(`${table}\t`))
    .map((line) => JSON.parse(line.slice(table.length + 1)) as object);
}

/** What was given up is read again when it changed, or when everything is. */
async function expectEndsWell(...options: readonly string[]): Promise<void> {
  const words = [...lab.extractWords(database), ...options];
  expect(await lab.run(words, null)).toMatchObject({ status: 3, stderr: "" });
  expect(listDifferences(await readDump(database), expected)).toEqual([]);
}

test.for(["open", "read", "stat"] as const)(
  "a file whose %s never returns costs that file",
  async (call) => {
    removeDatabase(database);
    const end = await extractStuck(call, file);
    expect(end).toMatchObject({ status: 3, signal: null, isStuck: false, stderr: "" });
    expect(end.fired).toBeGreaterThan(0);
    const files = linesOf(await readDump(database), "file");
    expect(files).toHaveLength(linesOf(expected, "file").length);
    expect(files).toContainEqual({ path: file, state: "unreadable", code: "reader-timeout" });
    await expectEndsWell("--resume", "false");
  },
);

test.for(["open", "list"] as const)(
  "a folder whose %s never returns costs that folder; what is known below it stays",
  async (call) => {
    removeDatabase(database);
    const fresh = await extractStuck(call, folder);
    expect(fresh).toMatchObject({ status: 3, signal: null, isStuck: false, stderr: "" });
    const dump = await readDump(database);
    const folders = linesOf(dump, "folder");
    expect(folders).toContainEqual({ path: folder, state: "unreadable", code: "folder-timeout" });
    expect(folders).toHaveLength(linesOf(expected, "folder").length);
    const isElsewhere = (each: object): boolean => !JSON.stringify(each).includes(`"${folder}/`);
    expect(linesOf(dump, "file")).toEqual(linesOf(expected, "file").filter(isElsewhere));
    await expectEndsWell();

    const again = await extractStuck(call, "subject-01/visit-1");
    expect(again).toMatchObject({ status: 3, signal: null, isStuck: false, stderr: "" });
    for (const table of ["file", "instance", "stack"]) {
      expect(linesOf(await readDump(database), table)).toEqual(linesOf(expected, table));
    }
    await expectEndsWell();
  },
);

test("a folder whose listing stops answering keeps what was read of it, and what was known", async () => {
  const big = join(lab.source, "big");
  mkdirSync(big);
  for (let number = 1; number <= 2_300; number++) writeFileSync(join(big, `${number}.txt`), "");
  const late = { ...hangAt("list", "big"), nth: 2_200 };
  const known = lab.makePath("known.db");
  const fresh = lab.makePath("fresh.db");
  const timeout = { path: "big", state: "unreadable", code: "folder-timeout" };
  try {
    expect(await lab.run(lab.extractWords(known), null)).toMatchObject({ status: 3 });
    const files = linesOf(await readDump(known), "file");
    for (const database of [known, fresh]) {
      const end = await lab.run(lab.extractWords(database), late, standstill);
      expect(end).toMatchObject({ status: 3, signal: null, isStuck: false, stderr: "" });
      expect(linesOf(await readDump(database), "folder")).toContainEqual(timeout);
    }
    expect(linesOf(await readDump(known), "file")).toEqual(files);
    expect(linesOf(await readDump(fresh), "file")).toHaveLength(files.length - 300);
    expect(await lab.run(lab.extractWords(fresh), null)).toMatchObject({ status: 3 });
    expect(linesOf(await readDump(fresh), "file")).toEqual(files);
  } finally {
    rmSync(big, { recursive: true });
  }
});

test("a look without a database ends too", async () => {
  const words = [...lab.extractWords(lab.makePath("none.db")), "--dry-run"];
  const end = await lab.run(words, hangAt("list", folder), standstill);
  expect(end).toMatchObject({ status: 0, signal: null, isStuck: false });
});

test("where nothing answers, the job says so and ends", async () => {
  removeDatabase(database);
  const end = await extractStuck("stat", "subject-01/visit-1");
  expect(end).toMatchObject({ status: 1, signal: null, isStuck: false });
  expect(end.stderr).toMatch(/^The source does not answer: .+\n$/);
  await expectEndsWell();
});

test("slow storage is waited for", async () => {
  removeDatabase(database);
  const fault = {
    call: "any",
    path: lab.source,
    nth: 1,
    isSticky: true,
    effect: { kind: "sleep", ms: 5 },
  } as const;
  const end = await lab.run(lab.extractWords(database), fault, standstill);
  expect(end).toMatchObject({ status: 3, stderr: "" });
  expect(end.fired).toBeGreaterThan(300);
  expect(listDifferences(await readDump(database), expected)).toEqual([]);
});
