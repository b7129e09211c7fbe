/** The values that a stack input has on the images of one stack. */
import type { SeriesFrames } from "./series-frames.ts";
import type { stackInputs } from "./stack-inputs.ts";

/** A stack input by its catalogue column: date and time of acquisition apart. */
export type InputColumn = (typeof stackInputs)[number];

export interface InputValues {
  /** Value → number of images. Vectors are texts, components joined by a backslash; a time is in seconds. */
  readonly counts: ReadonlyMap<string | number, number>;
  /** Images without a value. */
  readonly missing: number;
}

/** Whether the images differ in it; having a value and having none differ too. */
export const isVaried = ({ counts, missing }: InputValues): boolean =>
  counts.size > 1 || (counts.size === 1 && missing > 0);

const SECONDS_PER_DAY = 86_400;

/** Value of a column on a frame, null where it has none. */
export type ColumnReader = (frame: number) => string | number | null;

export function countValues(members: Int32Array, valueAt: ColumnReader): InputValues {
  const counts = new Map<string | number, number>();
  let missing = 0;
  for (const frame of members) {
    const value = valueAt(frame);
    if (value === null) missing += 1;
    else counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return { counts, missing };
}

/** The value of a column on each frame, from where frames carry it: their own numbers, else their settings. */
export function readColumn(frames: SeriesFrames, column: InputColumn): ColumnReader {
  if (column === "acquisition_date" || column === "acquisition_time") {
    const seconds = frames.numbers["acquisition_datetime"];
    if (seconds === undefined) return () => null;
    const isDate = column === "acquisition_date";
    return (frame) => {
      const value = seconds[frame] as number;
      if (Number.isNaN(value)) return null;
      return isDate ? Math.floor(value / SECONDS_PER_DAY) : value;
    };
  }
  const settings = frames.settings.map((each) => {
    const value = each[column] ?? null;
    return typeof value === "string" && value.trim() === "" ? null : value;
  });
  const ofSetting: ColumnReader = (frame) => settings[frames.setting[frame] as number] ?? null;
  const numbers = frames.numbers[column];
  if (numbers !== undefined) {
    return (frame) => {
      const value = numbers[frame] as number;
      return Number.isNaN(value) ? ofSetting(frame) : value;
    };
  }
  const { [`${column}_x`]: x, [`${column}_y`]: y, [`${column}_z`]: z } = frames.numbers;
  if (x === undefined || y === undefined || z === undefined) return ofSetting;
  return (frame) =>
    Number.isNaN(x[frame] as number) ? null : `${x[frame]}\\${y[frame]}\\${z[frame]}`;
}

/** Numbers of a column, ascending. */
export const numbersOf = ({ counts }: InputValues): number[] =>
  [...counts.keys()]
    .map((value) => (typeof value === "string" ? Number(value) : value))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
