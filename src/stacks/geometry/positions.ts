/** Positions of slices: projections of Image Position (Patient) on the plane's normal, clustered at 0.01 mm. */
import { clusterNumbers, clusterOf } from "#stacks/numbers.ts";
import type { SeriesFrames, Vectors } from "#stacks/series-frames.ts";
import type { Plane, Planes } from "./planes.ts";

/** 0.01 mm: GE writes positions with four to six digits (dcm2niix#325). */
const POSITION_DECIMALS = 2;

export interface Positions {
  /** Per frame: index into the arrays below, −1 = not known. Positions of two planes are never the same. */
  readonly of: Int32Array;
  /** Distance from the origin along the normal of the plane, mm; ascending within a plane. */
  readonly values: Float64Array;
  /** The plane of each position; index into the list of planes, ascending. */
  readonly planes: Int32Array;
}

/** Finds the position of every frame that has orientation and position. n log n. */
export function clusterPositions(
  frames: SeriesFrames,
  planes: Planes,
  corners: Vectors,
): Positions {
  const distances = projectPositions(frames, planes, corners);
  const of = new Int32Array(frames.count).fill(-1);
  const values: number[] = [];
  const planeOf: number[] = [];
  framesByPlane(planes).forEach((members, plane) => {
    const clusters = clusterNumbers(
      Float64Array.from(members, (frame) => distances[frame] as number),
      POSITION_DECIMALS,
    );
    const first = values.length;
    for (const value of clusters.values) {
      values.push(value);
      planeOf.push(plane);
    }
    for (const frame of members) {
      const distance = distances[frame] as number;
      if (!Number.isNaN(distance)) of[frame] = first + clusterOf(clusters, distance);
    }
  });
  return { of, values: Float64Array.from(values), planes: Int32Array.from(planeOf) };
}

function projectPositions(
  frames: SeriesFrames,
  planes: Planes,
  { x, y, z }: Vectors,
): Float64Array {
  return Float64Array.from({ length: frames.count }, (_, frame) => {
    const plane: Plane | undefined = planes.list[planes.of[frame] as number];
    if (plane === undefined) return Number.NaN;
    const [nx, ny, nz] = plane.normal;
    return nx * (x[frame] as number) + ny * (y[frame] as number) + nz * (z[frame] as number);
  });
}

function framesByPlane(planes: Planes): number[][] {
  const members: number[][] = planes.list.map(() => []);
  planes.of.forEach((plane, frame) => {
    if (plane >= 0) members[plane]?.push(frame);
  });
  return members;
}

/** The distinct positions of some frames. */
export function positionsOf(positions: Positions, frames: Iterable<number>): Set<number> {
  const found = new Set<number>();
  for (const frame of frames) {
    const position = positions.of[frame] as number;
    if (position >= 0) found.add(position);
  }
  return found;
}
