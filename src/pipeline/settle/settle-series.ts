/**
 * A series as its present files say: the most frequent value of each column, what varies, its stacks, and
 * the problems worth a look. Pure.
 */
import { columnsOf } from "#catalogue/catalogue.ts";
import type { Column, ColumnTable } from "#catalogue/column.ts";
import { ValueCount } from "#pipeline/most-frequent.ts";
import type { SeriesFrames } from "#stacks/series-frames.ts";
import { type Stack, type StackOptions, stackSeries } from "#stacks/stack-series.ts";
import { coordinateColumns, isIdentifier, seriesColumns, settingColumns } from "#store/columns.ts";
import { type Cell, eachRow } from "#store/packed-rows.ts";
import {
  loadedInstanceCells,
  type ProblemRow,
  type SeriesContent,
  type SeriesResult,
  type SettledStack,
} from "#store/settlement.ts";
import { assembleFrames } from "./series-frames.ts";

const tables: readonly ColumnTable[] = [
  "series",
  "mri_series_details",
  "ct_series_details",
  "pet_series_details",
];

/** Columns that a series and its details show. */
const shown: readonly Column[] = [...new Set(tables.flatMap((table) => columnsOf(table)))].filter(
  (column) => !isIdentifier(column),
);

const indexOf = (list: readonly Column[]): ReadonlyMap<string, number> =>
  new Map(list.map((column, index) => [column.name, index]));
const seriesIndex = indexOf(seriesColumns);
const settingIndex = indexOf(settingColumns);
const coordinateIndex = indexOf(coordinateColumns);

const firstFrameColumns: ReadonlySet<string> = new Set(
  shown.filter((column) => column.copies?.some((copy) => copy.of === "first")).map((c) => c.name),
);

export function settleSeries(content: SeriesContent, options: StackOptions): SeriesResult {
  const instances = content.instances.rows;
  const settingWeights = weighSettings(content);
  const values: Record<string, Cell> = {};
  const varying: Record<string, number> = {};
  for (const column of shown) {
    const summary = summarize(column, content, settingWeights);
    if (summary === null) continue;
    values[column.name] = summary.value;
    if (summary.distinct > 1 && column.scope !== "coordinate") {
      varying[column.name] = summary.distinct;
    }
  }
  const modality = (values["modality"] ?? null) as string | null;
  const { frames, instanceIds } = assembleFrames(content, modality);
  const stacks = frames.count === 0 ? [] : stackSeries(frames, options);
  const names = Object.keys(varying).sort();
  return {
    seriesId: content.seriesId,
    values,
    modality,
    varying:
      names.length === 0
        ? null
        : JSON.stringify(Object.fromEntries(names.map((name) => [name, varying[name]]))),
    instances,
    frames: frames.count,
    tupleWeights: content.tuples.map(({ seriesValuesId, weight }) => ({ seriesValuesId, weight })),
    stacks: stacks.map((stack) => settleStack(stack, frames, instanceIds)),
    problems: problemsOf(content),
  };
}

/** Frames per tuple of settings. */
function weighSettings(content: SeriesContent): Map<number, number> {
  const weights = new Map<number, number>();
  const add = (id: number, weight: number): void => {
    weights.set(id, (weights.get(id) ?? 0) + weight);
  };
  const settingCell = loadedInstanceCells.indexOf("frameValuesId");
  eachRow(content.instances, (row) => {
    const id = row[settingCell];
    if (typeof id === "number") add(id, 1);
  });
  for (const range of content.ranges) add(range.frameValuesId, range.last - range.first + 1);
  return weights;
}

