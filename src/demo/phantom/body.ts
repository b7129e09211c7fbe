/**
 * Bodies made of ellipsoids, in patient coordinates: mm, x to the left, y to the back, z to the head
 * (PS3.3 §C.7.6.2.1.1), with the origin in the middle. Later ellipsoids cover earlier ones. Each body is
 * lopsided, so that a picture on its wrong side is noticed.
 */
import type { Point } from "#demo/geometry.ts";
import type { TissueName } from "./tissue.ts";

export interface Ellipsoid {
  readonly tissue: TissueName;
  readonly centre: Point;
  /** Half axes, mm. */
  readonly radii: Point;
}

export type Body = readonly Ellipsoid[];

function ellipsoid(tissue: TissueName, centre: Point, radii: Point): Ellipsoid {
  return { tissue, centre, radii };
}

export const head: Body = [
  ellipsoid("fat", [0, -96, -38], [11, 16, 20]),
  ellipsoid("fat", [0, 0, 0], [80, 100, 108]),
  ellipsoid("muscle", [0, 28, -92], [46, 44, 60]),
  ellipsoid("bone", [0, 0, 2], [75, 94, 102]),
  ellipsoid("water", [0, 2, 4], [69, 87, 95]),
  ellipsoid("gray", [-33, 2, 8], [32, 83, 84]),
  ellipsoid("gray", [33, 2, 8], [32, 83, 84]),
  ellipsoid("white", [-30, 0, 10], [23, 68, 62]),
  ellipsoid("white", [30, 0, 10], [23, 68, 62]),
  ellipsoid("water", [-11, -8, 14], [7, 34, 20]),
  ellipsoid("water", [11, -8, 14], [7, 34, 20]),
  ellipsoid("gray", [0, 52, -46], [42, 28, 24]),
  ellipsoid("white", [0, 18, -52], [12, 14, 44]),
  ellipsoid("lesion", [36, 22, 26], [11, 13, 12]),
  ellipsoid("muscle", [-32, -76, -32], [14, 14, 14]),
  ellipsoid("muscle", [32, -76, -32], [14, 14, 14]),
  ellipsoid("water", [-32, -78, -32], [11, 11, 11]),
  ellipsoid("water", [32, -78, -32], [11, 11, 11]),
];

export const trunk: Body = [
  ellipsoid("fat", [0, 0, 0], [180, 118, 420]),
  ellipsoid("muscle", [0, 0, 0], [164, 102, 410]),
  ellipsoid("bone", [0, 0, 60], [146, 92, 210]),
  ellipsoid("muscle", [0, 0, 60], [138, 84, 202]),
  ellipsoid("lung", [-68, 0, 80], [58, 72, 150]),
  ellipsoid("lung", [70, 4, 86], [54, 70, 144]),
  ellipsoid("liver", [-56, -6, -84], [82, 66, 70]),
  ellipsoid("heart", [22, -28, 20], [44, 40, 50]),
  ellipsoid("blood", [26, -28, 18], [24, 22, 30]),
  ellipsoid("blood", [12, 40, 20], [13, 13, 260]),
  ellipsoid("bone", [0, 74, 0], [20, 18, 400]),
  ellipsoid("water", [0, 76, 0], [7, 7, 400]),
  ellipsoid("lesion", [82, -8, 96], [13, 13, 14]),
  ellipsoid("fat", [74, 32, -110], [28, 24, 48]),
  ellipsoid("gray", [74, 32, -110], [20, 17, 40]),
  ellipsoid("water", [0, -40, -290], [42, 36, 34]),
];
