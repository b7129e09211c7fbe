/** What is stored of a series, in the form in which the stack rules take it. */
import type { Column } from "#catalogue/column.ts";
import type { SeriesFrames, Settings } from "#stacks/series-frames.ts";
import { coordinateColumns, settingColumns } from "#store/columns.ts";
import type { Cell } from "#store/packed-rows.ts";
import { coordinateAt, type LoadedRange, type LoadedSeries } from "./loaded-series.ts";

/** The frames, and which stored instance each of `frames.instances` is. */
export interface AssembledFrames {
  readonly frames: SeriesFrames;
  readonly instanceIds: readonly number[];
}

/** The columns that the rules read, and where they stand among all. */
const inputsOf = (columns: readonly Column[]): { name: string; index: number }[] =>
  columns.flatMap(({ name, stackInput }, index) => (stackInput ? [{ name, index }] : []));

const settingInputs = inputsOf(settingColumns);
const coordinateInputs = inputsOf(coordinateColumns);

/** Coordinates that hold three numbers in one text. */
const vectors: ReadonlySet<string> = new Set([
  "image_position_patient",
  "diffusion_gradient_orientation",
  "ge_gradient_image_frame",
]);

/** Present instances by SOP Instance UID, each with its frames in order. */
export function assembleFrames(series: LoadedSeries, modality: string | null): AssembledFrames {
  const { content, instances } = series;
  const places = placeFrames(series);
  const used = [...new Set(places.row)];
  const instanceOfRow = new Map(used.map((row, instance) => [row, instance]));
  return {
    frames: {
      modality,
      settings: content.settings.map(
        ({ values }): Settings =>
          Object.fromEntries(settingInputs.map(({ name, index }) => [name, values[index] ?? null])),
      ),
      instances: used.map((row) => instances.uids[row] as string),
      count: places.row.length,
      setting: Int32Array.from(places.setting),
      instance: Int32Array.from(places.row, (row) => instanceOfRow.get(row) as number),
      frameNumber: Int32Array.from(places.frameNumber),
      numbers: readNumbers(series, places),
    },
    instanceIds: used.map((row) => instances.ids[row] as number),
  };
}

/** Where the values of each frame lie. */
interface FramePlaces {
  /** Row of its instance. */
  readonly row: readonly number[];
  /** Range that it lies in, null where the instance has the values. */
  readonly range: readonly (LoadedRange | null)[];
  /** Index into the settings. */
  readonly setting: readonly number[];
  /** 0 = the whole instance. */
  readonly frameNumber: readonly number[];
}

function placeFrames({ content, instances, ranges }: LoadedSeries): FramePlaces {
  const settingIndex = new Map(
    content.settings.map((setting, index) => [setting.frameValuesId, index]),
  );
  const settingOf = (valuesId: number): number => {
    const index = settingIndex.get(valuesId);
    if (index === undefined) throw new Error(`settings ${valuesId} were not loaded`);
    return index;
  };
  const rangesOf = Map.groupBy(ranges, (range) => range.instanceId);
  const row: number[] = [];
  const range: (LoadedRange | null)[] = [];
  const setting: number[] = [];
  const frameNumber: number[] = [];
  const add = (at: number, own: LoadedRange | null, valuesId: number, frame: number): void => {
    row.push(at);
    range.push(own);
    setting.push(settingOf(valuesId));
    frameNumber.push(frame);
  };
  for (let at = 0; at < instances.count; at++) {
    if (instances.frameCounts[at] === 0) continue;
    const own = rangesOf.get(instances.ids[at] as number);
    if (own === undefined) {
      const isMultiFrame = (instances.numbersOfFrames[at] ?? 1) > 1;
      add(at, null, instances.frameValuesIds[at] as number, isMultiFrame ? 0 : 1);
      continue;
    }
    for (const each of own) {
      for (let frame = each.first; frame <= each.last; frame++) {
        add(at, each, each.frameValuesId, frame);
      }
    }
  }
  return { row, range, setting, frameNumber };
}

/** Coordinates by name; vectors as three, date and time of acquisition as one. */
function readNumbers(series: LoadedSeries, places: FramePlaces): Record<string, Float64Array> {
  const numbers: Record<string, Float64Array> = {};
  const columns = new Map(
    coordinateInputs.map(({ name, index }) => [name, cellsOf(series, places, index)]),
  );
  for (const [name, cells] of columns) {
    if (cells === null || name === "acquisition_date" || name === "acquisition_time") continue;
    if (vectors.has(name)) Object.assign(numbers, readVectors(name, cells));
    else if (cells.some((cell) => typeof cell === "number")) numbers[name] = readScalars(cells);
  }
  const times = columns.get("acquisition_time") ?? null;
  if (times !== null) {
    numbers["acquisition_datetime"] = readTimes(columns.get("acquisition_date") ?? null, times);
  }
  return numbers;
}

/** One coordinate of every frame; null where no frame has it. */
function cellsOf(
  { instances, ranges }: LoadedSeries,
  places: FramePlaces,
  column: number,
): readonly Cell[] | null {
  const ofInstances = instances.coordinates[column] ?? null;
  const isRanged = ranges.some((range) => (range.coordinates[column] ?? null) !== null);
  if (ofInstances === null && !isRanged) return null;
  return places.row.map((row, frame) => {
    const range = places.range[frame] ?? null;
    return range === null
      ? (ofInstances?.[row] ?? null)
      : coordinateAt(range, column, places.frameNumber[frame] as number);
  });
}

const readScalars = (cells: readonly Cell[]): Float64Array =>
  Float64Array.from(cells, (cell) => (typeof cell === "number" ? cell : Number.NaN));

function readVectors(name: string, cells: readonly Cell[]): Record<string, Float64Array> {
  const [x, y, z] = [0, 1, 2].map(() => new Float64Array(cells.length).fill(Number.NaN)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  cells.forEach((cell, frame) => {
    if (typeof cell !== "string") return;
    const first = cell.indexOf("\\");
    const second = cell.indexOf("\\", first + 1);
    x[frame] = Number(cell.slice(0, first));
    y[frame] = Number(cell.slice(first + 1, second));
    z[frame] = Number(cell.slice(second + 1));
  });
  return { [`${name}_x`]: x, [`${name}_y`]: y, [`${name}_z`]: z };
}

/** Seconds since 1970 of wall clock without a zone; of the day alone where there is no date. */
function readTimes(dates: readonly Cell[] | null, times: readonly Cell[]): Float64Array {
  const days = new Map<Cell, number>();
  return Float64Array.from(times, (time, frame) => {
    if (typeof time !== "string") return Number.NaN;
    const date = dates?.[frame] ?? null;
    let day = days.get(date);
    if (day === undefined) {
      day = typeof date === "string" ? Date.parse(`${date}T00:00:00Z`) / 1000 : 0;
      days.set(date, day);
    }
    return (Number.isNaN(day) ? 0 : day) + secondsOfDay(time);
  });
}

/** Of `HH:MM:SS.ffffff`, which may end early. */
const secondsOfDay = (time: string): number =>
  Number(time.slice(0, 2)) * 3600 + Number(time.slice(3, 5)) * 60 + Number(time.slice(6));
