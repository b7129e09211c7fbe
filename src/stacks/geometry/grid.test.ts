import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { viewSeries } from "#stacks/series-view.ts";
import { buildSeries, repeat, slices, type TestFrame, TRA } from "#stacks/testing/build-series.ts";
import { countMissing, countVolumes, type Grid, isUneven, isWithin, measureGrid } from "./grid.ts";

const view = (frames: readonly TestFrame[]) =>
  viewSeries(buildSeries("MR", frames), { ctSplitOnDose: "auto" });

function gridOf(frames: readonly TestFrame[]): Grid {
  const series = view(frames);
  return measureGrid(series, series.order);
}

const gridOfCounts = (...counts: number[]): Grid => ({
  positions: Int32Array.from(counts.keys()),
  counts: Int32Array.from(counts),
  placed: counts.reduce((sum, count) => sum + count, 0),
  doubled: 0,
});

test("asks for no coordinates where every image has a position of its own, or a time", () => {
  const withoutCoordinates = (frames: readonly TestFrame[]): Grid => {
    const series = view(frames);
    const coordinates = (): never => {
      throw new Error("coordinates were asked for");
    };
    return measureGrid({ ...series, coordinates }, series.order);
  };
  expect(withoutCoordinates(slices(9, {})).positions).toHaveLength(9);
  const run = repeat(4, (volume) =>
    slices(3, {}, { numbers: () => ({ acquisition_datetime: 1.6e9 + volume * 0.72 }) }),
  );
  expect(withoutCoordinates(run)).toMatchObject({ counts: Int32Array.of(4, 4, 4), doubled: 0 });
});

test("counts images of one coordinate once", () => {
  expect(gridOf([...slices(3, {}), ...slices(2, {})])).toEqual({
    positions: Int32Array.of(0, 1, 2),
    counts: Int32Array.of(1, 1, 1),
    placed: 5,
    doubled: 2,
  });
});

test("tells images apart by what only the whole coordinate knows", () => {
  const frames = ["LABEL", "CONTROL"].flatMap((asl_context) => slices(3, { asl_context }));
  expect(gridOf(frames)).toMatchObject({ counts: Int32Array.of(2, 2, 2), doubled: 0 });
});

test("tells segments and metabolites apart", () => {
  const segments = [1, 2, 3].flatMap((number) => slices(3, { referenced_segment_number: number }));
  expect(gridOf(segments)).toMatchObject({ counts: Int32Array.of(3, 3, 3), doubled: 0 });
  const maps = ["NAA", "Cho"].flatMap((text) => slices(3, { metabolite_map_description: text }));
  expect(gridOf(maps)).toMatchObject({ counts: Int32Array.of(2, 2, 2), doubled: 0 });
  const twice = [1, 1].flatMap((number) => slices(3, { referenced_segment_number: number }));
  expect(gridOf(twice)).toMatchObject({ doubled: 3 });
});

test("tells images apart by a further value where one is given", () => {
  const series = view([5, 7, 7].flatMap((inversion_time) => slices(3, { inversion_time })));
  const further = series.numbers("inversion_time");
  expect(measureGrid(series, series.order, { further, volumes: 1 })).toMatchObject({
    counts: Int32Array.of(2, 2, 2),
    doubled: 3,
  });
});

test("leaves out images without a position", () => {
  expect(gridOf([...slices(3, {}), { settings: {} }, { settings: {} }])).toMatchObject({
    placed: 3,
    doubled: 0,
  });
});

test("counts as comparing all pairs would", () => {
  const frame = fc.record({
    settings: fc.record({
      image_orientation_patient: fc.constantFrom(TRA, null),
      asl_context: fc.constantFrom("LABEL", "CONTROL"),
    }),
    numbers: fc.record({
      image_position_patient_x: fc.constant(0),
      image_position_patient_y: fc.constant(0),
      image_position_patient_z: fc.constantFrom(0, 2, 4, 10, Number.NaN),
      acquisition_number: fc.constantFrom(0, 1, 2, Number.NaN),
      trigger_time: fc.constantFrom(0, 1, Number.NaN),
      diffusion_b_value: fc.constantFrom(0, 1000, Number.NaN),
    }),
  });
  fc.assert(
    fc.property(fc.array(frame, { minLength: 1, maxLength: 40 }), (frames) => {
      const placed = frames.filter(
        ({ settings, numbers }) =>
          settings.image_orientation_patient !== null &&
          !Number.isNaN(numbers.image_position_patient_z),
      );
      const coordinates = new Map(
        placed.map((each) => [JSON.stringify(each), each.numbers.image_position_patient_z]),
      );
      const counts = Map.groupBy(coordinates.values(), (z) => z);
      const grid = gridOf(frames);
      expect(grid.placed).toBe(placed.length);
      expect(grid.doubled).toBe(placed.length - coordinates.size);
      expect(Array.from(grid.counts)).toEqual(
        [...counts].sort(([a], [b]) => a - b).map(([, list]) => list.length),
      );
    }),
    { numRuns: 500 },
  );
});

describe("volumes", () => {
  test("are as many as a run has at most, also where it was broken off", () => {
    expect(countVolumes(gridOfCounts(10, 10, 10))).toBe(10);
    expect(countVolumes(gridOfCounts(10, 9, 9, 9))).toBe(10);
    expect(countMissing(gridOfCounts(10, 9, 9, 9), 0)).toBe(3);
  });

  test("are one where some slices were taken again", () => {
    expect(countVolumes(gridOfCounts(1, 1, 1, 2, 3))).toBe(1);
    expect(countMissing(gridOfCounts(1, 1, 1, 2, 3), 0)).toBe(0);
    expect(isUneven(gridOfCounts(1, 1, 1, 2, 3))).toBe(true);
    expect(countVolumes(gridOfCounts(1, 2))).toBe(1);
  });

  test("all lack a position that has no image", () => {
    expect(countMissing(gridOfCounts(3, 3, 3), 2)).toBe(6);
    expect(countMissing(gridOfCounts(1, 1, 1), 2)).toBe(2);
  });
});

test("a grid is within another that has its positions and more", () => {
  const at = (...positions: number[]): Grid => ({
    positions: Int32Array.from(positions),
    counts: new Int32Array(positions.length).fill(1),
    placed: positions.length,
    doubled: 0,
  });
  expect(isWithin(at(2, 5), at(1, 2, 3, 5))).toBe(true);
  expect(isWithin(at(2, 4), at(1, 2, 3, 5))).toBe(false);
  expect(isWithin(at(1, 2), at(1, 2))).toBe(false);
  expect(isWithin(at(1, 2, 3), at(1, 2))).toBe(false);
  expect(isWithin(at(), at(1))).toBe(true);
});
