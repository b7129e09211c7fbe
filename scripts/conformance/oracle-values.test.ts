import { expect, test } from "vitest";
import { explain } from "./oracle-reasons.ts";
import { compareWithOracle, hasSamples } from "./oracle-values.ts";

// The samples are real files that are not part of this repository; where they lie beside it, they are read.
test.runIf(hasSamples)("values of classic objects are those that independent readers give", () => {
  const { files, values, differences } = compareWithOracle();
  expect(files).toBeGreaterThan(700);
  expect(values).toBeGreaterThan(40_000);
  const unexplained = differences.filter((difference) => explain(difference) === undefined);
  expect(unexplained).toEqual([]);
});
