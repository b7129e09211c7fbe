/** What a series and its details show: the most frequent value of each column, and what varies. */
import { columnsOf } from "#catalogue/catalogue.ts";
import type { Column, ColumnTable } from "#catalogue/column.ts";
import { detailsTables } from "#catalogue/details-tables.ts";
import { ValueCount } from "#pipeline/most-frequent.ts";
import { coordinateColumns, isIdentifier, seriesColumns, settingColumns } from "#store/columns.ts";
import type { Cell } from "#store/packed-rows.ts";
import { coordinateAt, type LoadedRange, type LoadedSeries } from "./loaded-series.ts";

const tables: readonly ColumnTable[] = ["series", ...detailsTables];

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

export interface ShownValues {
  /** By column name. */
  readonly values: Readonly<Record<string, Cell>>;
  /** JSON of column → number of distinct values, null when none varies. Coordinates vary by nature and are left out. */
  readonly varying: string | null;
}

export function showValues(series: LoadedSeries): ShownValues {
  const settingWeights = weighSettings(series);
  const values: Record<string, Cell> = {};
  const varying: [string, number][] = [];
  for (const column of shown) {
    const summary = summarize(column, series, settingWeights);
    if (summary === null) continue;
    values[column.name] = summary.value;
    if (summary.distinct > 1 && column.scope !== "coordinate") {
      varying.push([column.name, summary.distinct]);
    }
  }
  varying.sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    values,
    varying: varying.length === 0 ? null : JSON.stringify(Object.fromEntries(varying)),
  };
}

/** Frames per tuple of settings. */
function weighSettings({ instances, ranges }: LoadedSeries): Map<number, number> {
  const weights = new Map<number, number>();
  const add = (id: number, weight: number): void => {
    weights.set(id, (weights.get(id) ?? 0) + weight);
  };
  for (const id of instances.frameValuesIds) if (id !== null) add(id, 1);
  for (const range of ranges) add(range.frameValuesId, range.last - range.first + 1);
  return weights;
}

function summarize(
  column: Column,
  series: LoadedSeries,
  settingWeights: ReadonlyMap<number, number>,
): { value: Cell; distinct: number } | null {
  const count = new ValueCount();
  const ofSeries = seriesIndex.get(column.name);
  const ofSetting = settingIndex.get(column.name);
  const ofCoordinate = coordinateIndex.get(column.name);
  if (ofSeries !== undefined) {
    for (const { values, weight } of series.content.tuples) {
      count.add(values[ofSeries] ?? null, weight);
    }
  } else if (ofSetting !== undefined) {
    for (const { frameValuesId, values } of series.content.settings) {
      count.add(values[ofSetting] ?? null, settingWeights.get(frameValuesId) ?? 0);
    }
  } else if (ofCoordinate !== undefined) {
    if (firstFrameColumns.has(column.name)) return firstCoordinate(series, ofCoordinate);
    countCoordinates(series, ofCoordinate, count);
  } else return null;
  return count.summary();
}

function countCoordinates(
  { instances, ranges }: LoadedSeries,
  index: number,
  count: ValueCount,
): void {
  for (const cell of instances.coordinates[index] ?? []) count.add(cell, 1);
  for (const range of ranges) {
    const value = range.coordinates[index] ?? null;
    if (Array.isArray(value)) for (const each of value) count.add(each, 1);
    else count.add(value as Cell, range.last - range.first + 1);
  }
}

/** Of the first frame in canonical order that has one. */
function firstCoordinate(
  { instances, ranges }: LoadedSeries,
  index: number,
): { value: Cell; distinct: number } {
  const firstRange = new Map<number, LoadedRange>();
  for (const range of ranges) {
    if (!firstRange.has(range.instanceId)) firstRange.set(range.instanceId, range);
  }
  const cells = instances.coordinates[index];
  for (let row = 0; row < instances.count; row++) {
    const range = firstRange.get(instances.ids[row] as number);
    const own = cells?.[row] ?? null;
    const found = own ?? (range === undefined ? null : coordinateAt(range, index, range.first));
    if (found !== null) return { value: found, distinct: 0 };
  }
  return { value: null, distinct: 0 };
}
