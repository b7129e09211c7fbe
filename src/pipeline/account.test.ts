import { expect, test } from "vitest";
import type { JobCounts } from "#store/job.ts";
import type { FileCount, LedgerSums } from "#store/ledger.ts";
import { checkAccount, sumFound } from "./account.ts";

const counts: JobCounts = {
  found: 21,
  unchanged: 1,
  new: 2,
  changed: 3,
  readAgain: 4,
  waiting: 5,
  pending: 6,
  folders: 2,
  foldersUnlisted: 0,
  kept: 7,
  missing: 1,
  read: 9,
  written: 14,
  refused: 0,
};

const files: FileCount[] = [
  { state: "stored", files: 20 },
  { state: "not-dicom", files: 8 },
  { state: "missing", files: 3 },
];

const ledger: LedgerSums = {
  files,
  folders: 2,
  foldersUnlisted: 0,
  rereadFailed: 0,
  headersUnread: 0,
  notCompared: 0,
};

test("found files are the sum of what they became", () => {
  expect(sumFound(counts)).toBe(21);
});

test("an account that adds up has nothing to say", () => {
  expect(checkAccount(counts, ledger, files, true)).toEqual({
    imbalances: [],
    byState: { stored: 20, "not-dicom": 8, missing: 3 },
    ledgerRows: 31,
  });
});

test.each(["found", "unchanged", "new", "changed", "readAgain", "waiting", "pending"] as const)(
  "a file too many in %s is noticed",
  (name) => {
    const { imbalances } = checkAccount(
      { ...counts, [name]: counts[name] + 1 },
      ledger,
      files,
      true,
    );
    expect(imbalances).toContainEqual(expect.stringMatching(/^\d+ files were found and \d+ are/));
  },
);

test("a file kept that is not there is noticed", () => {
  expect(checkAccount({ ...counts, kept: 8 }, ledger, files, true).imbalances).toEqual([
    "The ledger has 31 rows and 32 were expected: 21 found, 8 kept, 3 missing.",
  ]);
});

test("a row that the counters do not know is noticed, and one that they alone know", () => {
  const rows = [...files, { state: "invalid", files: 1 } as const];
  expect(checkAccount(counts, { ...ledger, files: rows }, files, false).imbalances).toEqual([
    "The ledger has 1 rows of state invalid and the counters say 0.",
  ]);
  expect(checkAccount(counts, ledger, rows, false).imbalances).toEqual([
    "The ledger has 0 rows of state invalid and the counters say 1.",
  ]);
});

test("a file counted under another state is noticed though the totals agree", () => {
  const shifted: FileCount[] = [
    { state: "stored", files: 19 },
    { state: "not-dicom", files: 9 },
    { state: "missing", files: 3 },
  ];
  expect(checkAccount(counts, ledger, shifted, true).imbalances).toHaveLength(2);
});

test("a job that did not see everything is not asked for rows that it never saw", () => {
  const stopped = { ...counts, found: 15, pending: 0 };
  expect(checkAccount(stopped, ledger, files, false).imbalances).toEqual([]);
});
