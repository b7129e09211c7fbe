import { expect, test } from "vitest";
import { describeNews, isOutdated, readerVersion, readerVersions } from "./reader-versions.ts";

test("versions ascend by one", () => {
  expect(readerVersions.map(({ version }) => version)).toEqual(
    readerVersions.map((_, index) => index + 1),
  );
});

test("a file is read again where a newer version concerns its state", () => {
  expect(isOutdated("stored", 1)).toBe(true);
  expect(isOutdated("conflict", 1)).toBe(true);
  expect(isOutdated("not-dicom", 1)).toBe(false);
  expect(isOutdated("stored", readerVersion)).toBe(false);
});

test("a file that a newer program read is read again", () => {
  expect(isOutdated("not-dicom", readerVersion + 1)).toBe(true);
});

test("what is new is told since a version", () => {
  expect(describeNews(1)).toContain("private elements of makers");
  expect(describeNews(readerVersion)).toBe(null);
});
