import { expect, test } from "vitest";
import { nextPageSize } from "./settle.ts";

test.each([
  ["one that took long is followed by one that should not", 25, 5_000, 2],
  ["no page is empty", 1, 60_000, 1],
  ["one that was quick by one that is larger", 4, 10, 8],
  ["up to the most that are loaded together", 20, 10, 25],
])("pages: %s", (_, size, ms, expected) => {
  expect(nextPageSize(size, ms)).toBe(expected);
});
