import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDate } from "./date.ts";

function parse(text: string): [string | null, ...string[]] {
  const warnings: string[] = [];
  return [parseDate(text, (code) => warnings.push(code)), ...warnings];
}

test.each([
  ["20130422", "2013-04-22"],
  [" 20130422 ", "2013-04-22"],
  ["20160229", "2016-02-29"],
  ["20000229", "2000-02-29"],
  ["00010101", "0001-01-01"],
  ["19000101", "1900-01-01"],
  ["21501231", "2150-12-31"],
  ["20130422\\20130423", "2013-04-22"],
])("%j is the date %s", (text, date) => {
  expect(parse(text)).toEqual([date]);
});

test.each([
  "2013.04.22",
  "2013-04-22",
  "2013/04/22",
  "20130422101500",
  "20130422101500.123456",
  "20130422101500.123456+0200",
  "2013042210-0500",
  "20130422995000",
])("%s is read as an old form of 2013-04-22", (text) => {
  expect(parse(text)).toEqual(["2013-04-22", "date-form-old"]);
});

test.each(["201304", "2013"])("%s is a part of a date", (text) => {
  expect(parse(text)).toEqual([null, "date-partial"]);
});

test.each([
  "00000000",
  "20151399",
  "20150229",
  "19000229",
  "99999999",
  "20150431",
  "20150100",
  "00001231",
  "abcdefgh",
  "unknown",
  "2013.04-22",
  "2013.13.01",
  "201313",
  "0000",
  "20",
  "201304221",
  "20130422x0",
  "20130422101500+02x0",
  "20130422101500.1.2",
  "20130422-20130501",
  "20130230101500",
])("%s is no date", (text) => {
  expect(parse(text)).toEqual([null, "date-invalid"]);
});

test("an empty text is no date and no problem", () => {
  expect(parse(" ")).toEqual([null]);
});

test("every day of the calendar is read back", () => {
  const days = fc.date({
    min: new Date("0001-01-01T00:00:00Z"),
    max: new Date("9999-12-31T00:00:00Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(days, (day) => {
      const date = day.toISOString().slice(0, 10);
      expect(parse(date.replaceAll("-", ""))).toEqual([date]);
    }),
  );
});

test("no text makes it throw", () => {
  const letters = fc.constantFrom(..."0123456789.-+/:& \\x");
  fc.assert(
    fc.property(fc.string({ unit: letters }), (text) => {
      expect(parse(text)[0] ?? "0001-01-01").toMatch(/^\d{4}-\d\d-\d\d$/);
    }),
  );
});
