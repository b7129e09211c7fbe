/**
 * Single linkage of orientations: two belong together if rows and columns differ by at most 0.5° each,
 * directly or over others. So jitter of floats and prospective motion correction (small steps that add up
 * to degrees) stay together, and localizer planes and disc packages come apart.
 *
 * The search runs over a grid whose cells are as wide as the linking distance, so only neighbouring cells
 * are compared, and not even those once they are known to be linked.
 */
import { DisjointSets } from "./disjoint-sets.ts";
import type { Orientation } from "./orientation.ts";
import { dot, type Vector } from "./vector.ts";

/** cos 0.5° */
const COS_LINK = 0.99996192306;
/** 2 sin 0.25°, rounded up: distance of two directions 0.5° apart, and width of a cell. */
const LINK = 0.0087266;
/** 2 sin 0.025°: width of a bucket, whose members count as one where there are very many orientations. */
const BUCKET = 0.00087266;
/** Above this number of distinct orientations buckets are linked instead. */
const MOST_SINGLE = 2000;
/** More than the cells from −1 to 1 with one to spare on both sides. */
const CELLS_PER_AXIS = 1 << 12;

/** A cell of the grid. Its blocks are eighths of its width in both directions: all members of one are linked. */
interface Cell {
  readonly number: number;
  readonly rowKey: number;
  readonly columnKey: number;
  readonly blocks: Map<number, number[]>;
}

type Grid = Map<number, Map<number, Cell>>;

/** For each orientation the smallest index of those linked to it. Sorted and distinct input. */
export function linkOrientations(orientations: readonly Orientation[]): Int32Array {
  if (orientations.length <= 1) return new Int32Array(orientations.length);
  const sets = new DisjointSets(orientations.length);
  const singles =
    orientations.length > MOST_SINGLE
      ? uniteBuckets(orientations, sets)
      : Array.from(orientations.keys());
  const grid = fillGrid(orientations, singles, sets);
  for (const [rowKey, columns] of grid) {
    const nearby = neighbours(rowKey).flatMap((key) => grid.get(key) ?? []);
    for (const cell of columns.values()) {
      const keys = neighbours(cell.columnKey);
      for (const others of nearby) {
        for (const key of keys) {
          const other = others.get(key);
          if (other && other.number >= cell.number) linkCells(cell, other, orientations, sets);
        }
      }
    }
  }
  return Int32Array.from(orientations, (_, index) => sets.find(index));
}

/** Unites orientations of one bucket and returns the first of each. */
function uniteBuckets(orientations: readonly Orientation[], sets: DisjointSets): number[] {
  const buckets = new Map<string, number>();
  for (let index = 0; index < orientations.length; index++) {
    const { row, column } = orientations[index] as Orientation;
    const key = `${cellKey(row, BUCKET)} ${cellKey(column, BUCKET)}`;
    const first = buckets.get(key);
    if (first === undefined) buckets.set(key, index);
    else sets.unite(first, index);
  }
  return [...buckets.values()];
}

function fillGrid(
  orientations: readonly Orientation[],
  members: readonly number[],
  sets: DisjointSets,
): Grid {
  const grid: Grid = new Map();
  let number = 0;
  for (const member of members) {
    const { row, column } = orientations[member] as Orientation;
    const rowKey = cellKey(row, LINK);
    const columnKey = cellKey(column, LINK);
    const columns = grid.get(rowKey) ?? new Map<number, Cell>();
    grid.set(rowKey, columns);
    const cell = columns.get(columnKey) ?? { number, rowKey, columnKey, blocks: new Map() };
    number += 1;
    columns.set(columnKey, cell);
    const blockKey = halfKey(row) * 8 + halfKey(column);
    const block = cell.blocks.get(blockKey);
    if (block === undefined) cell.blocks.set(blockKey, [member]);
    else {
      // Half a cell has a diagonal of 0.87 of the linking distance.
      sets.unite(block[0] as number, member);
      block.push(member);
    }
  }
  return grid;
}

function linkCells(
  cell: Cell,
  other: Cell,
  orientations: readonly Orientation[],
  sets: DisjointSets,
): void {
  for (const block of cell.blocks.values()) {
    for (const otherBlock of other.blocks.values()) {
      linkBlocks(block, otherBlock, orientations, sets);
    }
  }
}

/** Looks for one pair that links two blocks, unless they are linked already. */
function linkBlocks(
  block: readonly number[],
  other: readonly number[],
  orientations: readonly Orientation[],
  sets: DisjointSets,
): void {
  if (sets.find(block[0] as number) === sets.find(other[0] as number)) return;
  for (const a of block) {
    for (const b of other) {
      if (areNear(orientations[a] as Orientation, orientations[b] as Orientation)) {
        sets.unite(a, b);
        return;
      }
    }
  }
}

const areNear = (a: Orientation, b: Orientation): boolean =>
  dot(a.row, b.row) >= COS_LINK && dot(a.column, b.column) >= COS_LINK;

const cellAt = (value: number, width: number): number => Math.floor((value + 1) / width) + 1;

const cellKey = ([x, y, z]: Vector, width: number): number =>
  (cellAt(x, width) * CELLS_PER_AXIS + cellAt(y, width)) * CELLS_PER_AXIS + cellAt(z, width);

/** Which half of its cell a direction lies in, along each axis: 0…7. */
const halfKey = ([x, y, z]: Vector): number => half(x) * 4 + half(y) * 2 + half(z);

const half = (value: number): number => {
  const place = (value + 1) / LINK;
  return place - Math.floor(place) < 0.5 ? 0 : 1;
};

/** Offsets of a cell's key to those of the cells around it and of itself. */
const offsets: readonly number[] = [-1, 0, 1].flatMap((x) =>
  [-1, 0, 1].flatMap((y) => [-1, 0, 1].map((z) => (x * CELLS_PER_AXIS + y) * CELLS_PER_AXIS + z)),
);

const neighbours = (key: number): number[] => offsets.map((offset) => key + offset);
