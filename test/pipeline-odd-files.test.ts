/** Every odd file that the demo can make, in one folder and one job. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { oddFiles } from "#demo/odd-files.ts";
import type { JobReport } from "#pipeline/run-job.ts";
import { compareDumps } from "./support/compare-dumps.ts";
import { Extraction, type LedgerFile } from "./support/run-extraction.ts";

let lab: Extraction;
let first: JobReport;
let dump: string[] = [];
const rows = new Map<string, LedgerFile>();

beforeAll(async () => {
  lab = new Extraction();
  for (const { name, bytes } of oddFiles) lab.write(name, bytes());
  first = await lab.run();
  dump = await lab.dump();
  for (const file of await lab.files()) rows.set(file.path, file);
});

afterAll(() => lab.remove());

test.each(oddFiles.map((file) => ({ file, title: `${file.name}: ${file.note}` })))(
  "$title",
  ({ file }) => {
    const { state, code, warnings = [] } = file;
    const row = rows.get(file.name);
    expect(row).toMatchObject({ state, code });
    expect(row?.warnings).toEqual(expect.arrayContaining([...warnings]));
  },
);

test("each file has one row, the sums balance and the job ends with problems", () => {
  expect(first).toMatchObject({
    state: "completed-with-problems",
    exitStatus: 3,
    account: { imbalances: [], ledgerRows: oddFiles.length },
    counts: { found: oddFiles.length, new: oddFiles.length, refused: 0 },
  });
  expect(rows.size).toBe(oddFiles.length);
});

test("a second job reads nothing and changes nothing", async () => {
  const second = await lab.run();
  expect(second.counts).toMatchObject({ unchanged: oddFiles.length, read: 0, written: 0 });
  expect(compareDumps(await lab.dump(), dump)).toEqual([]);
});

test("reading all again, in other workers and batches, changes nothing", async () => {
  await lab.run({ job: { resume: false, workers: 4, batchSize: 7 } });
  expect(compareDumps(await lab.dump(), dump)).toEqual([]);
});

test("UIDs that occur in two places are problems that name both", () => {
  const problems = dump
    .filter((line) => line.startsWith("problem\t"))
    .map((line) => JSON.parse(line.slice("problem\t".length)) as { code: string; count: number });
  expect(problems).toContainEqual(
    expect.objectContaining({ code: "series-in-two-studies", about: "series", count: 2 }),
  );
  expect(problems).toContainEqual(
    expect.objectContaining({ code: "study-in-two-subjects", about: "study", count: 2 }),
  );
});
