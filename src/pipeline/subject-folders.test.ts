import fc from "fast-check";
import { expect, test } from "vitest";
import { makeSubjectFolderFinder, matchesPart } from "./subject-folders.ts";

test("without a pattern each direct folder of the source is a subject's", () => {
  const find = makeSubjectFolderFinder(null);
  expect(find("")).toBeNull();
  expect(find("sub-1")).toBe("sub-1");
  expect(find("sub-1/visit/scan")).toBe("sub-1");
});

test("a pattern of two levels names folders of the second", () => {
  const find = makeSubjectFolderFinder("*/sub-*");
  expect(find("site")).toBeNull();
  expect(find("site/sub-1")).toBe("site/sub-1");
  expect(find("site/sub-1/deep/er")).toBe("site/sub-1");
  expect(find("site/logs/sub-1")).toBeNull();
});

test("a pattern with slashes before and after means the same", () => {
  expect(makeSubjectFolderFinder("/*/sub-?/")("site/sub-1/x")).toBe("site/sub-1");
});

test("a folder whose name is not UTF-8 keeps its escaped form", () => {
  const find = makeSubjectFolderFinder("*");
  expect(find("//caf%E9/deep")).toBe("//caf%E9");
});

test.each([
  ["sub-01", "sub-*", true],
  ["sub-", "sub-*", true],
  ["xsub-01", "sub-*", false],
  ["sub-01", "sub-??", true],
  ["sub-1", "sub-??", false],
  ["a.b.c", "*.c", true],
  ["abcabc", "*abc", true],
  ["abcab", "*abc", false],
  ["", "*", true],
  ["", "", true],
  ["a", "", false],
  ["a+b", "a+b", true],
])("%s against %s", (text, pattern, expected) => {
  expect(matchesPart(text, pattern)).toBe(expected);
});

test("a glob matches as the regular expression does that says the same", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 12 });
  const globs = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 });
  fc.assert(
    fc.property(letters, globs, (text, pattern) => {
      const expression = pattern.replaceAll(/\*+/g, ".*").replaceAll("?", ".");
      expect(matchesPart(text, pattern)).toBe(new RegExp(`^${expression}$`).test(text));
    }),
    { numRuns: 500 },
  );
});

test("many stars do not make it slow", () => {
  const text = "a".repeat(5_000);
  const pattern = `${"*a".repeat(50)}*b`;
  const before = performance.now();
  expect(matchesPart(text, pattern)).toBe(false);
  expect(performance.now() - before).toBeLessThan(1_000);
});

test("a subject folder is the same whatever the names below it are", () => {
  const find = makeSubjectFolderFinder("*");
  expect(find("//S1/x%FF")).toBe("S1");
  expect(find("//50%25/x%FF")).toBe("50%");
  expect(find("50%/x")).toBe("50%");
});
