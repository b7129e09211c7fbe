import { describe, expect, test } from "vitest";
import { clusterNumbers, clusterOf, median, roundedText } from "./numbers.ts";

const clusterValues = (values: readonly number[], decimals: number): number[] =>
  Array.from(clusterNumbers(Float64Array.from(values), decimals).values);

describe("rounding to a number of decimals", () => {
  test.each([
    [1.005, 2, "1.01"],
    [2.345, 2, "2.35"],
    [-2.345, 2, "-2.35"],
    [0.125, 2, "0.13"],
    [0.5, 0, "1"],
    [8.00000019, 1, "8"],
    [2249.99, 0, "2250"],
    [4.6049, 2, "4.6"],
    [900, 0, "900"],
    [0.01, 2, "0.01"],
    [-0.004, 2, "0"],
    [0, 2, "0"],
    [1e-9, 5, "0"],
    [-0.174, 3, "-0.174"],
    [100, 2, "100"],
  ])("prints %d at %d decimals as %s", (value, decimals, text) => {
    expect(roundedText(value, decimals)).toBe(text);
  });
});

describe("clusters", () => {
  test("take values within one quantum together, wherever a rounding edge lies", () => {
    expect(clusterValues([4.6051, 4.6049], 2)).toEqual([4.6049]);
    expect(clusterValues([30.001, 30], 2)).toEqual([30]);
  });

  test("keep a gap of exactly one quantum together and part a larger one", () => {
    expect(clusterValues([1.1, 1.11], 2)).toEqual([1.1]);
    expect(clusterValues([1.1, 1.11001], 2)).toEqual([1.1, 1.11001]);
    expect(clusterValues([2.3, 2.46], 2)).toEqual([2.3, 2.46]);
  });

  test("cut a ladder of small steps at five quanta", () => {
    const ladder = Array.from({ length: 12 }, (_, step) => 1 + step / 100);
    expect(clusterValues(ladder, 2)).toEqual([1, 1.06]);
  });

  test("leave out what is not known", () => {
    expect(clusterValues([Number.NaN, 3, Number.NaN], 0)).toEqual([3]);
    expect(clusterValues([], 0)).toEqual([]);
  });

  test("find the cluster of each value", () => {
    const clusters = clusterNumbers(Float64Array.from([-5, 1, 1.5, 10]), 0);
    expect([-5, 1, 1.5, 10].map((value) => clusterOf(clusters, value))).toEqual([0, 1, 1, 2]);
  });
});

test("takes the smaller of the two middle numbers", () => {
  expect(median(Float64Array.from([3, 1, 2]))).toBe(2);
  expect(median(Float64Array.from([4, 1, 2, 3]))).toBe(2);
  expect(median(new Float64Array())).toBeNaN();
});
