import { expect, test } from "vitest";
import { joinWithOr, parseDuration, parseOptionText } from "./parse-option.ts";

test.each([
  ["0", 0],
  ["0s", 0],
  ["90s", 90],
  ["10m", 600],
  ["1.5h", 5400],
  ["1d", 86_400],
  ["5", undefined],
  ["-5s", undefined],
  ["5 s", undefined],
  ["1e3s", undefined],
  ["", undefined],
])("reads the duration %j as %s seconds", (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each(["", " 5", "5 ", "0x5", "1e1", "5.0", "٥", "9999999999999999999"])(
  "does not take %j for a whole number",
  (text) => {
    const option = { type: "integer", placeholder: "N", about: "", min: 0, max: 1e15 } as const;
    expect(() => parseOptionText("workers", option, text)).toThrow(/whole number from 0 to/);
  },
);

test.each([
  [["a"], "a"],
  [["a", "b"], "a or b"],
  [["a", "b", "c"], "a, b or c"],
])("joins %j", (words, joined) => {
  expect(joinWithOr(words)).toBe(joined);
});
