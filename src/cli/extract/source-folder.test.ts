import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requireOutsideSource, resolveSource } from "./source-folder.ts";

let folder = "";

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "nils-source-")));
  mkdirSync(join(folder, "source/deep"), { recursive: true });
  mkdirSync(join(folder, "source-2"));
  writeFileSync(join(folder, "file"), "");
  symlinkSync(join(folder, "source"), join(folder, "link"));
  symlinkSync(join(folder, "source/deep"), join(folder, "link-into"));
  symlinkSync(join(folder, "source/not-yet.db"), join(folder, "dangling.db"));
  symlinkSync(join(folder, "loop"), join(folder, "loop"));
});

afterAll(() => rmSync(folder, { recursive: true }));

test("the source is known by its real path, however it was typed", () => {
  expect(resolveSource("source", folder)).toBe(join(folder, "source"));
  expect(resolveSource("./source/../link/", folder)).toBe(join(folder, "source"));
});

test.each([
  ["nowhere", /There is no folder nowhere/],
  ["file", /is a file; give --source the folder/],
  ["loop", /There is no folder loop/],
])("refuses %s", (typed, message) => {
  expect(() => resolveSource(typed, folder)).toThrow(message);
});

test("what the system does not answer is no folder that is missing, nor a place outside the source", () => {
  const unanswered = "x".repeat(300); // ENAMETOOLONG stands for a disk or a share that fails
  expect(() => resolveSource(unanswered, folder)).toThrow(/cannot be looked at \(ENAMETOOLONG\)/);
  expect(() => requireOutsideSource(join(folder, "x.db"), join(folder, unanswered))).toThrow(
    /cannot be looked at \(ENAMETOOLONG\)/,
  );
});

test.each(["source/x.db", "source/new/x.db", "link/x.db", "link-into/x.db", "dangling.db"])(
  "refuses a database at %s",
  (path) => {
    expect(() => requireOutsideSource(join(folder, path), join(folder, "source"))).toThrow(
      /lies inside the source/,
    );
  },
);

test("sees through a link above the source", () => {
  symlinkSync(folder, join(folder, "source-2/up"));
  const source = resolveSource("source-2/up/source", folder);
  expect(() => requireOutsideSource(join(folder, "source/x.db"), source)).toThrow();
});

test.each(["x.db", "source-2/x.db", "source.db", "new/x.db", "loop"])(
  "lets a database be at %s",
  (path) => {
    requireOutsideSource(join(folder, path), join(folder, "source"));
  },
);

test("a source that is out of reach says nothing about the database", () => {
  requireOutsideSource(join(folder, "x.db"), join(folder, "unmounted"));
});
