/** Smallest and largest value of some frames, null where none has one. */
export function rangeOf(
  column: Float64Array,
  frames: Int32Array,
): [smallest: number, largest: number] | null {
  let smallest = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  for (const frame of frames) {
    const value = column[frame] as number;
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  return smallest <= largest ? [smallest, largest] : null;
}
