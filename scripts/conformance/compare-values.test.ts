import { expect, test } from "vitest";
import { formatTag } from "#dicom/tag.ts";
import { compareValues, type Difference } from "./compare-values.ts";
import type { OurValues } from "./our-values.ts";
import { type Element, numberElement, type Reading, textElement } from "./reading.ts";

/** A reading of the elements that are written down, by their tags from the top; frames share all but `perFrame`. */
function readingOf(
  elements: Readonly<Record<string, Element>>,
  perFrame: Readonly<Record<string, readonly (Element | null | undefined)[]>> = {},
): Reading {
  const count = Math.max(1, ...Object.values(perFrame).map((values) => values.length));
  return {
    hasFunctionalGroups: Object.keys(perFrame).length > 0,
    frames: Array.from({ length: count }, (_, index) => index + 1),
    at({ steps, key }, frame) {
      const path = steps.map((step) => ("tag" in step ? formatTag(step.tag) : step.creator));
      const place = [...path, ...(key === undefined ? [] : [key])].join("/");
      return place in perFrame ? perFrame[place]?.[frame - 1] : (elements[place] ?? null);
    },
  };
}

const ours = (
  values: Readonly<Record<string, readonly (string | number | null)[]>>,
): OurValues => ({
  state: "stored",
  warnings: [],
  value: (column, frame) => values[column]?.[frame - 1] ?? null,
});

const differences = (stored: OurValues, reading: Reading): Partial<Difference>[] =>
  compareValues("file", stored, reading)
    .flatMap((each) => each.differences)
    .map(({ path, ...rest }) => rest);

test("tells frames apart, and the shared value where a frame has none", () => {
  const reading = readingOf(
    { "5200,9229/0018,9114/0018,9082": numberElement([30]) },
    {
      "5200,9230/0018,9114/0018,9082": [
        numberElement([10]),
        numberElement([20]),
        numberElement([20]),
        null,
      ],
    },
  );
  expect(differences(ours({ echo_time: [10, 20, 20, 30] }), reading)).toEqual([]);
  expect(differences(ours({ echo_time: [10, 10, 10, 30] }), reading)).toEqual([
    { column: "echo_time", frame: 2, frames: 2, ours: 10, theirs: "20" },
  ]);
});

test("converts units by itself", () => {
  const reading = readingOf({ "0018,8151": textElement(["120000"]) });
  expect(differences(ours({ x_ray_tube_current: [120] }), reading)).toEqual([]);
  expect(differences(ours({ x_ray_tube_current: [120_000] }), reading)).toMatchObject([
    { ours: 120_000, theirs: "120" },
  ]);
});

test("takes the next place where a value cannot be valid", () => {
  const reading = readingOf({
    "0018,0082": textElement(["0"]),
    "0018,9079": numberElement([900]),
  });
  expect(differences(ours({ inversion_time: [900], inversion_times: ["900"] }), reading)).toEqual(
    [],
  );
});

test("finds what we lack and what we have too much", () => {
  const reading = readingOf({ "0008,0060": textElement(["MR"]) });
  expect(differences(ours({ series_description: ["a"] }), reading)).toEqual([
    { column: "modality", frame: 1, frames: 1, ours: null, theirs: "MR" },
    { column: "series_description", frame: 1, frames: 1, ours: "a", theirs: "" },
  ]);
});

test("leaves out what the other program does not tell", () => {
  const reading = readingOf({}, { "5200,9230/0018,9114/0018,9082": [undefined, undefined] });
  expect(compareValues("file", ours({ echo_time: [1, 2] }), reading)).toEqual([]);
});
