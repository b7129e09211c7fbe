/** Where images lie in the patient: mm, x to the left, y to the back, z to the head (PS3.3 §C.7.6.2). */

export type Point = readonly [x: number, y: number, z: number];

/** Direction of the rows' pixels, then of the columns' pixels: Image Orientation (Patient). */
export type Orientation = readonly [number, number, number, number, number, number];

export type PlaneName = "transverse" | "coronal" | "sagittal";

/** One image plane. `position` is the middle of its first pixel. */
export interface Plane {
  readonly position: Point;
  readonly orientation: Orientation;
  readonly rows: number;
  readonly columns: number;
  /** Distance of pixel middles, mm: of rows, of columns. */
  readonly spacing: readonly [number, number];
}

/** What the planes of a volume share. */
export interface VolumeSpec {
  readonly plane: PlaneName;
  readonly rows: number;
  readonly columns: number;
  readonly spacing: readonly [number, number];
  readonly slices: number;
  /** Distance of slice middles, mm. */
  readonly sliceSpacing: number;
  /** Middle of the volume. */
  readonly centre?: Point;
}

export const orientations: Readonly<Record<PlaneName, Orientation>> = {
  transverse: [1, 0, 0, 0, 1, 0],
  coronal: [1, 0, 0, 0, 0, -1],
  sagittal: [0, 1, 0, 0, 0, -1],
};

/** Direction in which slices are stacked: feet to head, back to front, right to left. */
const stackDirections: Readonly<Record<PlaneName, Point>> = {
  transverse: [0, 0, 1],
  coronal: [0, -1, 0],
  sagittal: [1, 0, 0],
};

/** Planes of a volume, in the order of its slices. */
export function planVolume(volume: VolumeSpec): Plane[] {
  const { rows, columns, spacing } = volume;
  const orientation = orientations[volume.plane];
  const direction = stackDirections[volume.plane];
  const centre = volume.centre ?? [0, 0, 0];
  const planes: Plane[] = [];
  for (let slice = 0; slice < volume.slices; slice++) {
    const along = (slice - (volume.slices - 1) / 2) * volume.sliceSpacing;
    const [x, y, z] = centre.map((middle, axis) =>
      roundMicrometre(
        middle +
          (direction[axis] as number) * along -
          ((orientation[axis] as number) * spacing[1] * (columns - 1)) / 2 -
          ((orientation[axis + 3] as number) * spacing[0] * (rows - 1)) / 2,
      ),
    ) as [number, number, number];
    planes.push({ position: [x, y, z], orientation, rows, columns, spacing });
  }
  return planes;
}

/** Position along the normal, which is what Slice Location means here. */
export function findSliceLocation(plane: Plane): number {
  const [rx, ry, rz, cx, cy, cz] = plane.orientation;
  const [x, y, z] = plane.position;
  const normal = [ry * cz - rz * cy, rz * cx - rx * cz, rx * cy - ry * cx] as const;
  return roundMicrometre(normal[0] * x + normal[1] * y + normal[2] * z);
}

/** Header values of a scanner are not the noise of a computer's arithmetic. */
function roundMicrometre(value: number): number {
  const rounded = Math.round(value * 1000) / 1000;
  return Object.is(rounded, -0) ? 0 : rounded;
}
