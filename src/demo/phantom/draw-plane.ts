/** Pictures of bodies on image planes. */
import type { Plane, Point } from "#demo/geometry.ts";
import type { Random } from "#demo/random.ts";
import type { Body, Ellipsoid } from "./body.ts";
import { drawLabel } from "./draw-label.ts";
import { GLYPH_HEIGHT } from "./font.ts";
import { type Tissue, type TissueName, tissues } from "./tissue.ts";

export interface Picture {
  readonly body: Body;
  readonly plane: Plane;
  /** Stored pixel value of a tissue at a point; called per pixel. */
  readonly value: (tissue: Tissue, at: Point) => number;
  /** Largest noise added to or taken from each pixel, in stored values. */
  readonly noise: number;
  readonly random: Random;
  /** Largest stored value. */
  readonly maximum: number;
  /** Text at the top: what the series is; text at the bottom: which image of it. Both optional. */
  readonly title?: string;
  readonly caption?: string;
}

/** Stored pixel values of a plane through a body, row by row, each 0 to `maximum`. */
export function drawPlane(picture: Picture): Uint16Array {
  const { plane, maximum } = picture;
  const { rows, columns } = plane;
  const pixels = new Uint16Array(rows * columns);
  const tissueIndex = findTissues(picture.body, plane);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const index = row * columns + column;
      const tissue = tissueList[tissueIndex[index] as number] as Tissue;
      const noise = (picture.random() + picture.random() - 1) * picture.noise;
      const value = picture.value(tissue, pointAt(plane, row, column)) + noise;
      pixels[index] = Math.min(maximum, Math.max(0, Math.round(value)));
    }
  }
  const canvas = { pixels, rows, columns };
  const style = { column: 1, value: maximum, ground: 0 };
  if (picture.title) drawLabel(canvas, picture.title, { ...style, row: 1 });
  if (picture.caption) {
    drawLabel(canvas, picture.caption, { ...style, row: rows - GLYPH_HEIGHT - 1 });
  }
  return pixels;
}

const tissueNames = Object.keys(tissues) as TissueName[];
const tissueList = tissueNames.map((name) => tissues[name]);

/** Index in `tissueList` of what lies at each pixel; 0 is air. */
function findTissues(body: Body, plane: Plane): Uint8Array {
  const { rows, columns } = plane;
  const found = new Uint8Array(rows * columns);
  for (const one of body) paintEllipsoid(found, one, plane);
  return found;
}

/**
 * Along a row the ellipsoid's equation is a quadratic in the column, so that each row costs one square root
 * instead of a test per pixel.
 */
function paintEllipsoid(found: Uint8Array, one: Ellipsoid, plane: Plane): void {
  const { rows, columns } = plane;
  const tissue = tissueNames.indexOf(one.tissue);
  for (let row = 0; row < rows; row++) {
    const start = pointAt(plane, row, 0);
    let a = 0;
    let b = 0;
    let c = -1;
    for (let axis = 0; axis < 3; axis++) {
      const step =
        ((plane.orientation[axis] as number) * plane.spacing[1]) / (one.radii[axis] as number);
      const offset =
        ((start[axis] as number) - (one.centre[axis] as number)) / (one.radii[axis] as number);
      a += step * step;
      b += step * offset;
      c += offset * offset;
    }
    const discriminant = b * b - a * c;
    if (discriminant < 0) continue;
    const root = Math.sqrt(discriminant);
    const first = Math.max(0, Math.ceil((-b - root) / a));
    const last = Math.min(columns - 1, Math.floor((-b + root) / a));
    if (first <= last) found.fill(tissue, row * columns + first, row * columns + last + 1);
  }
}

/** Patient coordinates of a pixel (PS3.3 Equation C.7.6.2.1-1). */
function pointAt(plane: Plane, row: number, column: number): Point {
  const { position, orientation, spacing } = plane;
  const across = column * spacing[1];
  const down = row * spacing[0];
  return [
    position[0] + orientation[0] * across + orientation[3] * down,
    position[1] + orientation[1] * across + orientation[4] * down,
    position[2] + orientation[2] * across + orientation[5] * down,
  ];
}
