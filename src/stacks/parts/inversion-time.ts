import { positionsOf } from "#stacks/geometry/positions.ts";
import { absentLabel, type PartLabel, wordLabel } from "#stacks/group.ts";
import type { SeriesView } from "#stacks/series-view.ts";
import type { GroupingStep } from "./grouping-step.ts";

/** 1 ms: jitter of computed times is below 0.5 ms, differences wanted are 5 ms and more. */
export const INVERSION_TIME_DECIMALS = 0;

/** Look-Locker series have 20 to 40. */
export const MOST_TIMES = 64;

const variesLabel = wordLabel("VAR");

/**
 * TI, ms. Times split if each was measured on at least half of the slices of one plane. Otherwise the time
 * follows the heart (MOLLI) or was shuffled over slices, and all are one: `TI=VAR`.
 */
export const inversionTime: GroupingStep = {
  part: "TI",
  prepare(modality) {
    const { series } = modality;
    const { labelOf } = modality.clusters("inversion_time", INVERSION_TIME_DECIMALS);
    return (group) => {
      const labels = Array.from(group.frames, labelOf);
      const timed = [...labels.keys()].filter((index) => labels[index] !== absentLabel);
      const byPlane = Map.groupBy(
        timed,
        (index) => series.planes.of[group.frames[index] as number] as number,
      );
      for (const indices of byPlane.values()) {
        if (covers(series, group.frames, indices, labels)) continue;
        for (const index of indices) {
          labels[index] = variesLabel;
          series.flags.mark(group.frames[index] as number, "inversion-time-varies");
        }
      }
      return labels;
    };
  },
};

/** Whether each inversion time of these frames covers at least half of their positions. */
function covers(
  series: SeriesView,
  frames: Int32Array,
  indices: readonly number[],
  labels: readonly PartLabel[],
): boolean {
  const byTime = Map.groupBy(indices, (index) => labels[index] as PartLabel);
  if (byTime.size > MOST_TIMES) return false;
  const countPositions = (list: readonly number[]): number =>
    positionsOf(
      series.positions,
      list.map((index) => frames[index] as number),
    ).size;
  const all = countPositions(indices);
  return [...byTime.values()].every((list) => countPositions(list) * 2 >= all);
}
