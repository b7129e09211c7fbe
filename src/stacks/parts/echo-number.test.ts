import { expect, test } from "vitest";
import { stackSeries } from "#stacks/stack-series.ts";
import { buildSeries, keysOf, slices } from "#stacks/testing/build-series.ts";

const image_type = "ORIGINAL\\PRIMARY\\M";

test("takes the smallest number of the same echo time, else the rank of the echo time", () => {
  expect(
    keysOf("MR", [
      ...slices(2, { image_type, echo_time: 5, echo_numbers: 3 }),
      ...slices(2, { image_type, echo_time: 5, echo_numbers: 2 }),
      ...slices(2, { image_type, echo_time: 5.002 }),
      ...slices(2, { image_type, echo_time: 9 }),
    ]),
  ).toEqual([
    "4 × MR|TE=5|ECHO=2|TYPE=M|ORIENT=TRA",
    "2 × MR|TE=9|ECHO=2|TYPE=M|ORIENT=TRA",
    "2 × MR|TE=5|ECHO=3|TYPE=M|ORIENT=TRA",
  ]);
});

test("leaves out echo time 0, and the number where nothing is known", () => {
  expect(
    keysOf("MR", [
      ...slices(2, { image_type, echo_time: 0, echo_numbers: 0 }),
      ...slices(2, { image_type, echo_time: 0 }),
    ]),
  ).toEqual(["2 × MR|TYPE=M|ORIENT=TRA", "2 × MR|ECHO=0|TYPE=M|ORIENT=TRA"]);
});

test("joins several numbers of one image", () => {
  expect(keysOf("MR", slices(1, { image_type, echo_numbers: "1\\2" }))).toEqual([
    "1 × MR|ECHO=1+2|TYPE=M|ORIENT=TRA",
  ]);
});

test("says when a number is not in the file", () => {
  const flagsOf = (settings: Record<string, number>) =>
    stackSeries(buildSeries("MR", slices(2, { image_type, ...settings })), {
      ctSplitOnDose: "auto",
    })[0]?.columns["stack_flags"];
  expect(flagsOf({ echo_time: 5 })).toBe("echo-inferred");
  expect(flagsOf({ echo_time: 5, echo_numbers: 1 })).toBe(null);
});
