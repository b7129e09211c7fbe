/**
 * Recognises planes that turn about one axis (radial MRCP, meniscus, rotating projections), which belong
 * together although each is a plane of its own.
 */
import { settingNumber, settingText } from "#stacks/series-frames.ts";
import type { SeriesView } from "#stacks/series-view.ts";
import type { Plane } from "./planes.ts";
import { addScaled, cross, dot, normalise, type Vector } from "./vector.ts";

const FEWEST_PLANES = 4;
/** Planes 0.5° apart in a full turn; the search for the axis compares all pairs. */
const MOST_PLANES = 720;
/** sin 2°: how far a normal may lean along the axis. */
const SIN_LEAN = 0.0348994967;
/** mm: distance of a plane's centre from the common line. */
const CENTRE_RADIUS = 10;

/** Whether the normals are perpendicular to one axis and fan out over 90° or more. Returns that axis. */
export function findRotationAxis(planes: readonly Plane[]): Vector | null {
  if (planes.length < FEWEST_PLANES || planes.length > MOST_PLANES) return null;
  const normals = planes.map((plane) => plane.normal);
  const axis = axisOfMostPerpendicular(normals);
  if (axis === null || normals.some((normal) => Math.abs(dot(normal, axis)) > SIN_LEAN)) {
    return null;
  }
  return spansRightAngle(normals, axis) ? axis : null;
}

function axisOfMostPerpendicular(normals: readonly Vector[]): Vector | null {
  let smallest = Number.POSITIVE_INFINITY;
  let axis: Vector | null = null;
  normals.forEach((a, index) => {
    for (const b of normals.slice(index + 1)) {
      const lean = Math.abs(dot(a, b));
      if (lean >= smallest) continue;
      smallest = lean;
      axis = cross(a, b);
    }
  });
  return axis === null ? null : normalise(axis);
}

/**
 * Whether the normals, taken as lines about the axis, do not fit into an angle below 90°. At twice their
 * angle lines are directions, and below 90° means: all strictly on one side of one of them.
 */
function spansRightAngle(normals: readonly Vector[], axis: Vector): boolean {
  const [u, v] = basisAcross(axis);
  const doubled = normals.map((normal) => {
    const x = dot(normal, u);
    const y = dot(normal, v);
    return [x * x - y * y, 2 * x * y] as const;
  });
  const isFirst = (a: readonly [number, number]): boolean =>
    doubled.every((b) => {
      const turn = a[0] * b[1] - a[1] * b[0];
      // 10⁻⁴ is some 0.003°: normals come at 10⁻⁵.
      return turn > 1e-4 || (turn > -1e-4 && a[0] * b[0] + a[1] * b[1] > 0);
    });
  return !doubled.some(isFirst);
}

/**
 * Whether the centres of the frames lie within 10 mm of one line along the axis. Frames whose centre cannot
 * be computed say nothing.
 */
export function centresLieOnAxis(series: SeriesView, axis: Vector, group: Int32Array): boolean {
  const { planes } = series;
  const [u, v] = basisAcross(axis);
  const points: (readonly [number, number])[] = [];
  for (const frame of group) {
    const plane = planes.list[planes.of[frame] as number];
    const centre = plane && frameCentre(series, frame, plane);
    if (centre) points.push([dot(centre, u), dot(centre, v)]);
  }
  const middleU = middleOf(points.map((point) => point[0]));
  const middleV = middleOf(points.map((point) => point[1]));
  return points.every(([a, b]) => {
    const du = a - middleU;
    const dv = b - middleV;
    return du * du + dv * dv <= CENTRE_RADIUS * CENTRE_RADIUS;
  });
}

/** Centre of the image in patient coordinates, mm (PS3.3 §C.7.6.2.1.1); null where a value is missing. */
function frameCentre({ frames, corners }: SeriesView, frame: number, plane: Plane): Vector | null {
  const settings = frames.settings[frames.setting[frame] as number];
  if (settings === undefined) return null;
  const [betweenRows, betweenColumns] = (settingText(settings, "pixel_spacing") ?? "")
    .split("\\")
    .map(Number);
  const width = (settingNumber(settings, "columns") - 1) * (betweenColumns ?? Number.NaN);
  const height = (settingNumber(settings, "rows") - 1) * (betweenRows ?? Number.NaN);
  const corner: Vector = [
    corners.x[frame] as number,
    corners.y[frame] as number,
    corners.z[frame] as number,
  ];
  const centre = addScaled(addScaled(corner, plane.row, width / 2), plane.column, height / 2);
  return centre.every(Number.isFinite) ? centre : null;
}

/** Two perpendicular directions across the axis. */
function basisAcross(axis: Vector): [Vector, Vector] {
  const [x, y, z] = [Math.abs(axis[0]), Math.abs(axis[1]), Math.abs(axis[2])];
  const other: Vector = x <= y && x <= z ? [1, 0, 0] : y <= z ? [0, 1, 0] : [0, 0, 1];
  const u = normalise(cross(axis, other)) ?? other;
  return [u, cross(axis, u)];
}

/** Middle between the smallest and the largest, which no order of the values can change. */
function middleOf(values: readonly number[]): number {
  let smallest = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  return (smallest + largest) / 2;
}
