/** Runs of frames that share settings, with their coordinates unpacked once for all who read them. */
import { coordinateColumns } from "#store/columns.ts";
import type { Cell } from "#store/packed-rows.ts";
import type { SeriesContent } from "#store/settlement.ts";

export interface LoadedRange {
  readonly instanceId: number;
  readonly first: number;
  readonly last: number;
  readonly frameValuesId: number;
  /** In the order of `coordinateColumns`: the one value of all frames, or one per frame. */
  readonly coordinates: readonly (Cell | readonly Cell[])[];
}

export function readRanges(content: SeriesContent): LoadedRange[] {
  return content.ranges.map(({ coordinates, ...range }) => {
    const packed = JSON.parse(coordinates) as Record<string, Cell | Cell[]>;
    return {
      ...range,
      coordinates: coordinateColumns.map((column) => packed[column.name] ?? null),
    };
  });
}

/** Coordinate of one frame of a range. */
export function coordinateAt(range: LoadedRange, column: number, frame: number): Cell {
  const value = range.coordinates[column] ?? null;
  return Array.isArray(value) ? (value[frame - range.first] ?? null) : (value as Cell);
}
