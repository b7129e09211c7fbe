/**
 * What the stack rules are given: the present frames of one series, column-wise. Settings (what stack
 * parts are made of) come as distinct tuples shared by frames, coordinates (place, time, counters) per frame.
 */
import { type StackInput, vectorAxes } from "./stack-inputs.ts";

/** One distinct tuple of settings, by catalogue column name (null = not known). */
export type Settings = Readonly<Record<string, string | number | null>>;

/** All present frames of one series; frames of a classic instance: one with frame number 1. */
export interface SeriesFrames {
  /** The series' modality, for frames whose settings do not say. */
  readonly modality: string | null;
  /** Distinct tuples. A tuple may give its own `modality`. */
  readonly settings: readonly Settings[];
  /** SOP Instance UIDs; the index is the instance. */
  readonly instances: readonly string[];
  /** Number of frames; the length of the arrays that follow. */
  readonly count: number;
  /** Per frame: index into `settings`. */
  readonly setting: Int32Array;
  /** Per frame: index into `instances`. */
  readonly instance: Int32Array;
  /** Per frame: 1-based; 0 = the whole instance (multi-frame without functional groups). */
  readonly frameNumber: Int32Array;
  /**
   * Coordinates per frame, by catalogue name; NaN = not known, a missing key = unknown for all. Vectors
   * come as `…_x`, `…_y`, `…_z` (position: mm), `acquisition_datetime` in seconds.
   */
  readonly numbers: Readonly<Record<string, Float64Array>>;
}

/** Tuples of settings that some frames have, by index. */
export const settingsOf = (frames: SeriesFrames, members: Int32Array): Set<number> =>
  new Set(Array.from(members, (frame) => frames.setting[frame] as number));

/** Text of a setting, null where it is not known or blank. */
export function settingText(settings: Settings, name: StackInput): string | null {
  const value = settings[name];
  if (value === null || value === undefined) return null;
  const text = String(value).trim();
  return text === "" ? null : text;
}

/** Number of a setting, NaN where it is not known or no number. */
export function settingNumber(settings: Settings, name: StackInput): number {
  const value = settings[name];
  return typeof value === "string" ? readNumber(value) : (value ?? Number.NaN);
}

/**
 * A number of every frame, whether it was given per frame or in the frames' settings; NaN = not known. A
 * column that only was given per frame is returned as it is, not copied.
 */
export function frameNumbersOf(frames: SeriesFrames, name: StackInput): Float64Array {
  const given = frames.numbers[name];
  const shared = frames.settings.map((settings) => settingNumber(settings, name));
  const isShared = shared.some((value) => !Number.isNaN(value));
  if (given !== undefined && !isShared) return given;
  const values = new Float64Array(frames.count);
  for (let frame = 0; frame < frames.count; frame++) {
    const own = given === undefined ? Number.NaN : (given[frame] as number);
    values[frame] = Number.isNaN(own)
      ? (shared[frames.setting[frame] as number] ?? Number.NaN)
      : own;
  }
  return values;
}

/** Three components of a vector per frame, whether given per frame (`…_x`) or as text in the settings. */
export function frameVectorsOf(frames: SeriesFrames, name: StackInput): Vectors {
  const [x, y, z] = vectorAxes.map((axis) => frames.numbers[name + axis]);
  if (x !== undefined && y !== undefined && z !== undefined) return { x, y, z };
  const vectors = {
    x: new Float64Array(frames.count),
    y: new Float64Array(frames.count),
    z: new Float64Array(frames.count),
  };
  const shared = frames.settings.map((settings) =>
    (settingText(settings, name) ?? "").split("\\").map(readNumber),
  );
  for (let frame = 0; frame < frames.count; frame++) {
    const values = shared[frames.setting[frame] as number];
    vectors.x[frame] = values?.[0] ?? Number.NaN;
    vectors.y[frame] = values?.[1] ?? Number.NaN;
    vectors.z[frame] = values?.[2] ?? Number.NaN;
  }
  return vectors;
}

/** One vector per frame, NaN = not known. */
export interface Vectors {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
}

/** A finite decimal, else NaN. */
function readNumber(text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
}
