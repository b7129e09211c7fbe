import { expect, test } from "vitest";
import { formatBytes, formatDuration, formatNumber } from "./format.ts";

test.each([
  [0, "0"],
  [1234567, "1,234,567"],
  [-1234.5678, "-1,234.568"],
])("writes %d as %s", (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test.each([
  [0, "0.0 s"],
  [0.84, "0.8 s"],
  [9.96, "10 s"],
  [59.6, "1 min"],
  [185, "3 min 5 s"],
  [3600, "1 h"],
  [7800, "2 h 10 min"],
  [97_200, "1 d 3 h"],
])("writes %d seconds as %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "0.98 KiB"],
  [1536, "1.5 KiB"],
  [230_686_720, "220 MiB"],
  [2 ** 50 * 2000, "2000 PiB"],
])("writes %d bytes as %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
