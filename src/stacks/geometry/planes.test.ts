import { describe, expect, test } from "vitest";
import { buildSeries, TRA } from "#stacks/testing/build-series.ts";
import { clusterPlanes } from "./planes.ts";

const planesOf = (orientations: readonly (string | null)[], more = {}) =>
  clusterPlanes(
    buildSeries(
      "MR",
      orientations.map((image_orientation_patient) => ({
        settings: { image_orientation_patient, ...more },
      })),
    ),
  );

const aboutX = (degrees: number): string => {
  const angle = (degrees * Math.PI) / 180;
  return `1\\0\\0\\0\\${Math.cos(angle).toFixed(6)}\\${Math.sin(angle).toFixed(6)}`;
};

describe("plane clusters", () => {
  test("take jitter of floats together", () => {
    expect(planesOf([TRA, "0.999999\\0\\0\\0\\1\\0.000001"]).list).toHaveLength(1);
    expect(planesOf(["0.999999\\0\\0\\0\\1\\0.000001"]).letters).toEqual(["TRA"]);
  });

  test("follow steps of 0.3° over 6°", () => {
    expect(planesOf(Array.from({ length: 21 }, (_, step) => aboutX(step * 0.3))).list).toHaveLength(
      1,
    );
  });

  test("part disc packages 5° from each other", () => {
    const planes = planesOf([-10, -5, 0, 5, 10].map(aboutX));
    expect(planes.list).toHaveLength(5);
    expect(planes.letters).toEqual(["TRA", "TRA", "TRA", "TRA", "TRA"]);
  });

  test("part opposite normals and turns within the plane", () => {
    expect(planesOf([TRA, "-1\\0\\0\\0\\1\\0", "0\\1\\0\\-1\\0\\0"]).list).toHaveLength(3);
  });

  test("have one representative whatever the order", () => {
    const orientations = [TRA, aboutX(0.3), aboutX(-0.3)];
    const forward = planesOf(orientations).list.map((plane) => plane.text);
    expect(planesOf([...orientations].reverse()).list.map((plane) => plane.text)).toEqual(forward);
    expect(forward).toEqual(["1\\0\\0\\0\\0.99999\\-0.00524"]);
  });

  test("prefer TRA to COR to SAG in an exact oblique", () => {
    expect(planesOf([aboutX(45)]).letters).toEqual(["TRA"]);
    expect(planesOf(["0.707107\\-0.707107\\0\\0\\0\\-1"]).letters).toEqual(["COR"]);
  });

  test("refuse what is no orientation", () => {
    const planes = planesOf([
      "0\\0\\0\\0\\0\\0",
      "1\\0\\0\\1\\0\\0",
      "1\\0\\0\\0\\1",
      "a\\0\\0\\0\\1\\0",
      null,
    ]);
    expect(planes.list).toHaveLength(0);
    expect(Array.from(planes.of)).toEqual([-1, -1, -1, -1, -1]);
  });
});

describe("letters without an orientation", () => {
  test.each([
    ["patient_orientation", "L\\P", "TRA"],
    ["patient_orientation", "P\\F", "SAG"],
    ["patient_orientation", "A\\F", "SAG"],
    ["patient_orientation", "L\\F", "COR"],
    ["patient_orientation", "R\\F", "COR"],
    ["patient_orientation", "LP\\FA", "COR"],
    ["patient_orientation", "L", null],
    ["orientation_text", "Tra>Cor(-5.0)", "TRA"],
    ["orientation_text", "SAGITTAL", "SAG"],
    ["orientation_text", "Cor", "COR"],
    ["orientation_text", "2", "TRA"],
    ["orientation_text", "4", "SAG"],
    ["orientation_text", "8", "COR"],
    ["orientation_text", "256", null],
    ["orientation_text", "", null],
  ])("reads %s %s as %s", (name, text, letter) => {
    expect(planesOf([null], { [name]: text }).letters).toEqual([letter]);
  });
});
