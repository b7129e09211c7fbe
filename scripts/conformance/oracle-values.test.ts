import { expect, test } from "vitest";
import { countValues, differencesOf } from "./compared-file.ts";
import { compareWithOracle, hasSamples } from "./oracle-values.ts";
import { explain } from "./value-reasons.ts";

// The samples are real files that are not part of this repository; where they lie beside it, they are read.
test.runIf(hasSamples)(
  "values are those that independent readers give, or differ for a reason",
  () => {
    const files = compareWithOracle();
    expect(files.length).toBeGreaterThan(900);
    expect(files.filter(({ isFramed }) => isFramed).length).toBeGreaterThan(100);
    expect(countValues(files)).toBeGreaterThan(49_000);
    const unexplained = differencesOf(files).filter((each) => explain(each) === undefined);
    expect(unexplained).toEqual([]);
  },
);
