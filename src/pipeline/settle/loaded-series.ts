/** A series as the store gives it, unpacked once for all who read it. */
import { coordinateColumns } from "#store/columns.ts";
import { type Cell, type CellColumns, unpackColumns } from "#store/packed-rows.ts";
import { loadedInstanceCells, type SeriesContent } from "#store/settlement.ts";
import { parseStored } from "#store/stored-value.ts";

export interface LoadedSeries {
  readonly content: SeriesContent;
  readonly instances: LoadedInstances;
  /** By instance, ascending by frame. */
  readonly ranges: readonly LoadedRange[];
}

/** Present instances by SOP Instance UID; what follows the number is indexed alike. */
export interface LoadedInstances {
  readonly count: number;
  readonly ids: readonly number[];
  readonly uids: readonly string[];
  /** Tuple of settings; null of an instance whose frames have settings of their own. */
  readonly frameValuesIds: readonly (number | null)[];
  /** Frames as the file says; null where it does not. */
  readonly numbersOfFrames: readonly (number | null)[];
  /** Frames that take part in stacks; 0 of what is no image. */
  readonly frameCounts: readonly number[];
  /** In the order of `coordinateColumns`: one cell per instance, null where none has a value. */
  readonly coordinates: CellColumns;
}

/** A run of frames that share settings. */
export interface LoadedRange {
  readonly instanceId: number;
  readonly first: number;
  readonly last: number;
  readonly frameValuesId: number;
  /** In the order of `coordinateColumns`: the one value of all frames, or one per frame. */
  readonly coordinates: readonly (Cell | readonly Cell[])[];
}

export function unpackSeries(content: SeriesContent): LoadedSeries {
  return { content, instances: unpackInstances(content), ranges: unpackRanges(content) };
}

function unpackInstances({ instances }: SeriesContent): LoadedInstances {
  const columns = unpackColumns(instances);
  const cellsOf = (name: (typeof loadedInstanceCells)[number]): readonly Cell[] =>
    columns[loadedInstanceCells.indexOf(name)] ?? new Array<Cell>(instances.rows).fill(null);
  return {
    count: instances.rows,
    ids: cellsOf("instanceId") as readonly number[],
    uids: cellsOf("sopInstanceUid") as readonly string[],
    frameValuesIds: cellsOf("frameValuesId") as readonly (number | null)[],
    numbersOfFrames: cellsOf("numberOfFrames") as readonly (number | null)[],
    frameCounts: cellsOf("frameCount") as readonly number[],
    coordinates: columns.slice(loadedInstanceCells.length),
  };
}

function unpackRanges({ ranges }: SeriesContent): LoadedRange[] {
  return ranges.map(({ coordinates, ...range }) => {
    const packed = parseStored<Record<string, Cell | Cell[]>>(coordinates);
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
