import { positionsOf } from "#stacks/geometry/positions.ts";
import type { PartLabel } from "#stacks/group.ts";
import { toGrains } from "#stacks/numbers.ts";
import { discriminator, type GroupTest, missingLabel } from "./discriminator.ts";

/** 1 ms */
export const REPETITION_TIME_DECIMALS = 0;

const MOST_TIMES = 4;

/**
 * TR, ms. Times separate only if they were planned, as for dual-TR B1 maps (dcm2niix#641, #743): few, far
 * apart, each on all slices and equally often. Triggered scans, whose time follows the heart, stay together.
 */
export const repetitionTime = discriminator(
  "TR",
  (modality) => modality.clusters("repetition_time", REPETITION_TIME_DECIMALS).labelOf,
  ({ series }): GroupTest =>
    (group, labels) => {
      const frames = Map.groupBy(group.frames, (_, index) => labels[index] as PartLabel);
      frames.delete(missingLabel);
      if (frames.size < 2 || frames.size > MOST_TIMES || !areFarApart([...frames.keys()])) {
        return false;
      }
      const counts = Array.from(frames.values(), (list) => list.length);
      const most = counts.reduce((a, b) => Math.max(a, b));
      const fewest = counts.reduce((a, b) => Math.min(a, b));
      if ((most - fewest) * 10 > most) return false;
      const all = positionsOf(series.positions, group.frames).size;
      return (
        all > 0 &&
        [...frames.values()].every(
          (list) => positionsOf(series.positions, list).size * 10 >= all * 9,
        )
      );
    },
);

/** Whether each time is 5 % above the one before it, or more. */
function areFarApart(labels: readonly PartLabel[]): boolean {
  const grains = labels.map((label) => toGrains(label.value ?? 0)).sort((a, b) => a - b);
  return grains.every((value, index) => value * 100 >= (grains[index - 1] ?? 0) * 105);
}
