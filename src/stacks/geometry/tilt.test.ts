import { expect, test } from "vitest";
import { stackSeries } from "#stacks/stack-series.ts";
import { buildSeries, type TestFrame } from "#stacks/testing/build-series.ts";
import { measureTilt } from "./tilt.ts";

const options = { ctSplitOnDose: "auto" } as const;

function tiltOf(frames: readonly TestFrame[]): number | null {
  const series = buildSeries("CT", frames);
  return measureTilt(stackSeries(series, options), series);
}

/** Transverse images turned by 14 degrees about the x axis, the table moving straight on. */
const turned = "1\\0\\0\\0\\0.9703\\-0.2419";
const frame = (image_orientation_patient: string, z: number): TestFrame => ({
  settings: { image_orientation_patient },
  numbers: {
    image_position_patient_x: -100,
    image_position_patient_y: -100,
    image_position_patient_z: z,
  },
});

test("a gantry that was tilted is seen in the positions", () => {
  expect(tiltOf([0, 5, 10].map((z) => frame(turned, z)))).toBeCloseTo(14, 1);
  expect(tiltOf([10, 0, 5].map((z) => frame(turned, z)))).toBeCloseTo(14, 1);
});

test("upright images do not lean", () => {
  expect(tiltOf([0, 5, 10].map((z) => frame("1\\0\\0\\0\\1\\0", z)))).toBe(0);
});

test("nothing is said of one position, or of images in no place", () => {
  expect(tiltOf([frame(turned, 0)])).toBeNull();
  expect(tiltOf([{ settings: {} }, { settings: {} }])).toBeNull();
  expect(measureTilt([], buildSeries("CT", []))).toBeNull();
});
