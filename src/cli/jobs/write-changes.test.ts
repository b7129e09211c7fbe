import { expect, test } from "vitest";
import type { SeriesChange } from "#jobs/summarize-changes.ts";
import { writeChanges } from "./write-changes.ts";

const job = { cohort: "study1", job: 7, before: 6, startedAt: "2026-03-01T12:00:05.123Z" };

const change = (rest: Partial<SeriesChange>): SeriesChange => ({
  kind: "new",
  subjectCode: "a1",
  seriesInstanceUid: "1.2.3",
  modality: "MR",
  seriesDescription: "t1_mprage",
  count: 176,
  ...rest,
});

test("series are told by kind and by subject, with what came or went", () => {
  const changes = [
    change({ subjectCode: "b2", seriesInstanceUid: "1.2.9", modality: null, count: 1 }),
    change({ seriesInstanceUid: "1.2.4", seriesDescription: null }),
    change({}),
    change({ kind: "gone", seriesInstanceUid: "1.2.5", modality: "CT", count: 40 }),
  ];
  expect(writeChanges(changes, job, 80)).toBe(
    `What changed in cohort study1 with job 7 of 2026-03-01 12:00:05 UTC since job 6

3 series new, of 2 subjects
  Subject a1
    MR  176 instances  1.2.3  t1_mprage
    MR  176 instances  1.2.4
  Subject b2
    -  1 instance  1.2.9  t1_mprage

1 series gone, of 1 subject
  Subject a1
    CT  -40 instances  1.2.5  t1_mprage
`,
  );
});

test("a description is cut to the width, a UID is not", () => {
  const text = writeChanges([change({ seriesDescription: "x".repeat(200) })], job, 60);
  const line = text.split("\n").find((each) => each.includes("1.2.3")) ?? "";
  expect(line).toHaveLength(60);
});

test("a job that changed nothing says so", () => {
  expect(writeChanges([], { ...job, before: null }, 80)).toBe(
    "What changed in cohort study1 with job 7 of 2026-03-01 12:00:05 UTC\n\nNo series changed.\n",
  );
});
