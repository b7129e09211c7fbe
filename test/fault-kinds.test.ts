/** The table of fault kinds: whole, and each entry proved by a test that there is. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stateCodes } from "#catalogue/codes/state-codes.ts";
import { fileStates } from "#catalogue/codes/states.ts";
import { isExitStatus } from "#cli/exit-status.ts";
import { kindHead, kindRows } from "./fault-kinds/kind-rows.ts";
import { faultKinds } from "./fault-kinds/kinds.ts";

const root = join(import.meta.dirname, "..");

const readSource = (file: string): string =>
  existsSync(join(root, file)) ? readFileSync(join(root, file), "utf8") : "";

test("the kinds are 56, in order", () => {
  expect(faultKinds.map(({ number }) => number)).toEqual(
    Array.from({ length: 56 }, (_, index) => index + 1),
  );
});

test.each(faultKinds)(
  "$number, $name, is tested or says why not",
  ({ tests, whyNot, outcomes }) => {
    if (whyNot !== null) {
      expect([tests, outcomes]).toEqual([[], []]);
      expect(whyNot).toMatch(/^[A-Z].*\.$/);
      return;
    }
    expect(outcomes).not.toEqual([]);
    expect(tests).not.toEqual([]);
    const missing = tests.filter(({ file, title }) => !readSource(file).includes(`"${title}"`));
    expect(missing).toEqual([]);
  },
);

test.each(faultKinds)("$number, $name, has outcomes that there are", ({ outcomes, tests }) => {
  const sources = tests.map(({ file }) => readSource(file)).join("\n");
  for (const { row, message, exitStatus } of outcomes) {
    expect(isExitStatus(exitStatus)).toBe(true);
    if (message !== null) expect(sources).toContain(message);
    if (row === null) continue;
    const [state, code] = row.split(" ");
    expect(fileStates.map((each) => each.code as string)).toContain(state);
    if (code !== undefined) expect(stateCodes.map((each) => each.code as string)).toContain(code);
  }
});

test("docs/reliability.md shows the table", () => {
  const shown = readSource("docs/reliability.md")
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) =>
      line
        .slice(1, -1)
        .split(" | ")
        .map((cell) => cell.trim())
        .join(" | "),
    );
  for (const cells of [kindHead, ...kindRows()]) expect(shown).toContain(cells.join(" | "));
});