function summarize(
  column: Column,
  content: SeriesContent,
  settingWeights: ReadonlyMap<number, number>,
): { value: Cell; distinct: number } | null {
  const count = new ValueCount();
  const ofSeries = seriesIndex.get(column.name);
  const ofSetting = settingIndex.get(column.name);
  const ofCoordinate = coordinateIndex.get(column.name);
  if (ofSeries !== undefined) {
    for (const tuple of content.tuples) count.add(tuple.values[ofSeries] ?? null, tuple.weight);
  } else if (ofSetting !== undefined) {
    for (const { frameValuesId, values } of content.settings) {
      count.add(values[ofSetting] ?? null, settingWeights.get(frameValuesId) ?? 0);
    }
  } else if (ofCoordinate !== undefined) {
    if (firstFrameColumns.has(column.name)) return firstCoordinate(content, ofCoordinate);
    countCoordinates(content, column.name, ofCoordinate, count);
  } else return null;
  return count.summary();
}

const firstCoordinateCell = loadedInstanceCells.length;

function countCoordinates(
  content: SeriesContent,
  name: string,
  index: number,
  count: ValueCount,
): void {
  eachRow(content.instances, (row) => count.add(row[firstCoordinateCell + index] ?? null, 1));
  for (const range of content.ranges) {
    const value = (JSON.parse(range.coordinates) as Record<string, Cell | Cell[]>)[name] ?? null;
    if (Array.isArray(value)) for (const each of value) count.add(each, 1);
    else count.add(value, range.last - range.first + 1);
  }
}

/** Of the first frame in canonical order that has one. */
function firstCoordinate(content: SeriesContent, index: number): { value: Cell; distinct: number } {
  let found: Cell = null;
  const name = (coordinateColumns[index] as Column).name;
  const firstRange = new Map<number, string>();
  for (const range of content.ranges) {
    if (!firstRange.has(range.instanceId)) firstRange.set(range.instanceId, range.coordinates);
  }
  eachRow(content.instances, (row) => {
    if (found !== null) return;
    found = row[firstCoordinateCell + index] ?? null;
    const packed = firstRange.get(row[0] as number);
    if (found === null && packed !== undefined) {
      const value = (JSON.parse(packed) as Record<string, Cell | Cell[]>)[name] ?? null;
      found = Array.isArray(value) ? (value[0] ?? null) : value;
    }
  });
  return { value: found, distinct: 0 };
}

function settleStack(
  stack: Stack,
  frames: SeriesFrames,
  instanceIds: readonly number[],
): SettledStack {
  const representative = stack.representative;
  return {
    stackKey: stack.key,
    stackIndex: stack.index,
    values: {
      ...stack.columns,
      stack_index: stack.index,
      stack_modality: stack.modality,
      stack_reason: stack.reason,
    },
    representativeInstanceId: instanceIds[frames.instance[representative] as number] as number,
    representativeFrame: frames.frameNumber[representative] as number,
    members: membersOf(stack, frames, instanceIds),
  };
}

/** Instances of a stack, with the ranges of their frames where not all belong to it. */
function membersOf(
  stack: Stack,
  frames: SeriesFrames,
  instanceIds: readonly number[],
): { instanceId: number; frames: string | null }[] {
  const total = new Map<number, number>();
  for (const instance of frames.instance) total.set(instance, (total.get(instance) ?? 0) + 1);
  const byInstance = new Map<number, number[]>();
  for (const frame of stack.frames) {
    const instance = frames.instance[frame] as number;
    const list = byInstance.get(instance) ?? [];
    list.push(frames.frameNumber[frame] as number);
    byInstance.set(instance, list);
  }
  return [...byInstance].map(([instance, numbers]) => ({
    instanceId: instanceIds[instance] as number,
    frames: numbers.length === total.get(instance) ? null : formatRanges(numbers),
  }));
}

/** `1-3,7`, of numbers in any order. */
export function formatRanges(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b);
  const parts: string[] = [];
  let first = sorted[0] as number;
  sorted.forEach((number, index) => {
    const next = sorted[index + 1];
    if (next === number + 1) return;
    parts.push(first === number ? `${first}` : `${first}-${number}`);
    first = next as number;
  });
  return parts.join(",");
}

function problemsOf(content: SeriesContent): ProblemRow[] {
  return content.warnings.map(({ code, count, example }) => ({
    code,
    about: "series",
    id: content.seriesId,
    column: "",
    count,
    example,
  }));
}
