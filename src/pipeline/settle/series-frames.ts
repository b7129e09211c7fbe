/** What is stored of a series, in the form in which the stack rules take it. */
import type { SeriesFrames, Settings } from "#stacks/series-frames.ts";
import { coordinateColumns, settingColumns } from "#store/columns.ts";
import { type Cell, eachRow } from "#store/packed-rows.ts";
import { loadedInstanceCells, type SeriesContent } from "#store/settlement.ts";
import { coordinateAt, type LoadedRange } from "./frame-ranges.ts";

/** The frames, and which stored instance each of `frames.instances` is. */
export interface AssembledFrames {
  readonly frames: SeriesFrames;
  readonly instanceIds: readonly number[];
}

/** Coordinates that hold three numbers in one text. */
const vectors: ReadonlySet<string> = new Set([
  "image_position_patient",
  "diffusion_gradient_orientation",
]);

const at = Object.fromEntries(loadedInstanceCells.map((name, index) => [name, index])) as Record<
  (typeof loadedInstanceCells)[number],
  number
>;
const firstCoordinate = loadedInstanceCells.length;
const names = coordinateColumns.map((column) => column.name);

/** Present instances by SOP Instance UID, each with its frames in order. */
export function assembleFrames(
  content: SeriesContent,
  ranges: readonly LoadedRange[],
  modality: string | null,
): AssembledFrames {
  const settingIndex = new Map(
    content.settings.map((setting, index) => [setting.frameValuesId, index]),
  );
  const rangesOf = new Map<number, LoadedRange[]>();
  for (const range of ranges) {
    const list = rangesOf.get(range.instanceId) ?? [];
    list.push(range);
    rangesOf.set(range.instanceId, list);
  }
  const builder = new FrameBuilder();
  const instances: string[] = [];
  const instanceIds: number[] = [];
  eachRow(content.instances, (row) => {
    const frameCount = row[at.frameCount] as number;
    if (frameCount === 0) return;
    const instance = instances.length;
    const instanceId = row[at.instanceId] as number;
    instances.push(row[at.sopInstanceUid] as string);
    instanceIds.push(instanceId);
    const own = rangesOf.get(instanceId);
    if (own === undefined) {
      const setting = settingIndex.get(row[at.frameValuesId] as number) ?? 0;
      const isMultiFrame = ((row[at.numberOfFrames] as number | null) ?? 1) > 1;
      builder.add(
        instance,
        setting,
        isMultiFrame ? 0 : 1,
        (column) => row[firstCoordinate + column] ?? null,
      );
      return;
    }
    for (const range of own) {
      const setting = settingIndex.get(range.frameValuesId) ?? 0;
      for (let frame = range.first; frame <= range.last; frame++) {
        builder.add(instance, setting, frame, (column) => coordinateAt(range, column, frame));
      }
    }
  });
  const settings = content.settings.map(
    ({ values }): Settings =>
      Object.fromEntries(
        settingColumns.map((column, index) => [column.name, values[index] ?? null]),
      ),
  );
  return { frames: builder.finish(modality, settings, instances), instanceIds };
}

class FrameBuilder {
  readonly #instance: number[] = [];
  readonly #setting: number[] = [];
  readonly #frameNumber: number[] = [];
  readonly #numbers = new Map<string, number[]>();

  add(
    instance: number,
    setting: number,
    frameNumber: number,
    coordinate: (column: number) => Cell,
  ): void {
    const frame = this.#instance.length;
    this.#instance.push(instance);
    this.#setting.push(setting);
    this.#frameNumber.push(frameNumber);
    let date: Cell = null;
    let time: Cell = null;
    names.forEach((name, column) => {
      const value = coordinate(column);
      if (value === null) return;
      if (typeof value === "number") this.#put(name, frame, value);
      else if (vectors.has(name)) {
        const [x, y, z] = value.split("\\");
        this.#put(`${name}_x`, frame, Number(x));
        this.#put(`${name}_y`, frame, Number(y));
        this.#put(`${name}_z`, frame, Number(z));
      } else if (name === "acquisition_date") date = value;
      else if (name === "acquisition_time") time = value;
    });
    const seconds = acquisitionSeconds(date, time);
    if (seconds !== null) this.#put("acquisition_datetime", frame, seconds);
  }

  #put(name: string, frame: number, value: number): void {
    let column = this.#numbers.get(name);
    if (column === undefined) {
      column = [];
      this.#numbers.set(name, column);
    }
    while (column.length < frame) column.push(Number.NaN);
    column[frame] = value;
  }

  finish(
    modality: string | null,
    settings: readonly Settings[],
    instances: readonly string[],
  ): SeriesFrames {
    const count = this.#instance.length;
    const numbers: Record<string, Float64Array> = {};
    for (const [name, column] of this.#numbers) {
      const filled = new Float64Array(count).fill(Number.NaN);
      filled.set(column);
      numbers[name] = filled;
    }
    return {
      modality,
      settings,
      instances,
      count,
      setting: Int32Array.from(this.#setting),
      instance: Int32Array.from(this.#instance),
      frameNumber: Int32Array.from(this.#frameNumber),
      numbers,
    };
  }
}

/** Seconds since 1970 of wall clock without a zone; of the day alone where there is no date. */
function acquisitionSeconds(date: Cell, time: Cell): number | null {
  if (typeof time !== "string") return null;
  const [hours, minutes, seconds] = time.split(":").map(Number);
  const ofDay = (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
  const day = typeof date === "string" ? Date.parse(`${date}T00:00:00Z`) : 0;
  return (Number.isNaN(day) ? 0 : day / 1000) + ofDay;
}
