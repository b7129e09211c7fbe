import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDateTime, splitDateTime } from "./date-time.ts";

function parse(text: string, offset: string | null = null): [string | null, ...string[]] {
  const warnings: string[] = [];
  return [parseDateTime(text, offset, (code) => warnings.push(code)), ...warnings];
}

function split(text: string): unknown[] {
  const warnings: string[] = [];
  const { date, time } = splitDateTime(text, (code) => warnings.push(code));
  return [date, time, ...warnings];
}

test.each([
  ["20130422181600", "2013-04-22T18:16:00"],
  ["20130422181600.5", "2013-04-22T18:16:00.500000"],
  ["20130422181600.687000+0200 ", "2013-04-22T18:16:00.687000+02:00"],
  ["20130422181600-1200", "2013-04-22T18:16:00-12:00"],
  ["20130422181600+1400", "2013-04-22T18:16:00+14:00"],
  ["20130422181600+0545", "2013-04-22T18:16:00+05:45"],
  ["20130422181600-0000", "2013-04-22T18:16:00+00:00"],
  ["201304221816", "2013-04-22T18:16:00"],
  ["2013042218-0500", "2013-04-22T18:00:00-05:00"],
  ["20130422181600\\20140422181600", "2013-04-22T18:16:00"],
])("%j is %s", (text, dateTime) => {
  expect(parse(text)).toEqual([dateTime]);
});

test("a day alone gets no time and no zone", () => {
  expect(parse("20130422")).toEqual(["2013-04-22"]);
  expect(parse("20130422+0200", "+0100")).toEqual(["2013-04-22"]);
});

test("the zone of the data set is appended where there is no suffix", () => {
  expect(parse("20130422181600", "+0200")).toEqual(["2013-04-22T18:16:00+02:00"]);
  expect(parse("20130422181600-0500", "+0200")).toEqual(["2013-04-22T18:16:00-05:00"]);
});

test.each(["", "+1500", "0200", "+02:00", "Z", "+02x0"])(
  "the zone %j of the data set is not valid and left out",
  (offset) => {
    expect(parse("20130422181600", offset)).toEqual(["2013-04-22T18:16:00"]);
  },
);

test.each(["+1401", "-1201", "+0260", "+02", "+x"])(
  "a suffix %s costs the zone, also that of the data set",
  (suffix) => {
    expect(parse(`20130422181600${suffix}`, "+0200")).toEqual([
      "2013-04-22T18:16:00",
      "time-invalid",
    ]);
  },
);

test.each(["2013", "201304", "2013-0500"])("%s has no day and is null", (text) => {
  expect(parse(text)).toEqual([null, "date-partial"]);
});

test("a day or time that does not exist makes it null", () => {
  expect(parse("20130230181600")).toEqual([null, "date-invalid"]);
  expect(parse("20130422256000")).toEqual([null, "time-invalid"]);
  expect(parse("letters")).toEqual([null, "date-invalid"]);
  expect(parse("+0200")).toEqual([null]);
  expect(parse("")).toEqual([null]);
});

test("other forms of the time are those of TM", () => {
  expect(parse("20130422181600687")).toEqual(["2013-04-22T18:16:00.687000", "time-form-old"]);
  expect(parse("20161231235960")).toEqual(["2016-12-31T23:59:59.999999", "time-leap"]);
});

test("date and time are those of its own wall clock", () => {
  expect(split("20130422181600.687000+0200")).toEqual(["2013-04-22", "18:16:00.687000"]);
  expect(split("20130422233000-0800")).toEqual(["2013-04-22", "23:30:00"]);
  expect(split("20130422")).toEqual(["2013-04-22", null]);
  expect(split("20130422256000")).toEqual(["2013-04-22", null, "time-invalid"]);
  expect(split("2013")).toEqual([null, null, "date-partial"]);
  expect(split("")).toEqual([null, null]);
});

test("no text makes it throw", () => {
  const letters = fc.constantFrom(..."0123456789.:+- \\x");
  fc.assert(
    fc.property(fc.string({ unit: letters }), fc.string({ unit: letters }), (text, offset) => {
      const dateTime = parse(text, offset)[0] ?? "0001-01-01";
      expect(dateTime).toMatch(/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{6})?([+-]\d\d:\d\d)?)?$/);
      split(text);
    }),
  );
});
