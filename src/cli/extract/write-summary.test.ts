import { expect, test } from "vitest";
import { noCounts } from "#store/job.ts";
import type { JobSummary } from "./job-summary.ts";
import { writeSummary } from "./write-summary.ts";

const summary: JobSummary = {
  cohort: "study1",
  source: "/data/study1",
  database: "/home/me/nils.db",
  job: 3,
  state: "completed",
  exitStatus: 0,
  message: null,
  continues: null,
  before: 2,
  isLatest: true,
  phase: "headers",
  startedAt: "2026-03-01T12:00:00.000Z",
  endedAt: "2026-03-01T12:12:05.000Z",
  seconds: 725,
  filesPerSecond: 5_732,
  counts: { ...noCounts, found: 12_345, unchanged: 12_000, new: 345, folders: 40, kept: 5 },
  states: { stored: 12_300, "not-dicom": 50, missing: 10 },
  content: { subjects: 12, studies: 34, series: 1, stacks: 512, instances: 12_300, frames: 1 },
  readerNews: null,
  restacked: null,
  changes: {
    new: { series: 14, subjects: 2, count: 345 },
    gone: { series: 1, subjects: 1, count: 9 },
  },
  problems: [],
};

const style = { width: 100, program: "nils", database: "" };

const write = (rest: Partial<JobSummary>, width = 100): string =>
  writeSummary({ ...summary, ...rest }, { ...style, width });

test("the sums are written out, without what is 0", () => {
  expect(write({ states: { stored: 12_300, "not-dicom": 50, missing: 10 } })).toBe(
    `Cohort study1, job 3: completed after 12 min 5 s, 5,732 files/s
Source    /data/study1
Found     12,345 files in 40 folders = 12,000 unchanged + 345 new
Ledger    12,360 files = 12,345 found + 5 kept + 10 missing = 12,300 stored + 50 not-dicom + 10
          missing
Content   12 subjects, 34 studies, 1 series, 512 stacks, 12,300 instances
Changed   14 series new (2 subjects), 1 series gone (1 subject) since job 2
Database  /home/me/nils.db
Next      nils export --cohort study1 --out study1-tables
`,
  );
});

test("a job that found all as it was says that nothing had to be read", () => {
  const counts = { ...noCounts, found: 9, unchanged: 9, folders: 1 };
  expect(write({ counts, changes: {} })).toContain(
    "Changed   nothing since job 2: no file had to be read\n",
  );
});

test("copies are explained where they are counted", () => {
  expect(write({ states: { stored: 1, duplicate: 1 } })).toContain(
    "1 stored + 1 duplicate (a copy)",
  );
  expect(write({ states: { stored: 1, duplicate: 2 } })).toContain(
    "1 stored + 2 duplicate (copies)",
  );
});

function makeProblem(code: string, meaning = "Means it.") {
  return { code, about: "cohort" as const, things: 1, count: 2, meaning, advice: "Do it." };
}

test("two kinds of problems are shown with what they mean, the others are counted", () => {
  const problems = ["a", "b", "c", "d"].map((code) => makeProblem(code));
  const text = write({ state: "completed-with-problems", problems });
  expect(text).toContain(
    "Look at   a, 2 files: Means it\n          b, 2 files: Means it\n          and 2 more kinds: nils problems --cohort study1\n",
  );
  expect(text).not.toContain("c, 2 files");
});

test("a problem has one line, with what it means where there is room for all of it", () => {
  const meaning = "One UID occurs in two places, which somebody copied; it is an instance of each.";
  const lookAt = (width: number) =>
    /^Look at +(.*)\n +(.*)$/m.exec(write({ problems: [makeProblem("uid", meaning)] }, width));
  expect(lookAt(80)?.[1]).toBe("uid, 2 files: One UID occurs in two places, which somebody copied");
  expect(lookAt(60)?.[1]).toBe("uid, 2 files");
  expect(lookAt(40)?.[1]).toBe("uid, 2 files");
  expect(lookAt(40)?.[2]).toBe("all: nils problems --cohort study1");
});

test("the end of a job with problems has at most twelve lines of 80 columns", () => {
  const codes = ["sop-uid-conflict", "truncated-before-identity", "date-invalid", "c"];
  const problems = codes.map((code) =>
    makeProblem(code, "The header ends, or cannot be followed, before its identifiers are known."),
  );
  const states = {
    stored: 120_866,
    duplicate: 10,
    conflict: 1,
    unsupported: 11,
    "not-dicom": 6_000,
    unreadable: 1,
  };
  const counts = { ...noCounts, found: 126_889, new: 126_889, folders: 5_100 };
  const text = write({ state: "completed-with-problems", counts, states, problems }, 80);
  const lines = text.trimEnd().split("\n");
  expect(lines.length).toBeLessThanOrEqual(12);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("a job that was stopped says what of the ledger it came to, and how to go on", () => {
  const counts = { ...noCounts, found: 20, new: 12, pending: 8, folders: 2 };
  const text = write({ state: "cancelled", counts, states: { stored: 12 }, content: {} });
  expect(text).toContain("Found     20 files in 2 folders = 12 new + 8 not done yet\n");
  expect(text).toContain("Ledger    12 files = 12 found and done = 12 stored\n");
  expect(text).toContain("0 instances so far; a job that comes to its end");
  expect(text).toContain("Next      nils extract --cohort study1  (goes on where it stopped)\n");
  expect(write({ state: "paused", counts, states: { stored: 12, missing: 4 } })).toContain(
    "Ledger    16 files = 12 found and done + 4 as before = 12 stored + 4 missing\n",
  );
});

test("a job that failed after it saw all has its whole sum, a lost one none", () => {
  const counts = { ...noCounts, found: 9, unchanged: 9, kept: 3, folders: 2 };
  expect(write({ state: "failed", counts, states: { stored: 12 } })).toContain(
    "Ledger    12 files = 9 found + 3 kept = 12 stored\n",
  );
  const late = { ...counts, unchanged: 8, pending: 1 };
  expect(write({ state: "lost", counts: late, states: { stored: 12 } })).toContain(
    "Ledger    12 files = 12 stored\n",
  );
});

test("of an older job only what it did is told", () => {
  const text = write({ isLatest: false });
  expect(text).toMatch(/^Found/m);
  expect(text).not.toMatch(/^(Ledger|Content|Look at|Next)/m);
});

test("lines fit the width, but for those that are to be typed", () => {
  const problems = [
    {
      code: "sop-uid-conflict",
      about: "series" as const,
      things: 3,
      count: 9,
      meaning: "",
      advice: "Compare the two files and then look at what wrote them, a long time ago.",
    },
  ];
  for (const width of [40, 80, 120]) {
    for (const line of write({ problems }, width).split("\n").slice(1)) {
      if (!line.includes("nils ")) expect(line.length).toBeLessThanOrEqual(Math.min(width, 100));
    }
  }
});

test("stacks that were formed anew are told with the reason", () => {
  const restacked = { series: 47, why: "the rules changed from version 1 to 2" };
  expect(write({ restacked })).toContain(
    "          47 series stacked anew from the database: the rules changed from version 1 to 2\n",
  );
});

test("what a newer reader reads is told where files were read again for it", () => {
  const counts = { ...noCounts, found: 9, readAgain: 9, folders: 1 };
  expect(write({ counts, readerNews: "private elements of makers" })).toContain(
    "Found     9 files in 1 folder = 9 read again\n          read again because this version also reads private elements of makers\n",
  );
});
