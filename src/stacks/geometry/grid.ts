/** The grid of a stack: its positions, and how many images lie at each of them. */
import type { SeriesView } from "#stacks/series-view.ts";

export interface Grid {
  /** Distinct positions, ascending; indices into the positions of the series. */
  readonly positions: Int32Array;
  /** Images at each of them; of images that share a coordinate one counts. */
  readonly counts: Int32Array;
  /** Images with a position. */
  readonly placed: number;
  /** Images that share their coordinate with another one, beyond the first of each. */
  readonly doubled: number;
}

/** What tells images of one coordinate apart. */
export interface Telling {
  /** A value per frame that does so, where there is one. */
  readonly further: Float64Array | null;
  /** Volumes in time that are announced without a number on each image; 1 = none. */
  readonly volumes: number;
}

/**
 * Counts the images at each position. n log n; coordinates are asked for only where nothing cheaper tells.
 */
export function measureGrid(
  series: SeriesView,
  frames: Int32Array,
  { further, volumes }: Telling = { further: null, volumes: 1 },
): Grid {
  const { of } = series.positions;
  const placed = frames.filter((frame) => (of[frame] as number) >= 0);
  const { positions, counts } = countRuns(placed.map((frame) => of[frame] as number).sort());
  const grid = { positions, counts, placed: placed.length, doubled: 0 };
  if (positions.length === placed.length || largest(counts) <= volumes) return grid;
  const ranks = placed.map((frame) => rankOf(positions, of[frame] as number));
  if (sum(countDistinct(ranks, counts, mixCoordinates(series, placed))) === placed.length) {
    return grid;
  }
  const coordinates = series.coordinates();
  const whole = Float64Array.from(placed, (frame) => coordinates[frame] as number);
  const distinct = countDistinct(ranks, counts, further ? pairUp(whole, placed, further) : whole);
  return { ...grid, counts: distinct, doubled: placed.length - sum(distinct) };
}

/** A number per frame for its coordinate and its further value. */
function pairUp(
  coordinates: Float64Array,
  frames: Int32Array,
  further: Float64Array,
): Float64Array {
  const numbers = new Map<number, number>();
  return coordinates.map((coordinate, index) => {
    const value = further[frames[index] as number] as number;
    const number = numbers.get(value) ?? numbers.size;
    numbers.set(value, number);
    // Both are below the number of frames of the series, so the pair is exact below 2⁵³.
    return coordinate * further.length + number;
  });
}

function countRuns(sorted: Int32Array): { positions: Int32Array; counts: Int32Array } {
  const positions: number[] = [];
  const counts: number[] = [];
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    const value = sorted[start] as number;
    while (end < sorted.length && sorted[end] === value) end++;
    positions.push(value);
    counts.push(end - start);
  }
  return { positions: Int32Array.from(positions), counts: Int32Array.from(counts) };
}

/** Index of a value in a sorted list that holds it. */
function rankOf(sorted: Int32Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Different values at each position. `ranks` and `values` are per image, `counts` images per position. */
function countDistinct(ranks: Int32Array, counts: Int32Array, values: Float64Array): Int32Array {
  const starts = new Int32Array(counts.length);
  for (let rank = 1; rank < counts.length; rank++) {
    starts[rank] = (starts[rank - 1] as number) + (counts[rank - 1] as number);
  }
  const next = starts.slice();
  const byPosition = new Float64Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const rank = ranks[index] as number;
    const place = next[rank] as number;
    byPosition[place] = values[index] as number;
    next[rank] = place + 1;
  }
  return counts.map((count, rank) => {
    const start = starts[rank] as number;
    const sorted = byPosition.subarray(start, start + count).sort();
    let distinct = 1;
    for (let index = 1; index < count; index++) {
      if (sorted[index] !== sorted[index - 1]) distinct++;
    }
    return distinct;
  });
}

/**
 * A number per frame made of parts of its coordinate. Where two differ, so do the coordinates; where they
 * are equal, only the coordinates can tell. Enough in most series: of 100,000 images all of measureGrid then
 * takes 0.14 µs each, and the coordinates alone 0.44.
 */
function mixCoordinates(series: SeriesView, frames: Int32Array): Float64Array {
  const { bValues, directions } = series.diffusion;
  const mixed = new Float64Array(frames.length);
  [
    series.numbers("temporal_position_identifier"),
    series.numbers("trigger_time"),
    series.numbers("cardiac_phase"),
    series.numbers("acquisition_number"),
    series.numbers("acquisition_datetime"),
    series.numbers("frame_reference_time"),
    bValues,
    directions.x,
    directions.y,
    directions.z,
  ].forEach((column, place) => {
    // Roots have no common measure, so that steps of several columns seldom cancel out.
    const weight = Math.sqrt(place + 2);
    for (let index = 0; index < frames.length; index++) {
      const value = column[frames[index] as number] as number;
      if (!Number.isNaN(value)) mixed[index] = (mixed[index] as number) + value * weight;
    }
  });
  return mixed;
}

/**
 * Volumes that the images were meant to make: the largest number at a position where most of the
 * positions have two or more, as in a run that was broken off; else 1, of which some slices were repeated.
 */
export const countVolumes = ({ counts }: Grid): number =>
  counts.filter((count) => count >= 2).length * 2 > counts.length ? largest(counts) : 1;

/** Whether the positions were not all taken equally often. */
export const isUneven = ({ counts }: Grid): boolean => counts.some((count) => count !== counts[0]);

/** Images that would make the grid complete, when so many positions have no image at all. */
export function countMissing(grid: Grid, missingPositions: number): number {
  const volumes = countVolumes(grid);
  return grid.counts.reduce(
    (missing, count) => missing + Math.max(0, volumes - count),
    missingPositions * volumes,
  );
}

/** Whether all positions of a grid are also another's, which has more. */
export function isWithin({ positions }: Grid, wider: Grid): boolean {
  if (positions.length >= wider.positions.length) return false;
  let at = 0;
  for (const position of wider.positions) if (positions[at] === position) at++;
  return at === positions.length;
}

const sum = (counts: Int32Array): number => counts.reduce((total, count) => total + count, 0);

const largest = (counts: Int32Array): number =>
  counts.reduce((most, count) => Math.max(most, count), 0);
