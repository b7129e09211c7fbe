import fc from "fast-check";
import { expect, test } from "vitest";
import type { Cell } from "#store/packed-rows.ts";
import { type Summary, ValueCount } from "./most-frequent.ts";

function summarize(values: readonly (readonly [value: Cell, weight: number])[]): Summary {
  const count = new ValueCount();
  for (const [value, weight] of values) count.add(value, weight);
  return count.summary();
}

test("the value of most weight stands for all", () => {
  expect(
    summarize([
      ["a", 2],
      ["b", 3],
      ["a", 2],
    ]),
  ).toEqual({ value: "a", distinct: 2 });
});

test("ties go to the smallest number as a number, to the smallest text by its bytes", () => {
  expect(
    summarize([
      [10, 1],
      [9, 1],
      [-1, 1],
    ]).value,
  ).toBe(-1);
  expect(
    summarize([
      ["9", 1],
      ["10", 1],
    ]).value,
  ).toBe("10");
  expect(
    summarize([
      ["\u{1f600}", 1],
      ["\u{ffff}", 1],
    ]).value,
  ).toBe("\u{ffff}");
});

test("null is no value, nor is one that nothing has", () => {
  expect(
    summarize([
      [null, 100],
      ["a", 1],
      ["b", 0],
    ]),
  ).toEqual({ value: "a", distinct: 1 });
  expect(summarize([])).toEqual({ value: null, distinct: 0 });
});

test("zero and the empty text are values", () => {
  expect(summarize([[0, 1]])).toEqual({ value: 0, distinct: 1 });
  expect(summarize([["", 1]])).toEqual({ value: "", distinct: 1 });
});

test.each([
  ["numbers", fc.integer({ min: -3, max: 3 })],
  ["texts", fc.constantFrom("a", "b", "B", "é", "\u{ffff}", "\u{1f600}")],
])("neither order nor splitting of weights matters: %s", (_, value) => {
  const weighted = fc.array(fc.tuple(value, fc.integer({ min: 1, max: 3 })), { minLength: 1 });
  fc.assert(
    fc.property(weighted, fc.infiniteStream(fc.nat()), (values, numbers) => {
      const single = values.flatMap(([each, weight]) =>
        Array.from({ length: weight }, () => [each, 1] as const),
      );
      const keyed = single.map((each) => ({ each, key: numbers.next().value as number }));
      const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ each }) => each);
      expect(summarize(shuffled)).toEqual(summarize(values));
    }),
  );
});

test("distinct values come in order", () => {
  const count = new ValueCount();
  for (const value of ["b", "a", "b", "A"]) count.add(value, 1);
  expect(count.distinct()).toEqual(["A", "a", "b"]);
});
