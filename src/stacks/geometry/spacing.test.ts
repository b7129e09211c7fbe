import { expect, test } from "vitest";
import { areIrregular, countHoles } from "./spacing.ts";

const holesOf = (...gaps: number[]): number => countHoles(Float64Array.from(gaps));
const repeated = (count: number, gap: number): number[] => Array<number>(count).fill(gap);

test("a gap of k medians lacks k − 1 positions", () => {
  expect(holesOf(...repeated(9, 3))).toBe(0);
  expect(holesOf(...repeated(5, 3), 6, ...repeated(3, 3))).toBe(1);
  expect(holesOf(...repeated(5, 3), 12, ...repeated(3, 3), 6)).toBe(4);
  expect(holesOf(...repeated(5, 3), 6.05, ...repeated(3, 3))).toBe(1);
});

test("of two gaps the smaller one is the spacing", () => {
  expect(holesOf(10.5, 21)).toBe(1);
  expect(holesOf(21, 10.5)).toBe(1);
});

test("a gap that is no multiple of the median lacks nothing", () => {
  expect(holesOf(...repeated(5, 3), 4.5, ...repeated(3, 3))).toBe(0);
  expect(holesOf(...repeated(5, 3), 6.06, ...repeated(3, 3))).toBe(0);
  expect(holesOf(...repeated(5, 3), 1.5, ...repeated(3, 3))).toBe(0);
});

test("three neighbouring gaps of one size are a coarser spacing, two are holes", () => {
  expect(holesOf(...repeated(9, 2.5), ...repeated(8, 5))).toBe(0);
  expect(holesOf(...repeated(9, 2.5), ...repeated(3, 5))).toBe(0);
  expect(holesOf(...repeated(9, 2.5), ...repeated(2, 5))).toBe(2);
  expect(holesOf(...repeated(9, 2.5), 5, 7.5, 5)).toBe(4);
});

test("slices closer than the tolerance have holes only where they are irregular", () => {
  expect(holesOf(...repeated(9, 0.04), 0.08)).toBe(0);
  expect(areIrregular(Float64Array.of(...repeated(9, 0.04), 0.08))).toBe(false);
  expect(holesOf(...repeated(9, 0.04), 0.12)).toBe(0);
  expect(holesOf(0.01, 300)).toBe(0);
});

test("no gaps, no holes", () => {
  expect(holesOf()).toBe(0);
  expect(holesOf(7)).toBe(0);
});
