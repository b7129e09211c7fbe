import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTime } from "./time.ts";

function parse(text: string): [string | null, ...string[]] {
  const warnings: string[] = [];
  return [parseTime(text, (code) => warnings.push(code)), ...warnings];
}

test.each([
  ["18", "18:00:00"],
  ["1816", "18:16:00"],
  ["181600", "18:16:00"],
  ["181600.5", "18:16:00.500000"],
  ["181600.687000 ", "18:16:00.687000"],
  ["181600.000000", "18:16:00"],
  ["181600.000001", "18:16:00.000001"],
  ["000000", "00:00:00"],
  ["235959.999999", "23:59:59.999999"],
  ["181600\\191700", "18:16:00"],
])("%j is the time %s", (text, time) => {
  expect(parse(text)).toEqual([time]);
});

test.each([
  ["18:16:00.687", "18:16:00.687000"],
  ["18:16:00", "18:16:00"],
  ["18:16", "18:16:00"],
  ["181600687", "18:16:00.687000"],
  ["1816006", "18:16:00.600000"],
  ["181600687123", "18:16:00.687123"],
  ["181600.1234567", "18:16:00.123456"],
  ["181600.", "18:16:00"],
])("%s is an old form of %s", (text, time) => {
  expect(parse(text)).toEqual([time, "time-form-old"]);
});

test("a leap second is the last microsecond before it", () => {
  expect(parse("235960")).toEqual(["23:59:59.999999", "time-leap"]);
  expect(parse("085960.5")).toEqual(["08:59:59.999999", "time-leap"]);
});

test.each([
  "240000",
  "256000",
  "1",
  "186000",
  "181661",
  "abc",
  "18160",
  "1816.5",
  "18.5",
  "181600.x",
  "181600.1.2",
  "18:1600",
  "18:16:0x",
  "18:16:00:00",
  "1816006871234",
  "181600+0100",
  ":",
  ".",
])("%s is no time", (text) => {
  expect(parse(text)).toEqual([null, "time-invalid"]);
});

test("an empty text is no time and no problem", () => {
  expect(parse("")).toEqual([null]);
});

test("no text makes it throw", () => {
  const letters = fc.constantFrom(..."0123456789.: \\x");
  fc.assert(
    fc.property(fc.string({ unit: letters }), (text) => {
      expect(parse(text)[0] ?? "00:00:00").toMatch(/^\d\d:\d\d:\d\d(\.\d{6})?$/);
    }),
  );
});
