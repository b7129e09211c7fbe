/** Where and when a frame was taken: what tells two frames of equal settings apart. */
import type { Diffusion } from "./diffusion.ts";
import type { Planes } from "./geometry/planes.ts";
import type { Positions } from "./geometry/positions.ts";
import { type SeriesFrames, settingText } from "./series-frames.ts";
import type { StackInput } from "./stack-inputs.ts";

/** The frames of a series, with the planes and positions that they were found to lie in. */
export interface PlacedFrames {
  readonly frames: SeriesFrames;
  readonly planes: Planes;
  readonly positions: Positions;
  readonly diffusion: Diffusion;
  /** A column of numbers per frame. */
  numbers(name: StackInput): Float64Array;
}

/** What an occasion is made of, beside plane, position, diffusion weighting and ASL context. */
const occasionInputs = [
  "temporal_position_identifier",
  "trigger_time",
  "cardiac_phase",
  "acquisition_number",
  "acquisition_datetime",
  "frame_reference_time",
] as const satisfies readonly StackInput[];

/**
 * What frames of one occasion show: metabolites are maps of one measurement (PS3.3 §C.8.13.5.12), segments
 * parts of one segmentation (PS3.3 §C.8.20.3.1).
 */
const contentInputs = [
  "metabolite_map_description",
  "referenced_segment_number",
] as const satisfies readonly StackInput[];

/**
 * A number per frame, equal for frames of one occasion: plane, position, time (index, trigger, phase,
 * acquisition, frame reference), diffusion weighting and ASL context. What is not known is a value too.
 */
export function numberOccasions(series: PlacedFrames): Int32Array {
  const { frames, planes, positions, diffusion } = series;
  const { x, y, z } = diffusion.directions;
  const columns = [
    planes.of,
    positions.of,
    ...occasionInputs.map((name) => series.numbers(name)),
    diffusion.bValues,
    x,
    y,
    z,
    numberTexts(frames, "asl_context"),
  ];
  return refineAll(new Int32Array(frames.count), columns);
}

/**
 * A number per frame, equal for frames of one coordinate: the occasion, and which metabolite or segment is
 * shown. Apart from the occasion, since a map or a segment that has qualifiers of its own is to be separated
 * by them whether or not it also says what it shows.
 */
export const numberCoordinates = (frames: SeriesFrames, occasions: Int32Array): Int32Array =>
  refineAll(
    occasions,
    contentInputs.map((name) => numberTexts(frames, name)),
  );

/** A number per frame for the text of a setting. */
function numberTexts(frames: SeriesFrames, name: StackInput): Float64Array {
  const ranks = new Map<string, number>();
  const rankOf = frames.settings.map((settings) => {
    const text = settingText(settings, name) ?? "";
    const rank = ranks.get(text) ?? ranks.size;
    ranks.set(text, rank);
    return rank;
  });
  return Float64Array.from(frames.setting, (setting) => rankOf[setting] as number);
}

type Numbers = Float64Array | Int32Array;

function isConstant(column: Numbers): boolean {
  const first = column[0];
  for (const value of column) if (!Object.is(value, first)) return false;
  return true;
}

function refineAll(numbers: Int32Array, columns: readonly Numbers[]): Int32Array {
  return columns.reduce<Int32Array>(
    (refined, column) => (isConstant(column) ? refined : refine(refined, column)),
    numbers,
  );
}

/** Numbers that are equal where both the given ones and the column's values are. */
function refine(numbers: Int32Array, column: Numbers): Int32Array<ArrayBuffer> {
  const ranks = new Map<number, number>();
  const found = new Map<number, number>();
  const refined = new Int32Array(numbers.length);
  for (let frame = 0; frame < numbers.length; frame++) {
    const value = column[frame] as number;
    let rank = ranks.get(value);
    if (rank === undefined) {
      rank = ranks.size;
      ranks.set(value, rank);
    }
    // Both are below the number of frames, so the pair is exact below 2⁵³.
    const pair = (numbers[frame] as number) * numbers.length + rank;
    let number = found.get(pair);
    if (number === undefined) {
      number = found.size;
      found.set(pair, number);
    }
    refined[frame] = number;
  }
  return refined;
}
