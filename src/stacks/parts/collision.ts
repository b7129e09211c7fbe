/** Whether labels tell apart what place, time and weighting do not. */
import type { PartLabel } from "#stacks/group.ts";
import type { SeriesView } from "#stacks/series-view.ts";
import type { GroupTest } from "./discriminator.ts";

/**
 * The collision test: labels separate a group only if at least half of the frames of its smallest class
 * share their occasion with a frame of another class. What changes with time (coil elements at volume 100
 * of 600: dcm2niix#136) shares none and separates nothing. Of several smallest classes all must pass.
 */
export const collisionTest =
  (series: SeriesView): GroupTest =>
  (group, labels) => {
    const isMixed = mixedCoordinates(series, group.frames, labels);
    const counts = [
      ...countByLabel(labels, (index) => isMixed(group.frames[index] as number)).values(),
    ];
    const smallest = counts.reduce(
      (least, { frames }) => Math.min(least, frames),
      Number.POSITIVE_INFINITY,
    );
    return counts.every(({ frames, hits }) => frames > smallest || hits * 2 >= frames);
  };

/** Tells of each frame whether frames of several labels have its occasion. */
export function mixedCoordinates(
  series: SeriesView,
  frames: Int32Array,
  labels: readonly PartLabel[],
): (frame: number) => boolean {
  const occasions = series.occasions();
  const labelAt = new Map<number, PartLabel | null>();
  labels.forEach((label, index) => {
    const occasion = occasions[frames[index] as number] as number;
    const known = labelAt.get(occasion);
    if (known === undefined) labelAt.set(occasion, label);
    else if (known !== label) labelAt.set(occasion, null);
  });
  return (frame) => labelAt.get(occasions[frame] as number) === null;
}

/** Frames of each label, and how many of them are hit. */
export function countByLabel(
  labels: readonly PartLabel[],
  isHit: (index: number) => boolean,
): Map<PartLabel, { frames: number; hits: number }> {
  const counts = new Map<PartLabel, { frames: number; hits: number }>();
  labels.forEach((label, index) => {
    const count = counts.get(label) ?? { frames: 0, hits: 0 };
    count.frames += 1;
    if (isHit(index)) count.hits += 1;
    counts.set(label, count);
  });
  return counts;
}
