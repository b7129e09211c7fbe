import { afterAll, expect, test } from "vitest";
import { CaseChecker } from "./case-checker.ts";
import { applyEdits } from "./draft.ts";
import { parseEdit, writeEdit } from "./edit-text.ts";
import { keptCases } from "./kept-cases.ts";
import { listDemoSeedFiles } from "./list-seed-files.ts";
import { makeCase } from "./make-case.ts";
import { mutations } from "./mutations.ts";
import { runCases } from "./run-cases.ts";

const cases = 3000;
const seed = 1;

const files = listDemoSeedFiles();
const checker = new CaseChecker();
afterAll(() => checker.close());

const originalOf = (name: string): Uint8Array => {
  const file = files.find((each) => each.name === name);
  if (file === undefined) throw new Error(`no seed file ${name}`);
  return file.bytes;
};

test(`${cases} damaged headers are read without a fault, in bounded steps, and alike each time`, () => {
  const report = runCases(checker, { files, seed, from: 0, cases });
  expect([...report.failures.values()]).toEqual([]);
  expect(report.cases).toBe(cases);
  // Damage that leaves nothing to read, or nothing damaged, would test little.
  expect(report.states.get("stored")).toBeGreaterThan(cases / 4);
  expect(report.states.size).toBeGreaterThan(8);
  expect([...report.stops.keys()].sort()).toEqual(
    expect.arrayContaining(["length-beyond-file", "nesting-limit", "truncated"]),
  );
});

for (const { about, file, after, edits, outcome, isOpen } of keptCases) {
  const check = isOpen === true ? test.fails : test;
  check(`kept case: ${about}`, () => {
    const edit = (lines: string): Uint8Array =>
      applyEdits(originalOf(file), lines.split(" ").map(parseEdit));
    if (after !== undefined) expect(checker.check(edit(after), 0).faults).toEqual([]);
    const bytes = edit(edits);
    const { faults, state, stopped } = checker.check(bytes, 0);
    expect({ faults, outcome: [state, stopped] }).toEqual({ faults: [], outcome });
  });
}

test("a case is made again from its seed and number, and from its edits", () => {
  const used = new Set<string>();
  for (let number = 0; number < 1000; number++) {
    const { bytes, edits, file, mutations: names } = makeCase(files, seed, number);
    const made = bytes.slice();
    expect(Buffer.compare(makeCase(files, seed, number).bytes, made)).toBe(0);
    const lines = edits.map(writeEdit);
    const again = applyEdits(originalOf(file), lines.map(parseEdit));
    expect({ number, isSame: Buffer.compare(again, made) === 0 }).toEqual({ number, isSame: true });
    for (const name of names) used.add(name);
  }
  expect([...used].sort()).toEqual([...new Set(mutations.map(({ name }) => name))].sort());
});
