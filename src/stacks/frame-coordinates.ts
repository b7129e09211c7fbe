/** Where and when a frame was taken: what tells two frames of equal settings apart. */
import { settingText } from "./series-frames.ts";
import type { SeriesView } from "./series-view.ts";
import type { StackInput } from "./stack-inputs.ts";

/** What a coordinate is made of, beside plane, position and the direction of diffusion weighting. */
const coordinateInputs = [
  "temporal_position_identifier",
  "trigger_time",
  "cardiac_phase",
  "acquisition_number",
  "acquisition_datetime",
  "frame_reference_time",
] as const satisfies readonly StackInput[];

/**
 * A number per frame, equal for frames of one coordinate: plane, position, time (index, trigger, phase,
 * acquisition, frame reference), diffusion weighting and ASL context. What is not known is a value too.
 */
export function numberCoordinates(series: SeriesView): Int32Array {
  const { frames, planes, positions, diffusion } = series;
  const context = frames.settings.map((settings) => settingText(settings, "asl_context") ?? "");
  const contexts = [...new Set(context)];
  const contextOf = Float64Array.from(context, (text) => contexts.indexOf(text));
  const { x, y, z } = diffusion.directions;
  const columns = [
    planes.of,
    positions.of,
    ...coordinateInputs.map((name) => series.numbers(name)),
    diffusion.bValues,
    x,
    y,
    z,
    Float64Array.from(frames.setting, (setting) => contextOf[setting] as number),
  ];
  let numbers = new Int32Array(frames.count);
  for (const column of columns) {
    if (isConstant(column)) continue;
    numbers = refine(numbers, column);
  }
  return numbers;
}

type Numbers = Float64Array | Int32Array;

function isConstant(column: Numbers): boolean {
  const first = column[0];
  for (const value of column) if (!Object.is(value, first)) return false;
  return true;
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
