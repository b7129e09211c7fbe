import { describe, expect, test } from "vitest";
import { viewSeries } from "#stacks/series-view.ts";
import { stackSeries } from "#stacks/stack-series.ts";
import { buildSeries, repeat, slices, type TestFrame } from "#stacks/testing/build-series.ts";
import { findDetails, type StackDetails } from "./stack-details.ts";

const options = { ctSplitOnDose: "auto" } as const;

/** Of the first stack. */
function detailsOf(list: readonly TestFrame[], modality = "MR"): StackDetails | null {
  const frames = buildSeries(modality, list);
  const [stack] = stackSeries(frames, options);
  return stack === undefined ? null : findDetails(viewSeries(frames, options), stack);
}

test("a stack without fault has settings and nothing else", () => {
  const details = detailsOf(slices(5, { rows: 64, columns: 32, echo_time: 5 }));
  expect(details).toMatchObject({ gaps: null, hole: null, twins: null });
  expect(details?.settings).toMatchObject({ rows: 64, columns: 32, slice_thickness: null });
  expect(details?.settings).not.toHaveProperty("echo_time");
});

describe("a missing slice", () => {
  test("lies between two positions", () => {
    const list = slices(9, {}, { start: 10, spacing: 3 }).toSpliced(4, 2);
    expect(detailsOf(list)).toMatchObject({ gaps: [3, 9], hole: { between: [19, 28] } });
  });

  test("is at a position that has too few images", () => {
    const volumes = repeat(3, (time) =>
      slices(4, {}, { numbers: () => ({ temporal_position_identifier: time }) }),
    );
    expect(detailsOf(volumes.toSpliced(9, 1))?.hole).toEqual({ at: 2, images: 2 });
  });

  test("is no gap that is a coarser spacing", () => {
    const fine = slices(12, {}, { spacing: 2 });
    const coarse = slices(6, {}, { spacing: 4, start: 26 });
    const details = detailsOf([...fine, ...coarse]);
    expect(details).toMatchObject({ gaps: [2, 4], hole: null });
  });
});

describe("doubled images", () => {
  test("are a pair, and how often each place was taken", () => {
    const twice = repeat(2, () => slices(3, {}));
    expect(detailsOf(twice)?.twins).toEqual({ times: 2, frames: [0, 3] });
    expect(detailsOf(twice.slice(0, 5))?.twins).toEqual({ times: null, frames: [0, 3] });
  });

  test("are none where inversion times of one stack tell them apart", () => {
    const shuffled = repeat(5, (time) =>
      slices(5, {}, { numbers: (slice) => ({ inversion_time: 100 + (slice * 5 + time) * 20 }) }),
    );
    expect(detailsOf(shuffled)?.twins).toBeNull();
    const [first] = shuffled as [TestFrame];
    expect(detailsOf([...shuffled, first])?.twins).toEqual({ times: null, frames: [0, 25] });
  });
});
