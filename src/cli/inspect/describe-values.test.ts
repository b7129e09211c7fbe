import { expect, test } from "vitest";
import { describePerStack, describeValues } from "./describe-values.ts";
import { nameStacks } from "./name-stacks.ts";

const counted = (entries: readonly (readonly [string | number, number])[], missing = 0) => ({
  counts: new Map(entries),
  missing,
});

test("values are listed where they are few, else their range", () => {
  expect(
    describeValues(
      "echo_time",
      counted([
        [30.001, 1],
        [30, 2],
      ]),
      0,
    ),
  ).toBe("30 ms (2 images), 30.001 ms (1 image)");
  const four = counted([
    [4, 1],
    [1, 1],
    [2, 1],
    [1000.5, 1],
  ]);
  expect(describeValues("echo_time", four, 0)).toBe("4 values, 1 to 1,000.5 ms");
  expect(describeValues("frame_of_reference_uid", counted([["1.2", 1]], 3), 0)).toBe(
    "1 value; none on 3 images",
  );
});

test("a b-value that was taken for 0 is not told as none", () => {
  const b = counted([[1000, 6]], 2);
  expect(describeValues("diffusion_b_value", b, 2)).toBe(
    "1,000 s/mm² (6 images); 0 taken for 2 images that have none",
  );
  expect(describeValues("diffusion_b_value", counted([[1000, 6]], 3), 1)).toBe(
    "1,000 s/mm² (6 images); 0 taken for 1 image that has none; none on 2 images",
  );
});

test("one value for each stack is told with the stacks that have it", () => {
  expect(describePerStack("scanning_sequence", ["SE", null, "SE"], nameStacks)).toBe(
    "SE (stacks 0, 2), not written (stack 1)",
  );
  expect(describePerStack("flip_angle", [1, 2, 3, 4], nameStacks)).toBe("4 values");
  expect(describePerStack("frame_of_reference_uid", ["1.2", "1.3"], nameStacks)).toBe("2 values");
});
