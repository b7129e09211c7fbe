import { median } from "#stacks/numbers.ts";
import { type Positions, positionsOf } from "./positions.ts";

/** mm, and part of the median: how far a gap may be off before the slices count as irregular. */
const GAP_TOLERANCE = 0.05;
const GAP_TOLERANCE_RELATIVE = 0.01;

/** Gaps in mm between neighbouring positions of the frames, plane by plane. */
export function gapsOf(positions: Positions, frames: Int32Array): Float64Array {
  const sorted = Int32Array.from(positionsOf(positions, frames)).sort();
  const gaps: number[] = [];
  for (let index = 1; index < sorted.length; index++) {
    const before = sorted[index - 1] as number;
    const after = sorted[index] as number;
    if (positions.planes[before] !== positions.planes[after]) continue;
    gaps.push((positions.values[after] as number) - (positions.values[before] as number));
  }
  return Float64Array.from(gaps);
}

/** Median gap between neighbouring positions in mm, NaN for fewer than two positions in a plane. */
export const findGap = (positions: Positions, frames: Int32Array): number =>
  median(gapsOf(positions, frames));

/** Whether a gap differs from the median by more than 0.05 mm and 1 %. */
export function areIrregular(gaps: Float64Array): boolean {
  const middle = median(gaps);
  const tolerance = Math.max(GAP_TOLERANCE, GAP_TOLERANCE_RELATIVE * middle);
  return gaps.some((gap) => Math.abs(gap - middle) > tolerance);
}
