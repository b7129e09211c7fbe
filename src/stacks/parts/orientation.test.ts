import { expect, test } from "vitest";
import { keysOf, type TestFrame, TRA } from "#stacks/testing/build-series.ts";

/** Planes turned about the z axis, whose centres are `offset` mm from it. */
const fan = (degrees: readonly number[], offset = 0): TestFrame[] =>
  degrees.map((angle, index) => {
    const cos = Math.cos((angle * Math.PI) / 180);
    const sin = Math.sin((angle * Math.PI) / 180);
    return {
      settings: {
        image_type: "ORIGINAL\\PRIMARY\\M",
        image_orientation_patient: `${cos.toFixed(6)}\\${sin.toFixed(6)}\\0\\0\\0\\-1`,
        pixel_spacing: "1\\1",
        rows: 101,
        columns: 101,
      },
      numbers: {
        image_position_patient_x: -50 * cos + (index % 2 === 0 ? offset : -offset),
        image_position_patient_y: -50 * sin,
        image_position_patient_z: 50,
      },
    };
  });

const evenly = (count: number, step: number): number[] =>
  Array.from({ length: count }, (_, index) => index * step);

test("takes planes that turn about an axis as rotational", () => {
  expect(keysOf("MR", fan(evenly(12, 15)))).toEqual(["12 × MR|TYPE=M|ORIENT=ROT"]);
  expect(keysOf("MR", fan(evenly(32, 11.25)))).toEqual(["32 × MR|TYPE=M|ORIENT=ROT"]);
  expect(keysOf("MR", fan([0, 30, 60, 90]))).toEqual(["4 × MR|TYPE=M|ORIENT=ROT"]);
});

test.each([
  ["three planes", fan([0, 60, 120])],
  ["a fan of 40°", fan([-20, -10, 0, 10, 20])],
  ["a fan of 80°, one of its planes mirrored", fan([0, 20, 40, 60, 260])],
  ["centres apart", fan(evenly(12, 15), 15)],
  ["a plane across the axis", [...fan(evenly(12, 15)), ...across()]],
  [
    "three positions in one plane",
    [...fan(evenly(12, 15)), ...fan([0]).map(shifted(5)), ...fan([0]).map(shifted(9))],
  ],
])("does not take %s as rotational", (_, frames) => {
  expect(keysOf("MR", frames).filter((key) => key.includes("ROT"))).toEqual([]);
});

function across(): TestFrame[] {
  return fan([0]).map((frame) => ({
    ...frame,
    settings: { ...frame.settings, image_orientation_patient: TRA },
  }));
}

function shifted(mm: number): (frame: TestFrame) => TestFrame {
  return (frame) => ({
    ...frame,
    numbers: { ...frame.numbers, image_position_patient_y: mm },
  });
}

test("leaves the part out where nothing says how the image lies", () => {
  expect(keysOf("MR", [{ settings: { image_type: "ORIGINAL\\PRIMARY\\M" } }])).toEqual([
    "1 × MR|TYPE=M",
  ]);
});

test("uses words where there is no orientation", () => {
  expect(
    keysOf("MR", [{ settings: { image_type: "ORIGINAL\\PRIMARY\\M", orientation_text: "Sag" } }]),
  ).toEqual(["1 × MR|TYPE=M|ORIENT=SAG"]);
});
