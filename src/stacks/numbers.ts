/**
 * Rounding and clustering of numbers for keys. A quantum is given as a number of decimals: 2 is 0.01.
 * Only + − × ÷ and comparisons of doubles are used, so every platform decides alike.
 */

/** Grains per unit. Clustering compares integers, so that a gap of exactly one quantum is no float luck. */
const GRAINS = 1e5;

/** Quanta that a cluster may span above its smallest value: a ladder of small steps must not chain. */
const LONGEST_CLUSTER = 5;

/** Makes ties of decimal headers (2.345 at 0.01) go away from zero, whatever their binary form. */
const TIE = 1e-6;

/** The value in units of 10⁻⁵, rounded. */
export const toGrains = (value: number): number => Math.round(value * GRAINS);

/**
 * Rounds to a number of decimals, ties away from zero, and prints with the fewest decimals: 1.005 at 2 is
 * `1.01`. For numbers below 10¹⁵, as the catalogue's limits have them.
 */
export function roundedText(value: number, decimals: number): string {
  const scale = 10 ** decimals;
  const steps = Math.floor(Math.abs(value) * scale + 0.5 + TIE);
  if (steps === 0) return "0";
  const sign = value < 0 ? "-" : "";
  const digits = String(steps).padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, "");
  return fraction === "" ? sign + whole : `${sign}${whole}.${fraction}`;
}

/** Clusters of numbers, ascending. */
export interface Clusters {
  /** Smallest member of each cluster: the value that stands for it. */
  readonly values: Float64Array;
  /** The same in grains, for `clusterOf`. */
  readonly starts: Float64Array;
}

/**
 * Clusters the numbers that are not NaN: in ascending order a gap of more than one quantum starts a new
 * cluster, and so does a value more than `longest` quanta above the cluster's smallest. n log n.
 */
export function clusterNumbers(
  numbers: Float64Array,
  decimals: number,
  longest = LONGEST_CLUSTER,
): Clusters {
  const quantum = GRAINS / 10 ** decimals;
  const sorted = numbers.filter((value) => !Number.isNaN(value)).sort();
  const values: number[] = [];
  const starts: number[] = [];
  let start = Number.NaN;
  let previous = Number.NaN;
  for (const value of sorted) {
    const grains = toGrains(value);
    const isNear = grains - previous <= quantum && grains - start <= longest * quantum;
    if (!isNear) {
      start = grains;
      starts.push(grains);
      values.push(value);
    }
    previous = grains;
  }
  return { values: Float64Array.from(values), starts: Float64Array.from(starts) };
}

/** Index of the cluster that holds `value`, one of the numbers that were clustered. */
export function clusterOf(clusters: Clusters, value: number): number {
  const grains = toGrains(value);
  let low = 0;
  let high = clusters.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((clusters.starts[middle] as number) <= grains) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Middle of the numbers, the smaller of the two middle ones for an even count; NaN for none. */
export const median = (numbers: Float64Array): number =>
  numbers.slice().sort()[(numbers.length - 1) >> 1] ?? Number.NaN;
