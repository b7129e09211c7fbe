import { expect, test } from "vitest";
import { measureWidth, truncateToWidth } from "./display-width.ts";

test.each([
  ["", 0],
  ["abc", 3],
  ["Müller", 6],
  ["e\u0301", 1],
  ["脳", 2],
  ["ﾔﾏﾀﾞ", 4],
  ["김희중", 6],
  ["Ａ", 2],
  ["👩‍👩‍👧", 2],
  ["❤️", 2],
  ["\u200b", 0],
])("%j fills %i columns", (text, width) => {
  expect(measureWidth(text)).toBe(width);
});

test.each([
  ["abcdef", 6, "abcdef"],
  ["abcdef", 5, "abcd…"],
  ["脳画像", 5, "脳画…"],
  ["脳画像", 4, "脳…"],
  ["abc", 1, "…"],
  ["abc", 0, ""],
])("cuts %j to %i columns", (text, width, cut) => {
  expect(truncateToWidth(text, width)).toBe(cut);
});
