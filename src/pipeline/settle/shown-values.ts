/** What a series and its details show: the most frequent value of each column, and what varies. */
import { columnsOf } from "#catalogue/catalogue.ts";
import type { Column, ColumnTable } from "#catalogue/column.ts";
import { ValueCount } from "#pipeline/most-frequent.ts";
import { coordinateColumns, isIdentifier, seriesColumns, settingColumns } from "#store/columns.ts";
import { type Cell, eachRow } from "#store/packed-rows.ts";
import { loadedInstanceCells, type SeriesContent } from "#store/settlement.ts";
import { coordinateAt, type LoadedRange } from "./frame-ranges.ts";

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

export interface ShownValues {
  /** By column name. */
  readonly values: Readonly<Record<string, Cell>>;
  /** JSON of column → number of distinct values, null when none varies. Coordinates vary by nature and are left out. */
  readonly varying: string | null;
}

export function showValues(content: SeriesContent, ranges: readonly LoadedRange[]): ShownValues {
  const settingWeights = weighSettings(content, ranges);
  const values: Record<string, Cell> = {};
  const varying: [string, number][] = [];
  for (const column of shown) {
    const summary = summarize(column, content, ranges, settingWeights);
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
function weighSettings(
  content: SeriesContent,
  ranges: readonly LoadedRange[],
): Map<number, number> {
  const weights = new Map<number, number>();
  const add = (id: number, weight: number): void => {
    weights.set(id, (weights.get(id) ?? 0) + weight);
  };
  const settingCell = loadedInstanceCells.indexOf("frameValuesId");
  eachRow(content.instances, (row) => {
    const id = row[settingCell];
    if (typeof id === "number") add(id, 1);
  });
  for (const range of ranges) add(range.frameValuesId, range.last - range.first + 1);
  return weights;
}

function summarize(
  column: Column,
  content: SeriesContent,
  ranges: readonly LoadedRange[],
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
    if (firstFrameColumns.has(column.name)) return firstCoordinate(content, ranges, ofCoordinate);
    countCoordinates(content, ranges, ofCoordinate, count);
  } else return null;
  return count.summary();
}

const firstCoordinateCell = loadedInstanceCells.length;

function countCoordinates(
  content: SeriesContent,
  ranges: readonly LoadedRange[],
  index: number,
  count: ValueCount,
): void {
  eachRow(content.instances, (row) => count.add(row[firstCoordinateCell + index] ?? null, 1));
  for (const range of ranges) {
    const value = range.coordinates[index] ?? null;
    if (Array.isArray(value)) for (const each of value) count.add(each, 1);
    else count.add(value as Cell, range.last - range.first + 1);
  }
}

/** Of the first frame in canonical order that has one. */
function firstCoordinate(
  content: SeriesContent,
  ranges: readonly LoadedRange[],
  index: number,
): { value: Cell; distinct: number } {
  const firstRange = new Map<number, LoadedRange>();
  for (const range of ranges) {
    if (!firstRange.has(range.instanceId)) firstRange.set(range.instanceId, range);
  }
  let found: Cell = null;
  eachRow(content.instances, (row) => {
    if (found !== null) return;
    const range = firstRange.get(row[0] as number);
    found = row[firstCoordinateCell + index] ?? null;
    if (range !== undefined) found ??= coordinateAt(range, index, range.first);
  });
  return { value: found, distinct: 0 };
}
