/**
 * Odd files that are legal or that writers are known to write: each is stored with all of its values and without a
 * warning that nothing warrants. Read by one job into a real database, and each by itself.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JobReport } from "#pipeline/run-job.ts";
import type { LegalCase } from "./hostile/legal-case.ts";
import { legalElements } from "./hostile/legal-elements.ts";
import { legalFiles } from "./hostile/legal-files.ts";
import { legalSequences } from "./hostile/legal-sequences.ts";
import { legalText } from "./hostile/legal-text.ts";
import { differingColumns, type Observed, observeFiles } from "./hostile/observe.ts";
import { Extraction } from "./support/run-extraction.ts";

const cases: readonly LegalCase[] = [
  ...legalSequences,
  ...legalElements,
  ...legalText,
  ...legalFiles,
];
const pathOf = (index: number): string => `${String(index).padStart(3, "0")}.dcm`;

let lab: Extraction;
let report: JobReport;
let seen: Map<string, Observed>;

beforeAll(async () => {
  lab = new Extraction();
  cases.forEach(({ bytes }, index) => {
    lab.write(pathOf(index), bytes());
  });
  report = await lab.run({ cohort: { headers: "none" } });
  seen = await observeFiles(lab);
});

afterAll(() => lab.remove());

test.each(cases.map((one, index) => ({ ...one, path: pathOf(index) })))(
  "$name",
  ({ path, values, warnings }) => {
    const found = seen.get(path) as Observed;
    const { state, code } = found;
    expect({ state, code, warnings: found.warnings }).toEqual({
      state: "stored",
      code: null,
      warnings,
    });
    const names = Object.keys(values);
    expect(Object.fromEntries(names.map((name) => [name, found.values[name]]))).toEqual(values);
    expect(differingColumns(found)).toEqual([]);
  },
);

test("there are many, each with a name of its own, and the job has no problem with them", () => {
  expect(cases.length).toBeGreaterThan(300);
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  expect(report).toMatchObject({
    exitStatus: 0,
    account: { imbalances: [], byState: { stored: cases.length } },
  });
});
