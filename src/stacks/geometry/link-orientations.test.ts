import fc from "fast-check";
import { expect, test } from "vitest";
import { DisjointSets } from "./disjoint-sets.ts";
import { linkOrientations } from "./link-orientations.ts";
import { type Orientation, parseOrientation } from "./orientation.ts";
import { dot } from "./vector.ts";

/** The orientation turned by Euler angles, in degrees. */
function turned(x: number, y: number, z: number): Orientation {
  const [a, b, c] = [x, y, z].map((degrees) => (degrees * Math.PI) / 180) as [
    number,
    number,
    number,
  ];
  const row = [Math.cos(b) * Math.cos(c), Math.cos(b) * Math.sin(c), -Math.sin(b)];
  const column = [
    Math.sin(a) * Math.sin(b) * Math.cos(c) - Math.cos(a) * Math.sin(c),
    Math.sin(a) * Math.sin(b) * Math.sin(c) + Math.cos(a) * Math.cos(c),
    Math.sin(a) * Math.cos(b),
  ];
  return parseOrientation([...row, ...column].map((v) => v.toFixed(8)).join("\\")) as Orientation;
}

/** Single linkage by comparing all pairs. */
function linkAllPairs(orientations: readonly Orientation[]): number[] {
  const sets = new DisjointSets(orientations.length);
  orientations.forEach((a, i) => {
    orientations.slice(0, i).forEach((b, j) => {
      const isNear = [dot(a.row, b.row), dot(a.column, b.column)].every(
        (cos) => cos >= 0.99996192306,
      );
      if (isNear) sets.unite(i, j);
    });
  });
  return orientations.map((_, index) => sets.find(index));
}

test("links as comparing all pairs does", () => {
  const angle = fc.integer({ min: -20, max: 20 }).map((steps) => steps / 7);
  const start = fc.constantFrom(0, 45, 90, 180);
  const list = fc.tuple(
    start,
    start,
    fc.array(fc.tuple(angle, angle, angle), { minLength: 1, maxLength: 60 }),
  );
  fc.assert(
    fc.property(list, ([x, z, angles]) => {
      const orientations = angles.map(([a, b, c]) => turned(x + a, b, z + c));
      expect(Array.from(linkOrientations(orientations))).toEqual(linkAllPairs(orientations));
    }),
  );
});

test("keeps many small steps together and far planes apart, above the number that is bucketed", () => {
  const list = [0, 1].flatMap((far) =>
    Array.from({ length: 1500 }, (_, step) => turned(0, 0, far * 90 + step * 0.01)),
  );
  const roots = linkOrientations(list);
  expect(new Set(roots.slice(0, 1500))).toEqual(new Set([0]));
  expect(new Set(roots.slice(1500))).toEqual(new Set([1500]));
});
