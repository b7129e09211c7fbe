/** Distances between neighbouring slices: the spacing of a stack, and the holes in it. */
import { median } from "#stacks/numbers.ts";
import { type Positions, positionsOf } from "./positions.ts";

/** mm, and part of the median: how far a gap may be off before the slices count as irregular. */
const GAP_TOLERANCE = 0.05;
const GAP_TOLERANCE_RELATIVE = 0.01;

/** So many neighbouring gaps of one size, a multiple of the median, are a coarser spacing that was planned. */
const PLANNED_RUN = 3;

/** Gaps in mm between neighbours of positions that ascend and are all different, plane by plane. */
export function gapsOf({ planes, values }: Positions, sorted: Int32Array): Float64Array {
  const gaps: number[] = [];
  for (let index = 1; index < sorted.length; index++) {
    const before = sorted[index - 1] as number;
    const after = sorted[index] as number;
    if (planes[before] !== planes[after]) continue;
    gaps.push((values[after] as number) - (values[before] as number));
  }
  return Float64Array.from(gaps);
}

/** Median gap between neighbouring positions in mm, NaN for fewer than two positions in a plane. */
export const findGap = (positions: Positions, frames: Int32Array): number =>
  median(gapsOf(positions, Int32Array.from(positionsOf(positions, frames)).sort()));

/** Whether a gap differs from the median by more than 0.05 mm and 1 %. */
export function areIrregular(gaps: Float64Array): boolean {
  const middle = median(gaps);
  const tolerance = toleranceOf(middle);
  return gaps.some((gap) => Math.abs(gap - middle) > tolerance);
}

/**
 * Positions that are missing between neighbours: k − 1 in a gap of k medians. Three or more neighbouring
 * gaps of one k are no holes but a coarser spacing, such as 2.5 mm at the base of the skull and 5 mm above.
 */
export function countHoles(gaps: Float64Array): number {
  const middle = median(gaps);
  const steps = gaps.map((gap) => stepsIn(gap, middle));
  let holes = 0;
  for (let start = 0, end = 0; start < steps.length; start = end) {
    const step = steps[start] as number;
    while (end < steps.length && steps[end] === step) end++;
    if (end - start < PLANNED_RUN) holes += (end - start) * (step - 1);
  }
  return holes;
}

/** How many medians a gap is long; 1 also for one that is no multiple. */
function stepsIn(gap: number, middle: number): number {
  const tolerance = toleranceOf(middle);
  const steps = Math.round(gap / middle);
  // Of slices about as close as the tolerance any gap is a multiple.
  const isMultiple = middle > 2 * tolerance && Math.abs(gap - steps * middle) <= tolerance;
  return isMultiple && steps >= 2 ? steps : 1;
}

const toleranceOf = (middle: number): number =>
  Math.max(GAP_TOLERANCE, GAP_TOLERANCE_RELATIVE * middle);
