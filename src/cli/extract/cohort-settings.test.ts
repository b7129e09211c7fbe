import { expect, test } from "vitest";
import { makeDefaultSettings } from "./choose-cohort.ts";
import { compareSettings, describeConsequences } from "./cohort-settings.ts";

const kept = makeDefaultSettings();

test("a seed is made at random, of 128 bits", () => {
  expect(kept.subjectSeed).toMatch(/^[0-9a-f]{32}$/);
  expect(makeDefaultSettings().subjectSeed).not.toBe(kept.subjectSeed);
});

test("what is said again as it is kept changes nothing", () => {
  expect(compareSettings(kept, {})).toEqual([]);
  expect(compareSettings(kept, kept)).toEqual([]);
});

test("what was and what is wanted are told by option", () => {
  expect(compareSettings(kept, { subjectFrom: "folder", headers: "all" })).toEqual([
    { option: "--subject-from", was: "patient-id", now: "folder", needs: "read-all" },
    { option: "--headers", was: "representative", now: "all", needs: "headers" },
  ]);
});

test("a seed is never told", () => {
  const [change] = compareSettings(kept, { subjectSeed: "STUDY" });
  expect(JSON.stringify(change)).not.toContain("STUDY");
  expect(JSON.stringify(change)).not.toContain(kept.subjectSeed);
});

test("reading everything again covers the rest", () => {
  const describe = (wanted: Parameters<typeof compareSettings>[1]): string | null =>
    describeConsequences(compareSettings(kept, wanted));
  expect(describe({ subjectFrom: "folder", headers: "all" })).toBe("all files are read again");
  expect(describe({ ctSplitOnDose: "always", subjectSeed: "X" })).toBe(
    "subjects get other codes and stacks are formed again",
  );
  expect(describe({})).toBeNull();
});
