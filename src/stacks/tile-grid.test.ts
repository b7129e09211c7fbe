import { expect, test } from "vitest";
import { tileGrid } from "./tile-grid.ts";

test.each<[number, string | null, number, number]>([
  [Number.NaN, null, 1, 1],
  [1, "SIEMENS", 1, 1],
  [36, "SIEMENS", 6, 6],
  [30, "SIEMENS", 6, 6],
  [20, "UIH", 4, 5],
  [25, "UIH", 5, 5],
  [17, "UIH", 4, 5],
])("%f tiles of %s are %i rows of %i", (tiles, manufacturer, rows, columns) => {
  expect(tileGrid(tiles, manufacturer)).toEqual({ rows, columns });
});
