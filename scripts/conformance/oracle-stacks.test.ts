import { expect, test } from "vitest";
import { comparePositions } from "./compare-positions.ts";
import { compareWithVolumes, hasStackOracle, isUnexplained } from "./oracle-stacks.ts";
import { stackReasons } from "./stack-reasons.ts";

// The samples are real files that are not part of this repository; where they lie beside it, they are read.
test.runIf(hasStackOracle)("stacks are dcm2niix's volumes, or differ for a reason", async () => {
  const { pairs, differences } = await compareWithVolumes();
  const unexplained = differences.filter(isUnexplained).map(({ pair, unexplained: rest }) => ({
    folder: pair.folder,
    series: pair.number,
    stacks: rest.stacks.map(({ key, images }) => `${images} x ${key}`),
    volumes: rest.volumes.map(({ dims }) => dims.join("x")),
  }));
  expect(unexplained).toEqual([]);
  expect(pairs.length).toBeGreaterThan(320);
  expect(pairs.length - differences.length).toBeGreaterThan(260);
  const positions = comparePositions(pairs);
  expect(positions.compared).toBeGreaterThan(250);
  expect(positions.differences.filter(({ reason }) => reason === undefined)).toEqual([]);
  const used = new Set(differences.flatMap((each) => each.explanations.map((one) => one.reason)));
  expect(stackReasons.filter((reason) => !used.has(reason))).toEqual([]);
});
