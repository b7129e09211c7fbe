import { LabelSet, type PartLabel } from "#stacks/group.ts";
import type { SeriesView } from "#stacks/series-view.ts";
import { countByLabel } from "./collision.ts";
import { discriminator, type GroupTest, missingLabel } from "./discriminator.ts";

/**
 * ACQ: contrast phases of CT in one series, which the acquisition number tells apart (dcm2niix#721). Only
 * where positions repeat unevenly and no acquisition repeats one: as many images at every position are one
 * volume in time, and numbers that count slices must not tear a volume apart (Slicer#4872).
 */
export const acquisition = discriminator(
  "ACQ",
  ({ series }) => {
    const numbers = series.numbers("acquisition_number");
    const set = new LabelSet();
    return (frame) => {
      const number = numbers[frame] as number;
      return Number.isNaN(number) ? missingLabel : set.label(String(number), number);
    };
  },
  ({ series }): GroupTest =>
    (group, labels) =>
      isUneven(series, group.frames) &&
      areSinglePasses(series, group.frames, labels) &&
      shareMostly(series, group.frames, labels),
);

/** Whether positions do not all have the same number of images. */
function isUneven({ positions }: SeriesView, frames: Int32Array): boolean {
  const counts = new Map<number, number>();
  for (const frame of frames) {
    const position = positions.of[frame] as number;
    if (position >= 0) counts.set(position, (counts.get(position) ?? 0) + 1);
  }
  return new Set(counts.values()).size > 1;
}

/** Whether no label has two images at one position. */
function areSinglePasses(
  { positions }: SeriesView,
  frames: Int32Array,
  labels: readonly PartLabel[],
): boolean {
  const seen = new Map<PartLabel, Set<number>>();
  return labels.every((label, index) => {
    const position = positions.of[frames[index] as number] as number;
    const own = seen.get(label) ?? new Set();
    if (position >= 0 && own.has(position)) return false;
    seen.set(label, own.add(position));
    return true;
  });
}

/**
 * Whether at least half of the images are of acquisitions that went over a place where another one had been:
 * one slice taken twice among numbers that count slices is no reason.
 */
function shareMostly(
  { positions }: SeriesView,
  frames: Int32Array,
  labels: readonly PartLabel[],
): boolean {
  const labelAt = new Map<number, PartLabel | null>();
  labels.forEach((label, index) => {
    const position = positions.of[frames[index] as number] as number;
    if (position < 0) return;
    labelAt.set(position, labelAt.has(position) && labelAt.get(position) !== label ? null : label);
  });
  const counts = countByLabel(
    labels,
    (index) => labelAt.get(positions.of[frames[index] as number] as number) === null,
  );
  let repeating = 0;
  for (const { frames: count, hits } of counts.values()) if (hits > 0) repeating += count;
  return repeating * 2 >= frames.length;
}
