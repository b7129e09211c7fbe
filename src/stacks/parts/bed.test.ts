import { describe, expect, test } from "vitest";
import { keysOf, repeat, slices, type TestFrame } from "#stacks/testing/build-series.ts";

const HOUR = 3600;
const settings = { series_type: "STATIC\\IMAGE" };
const bedsOf = (frames: readonly TestFrame[]): string[] =>
  keysOf("PT", frames).map((key) => key.replace("|FRAME=STATIC|TYPE=IMAGE|ORIENT=TRA", ""));

/** Slices 2 mm apart from `start` mm, acquired at `time` s. */
const visit = (
  count: number,
  start: number,
  time: number,
  more: { settings?: TestFrame["settings"]; numbers?: Record<string, number> } = {},
): TestFrame[] =>
  slices(
    count,
    { ...settings, ...more.settings },
    {
      start,
      numbers: () => ({ acquisition_datetime: time, ...more.numbers }),
    },
  );

describe("beds of PET", () => {
  test("are one for one place, whatever the times", () => {
    expect(bedsOf(visit(40, 0, HOUR))).toEqual(["40 × PT|BED=1"]);
    expect(bedsOf(repeat(10, (frame) => visit(40, 0, HOUR + frame * 60)))).toEqual([
      "400 × PT|BED=1",
    ]);
    expect(bedsOf(slices(40, settings))).toEqual(["40 × PT|BED=1"]);
  });

  test("are ALL where places abut, in one pass or several", () => {
    const pass = (start: number) =>
      repeat(5, (place) => visit(40, place * 80, start + place * 180));
    expect(bedsOf(pass(0))).toEqual(["200 × PT|BED=ALL"]);
    expect(bedsOf([...pass(0), ...pass(HOUR), ...pass(2 * HOUR)])).toEqual(["600 × PT|BED=ALL"]);
  });

  test("may share two slices with the next and still be stitched", () => {
    expect(bedsOf(repeat(3, (place) => visit(40, place * 76, place * 180)))).toEqual([
      "120 × PT|BED=ALL",
    ]);
    expect(bedsOf(repeat(3, (place) => visit(40, place * 74, place * 180)))).toHaveLength(3);
  });

  test("are numbered by time where places overlap", () => {
    const stacks = bedsOf([...visit(47, 0, 900), ...visit(46, 84, 600), ...visit(45, 166, 300)]);
    expect(stacks).toEqual(["45 × PT|BED=1", "46 × PT|BED=2", "47 × PT|BED=3"]);
  });

  test("take visits that share nine tenths of their positions as one place", () => {
    expect(bedsOf([...visit(40, 0, 0), ...visit(40, 8, 300)])).toEqual(["80 × PT|BED=1"]);
    expect(bedsOf([...visit(40, 0, 0), ...visit(40, 10, 300)])).toHaveLength(2);
  });

  test("follow the table where it says its position", () => {
    const at = (table_position: number) => ({ numbers: { table_position } });
    expect(bedsOf([...visit(40, 0, 0, at(100)), ...visit(40, 20, 300, at(100.5))])).toEqual([
      "80 × PT|BED=1",
    ]);
    expect(bedsOf([...visit(40, 0, 0, at(100)), ...visit(40, 0, 300, at(140))])).toEqual([
      "40 × PT|BED=1",
      "40 × PT|BED=2",
    ]);
  });

  test("use frame reference times where there is no acquisition time", () => {
    const frames = repeat(3, (place) =>
      slices(47, settings, {
        start: place * 84,
        numbers: () => ({ frame_reference_time: place * 300_000 }),
      }),
    );
    expect(bedsOf(frames)).toHaveLength(3);
  });

  test("are one where a visit takes longer than its slices are apart", () => {
    const pass = (start: number): TestFrame[] =>
      visit(20, 0, 0, { settings: { series_type: "STATIC\\IMAGE" } }).map((frame, slice) => ({
        ...frame,
        numbers: { ...frame.numbers, acquisition_datetime: start + slice * 0.5 },
      }));
    expect(bedsOf([...pass(0), ...pass(600)])).toEqual(["40 × PT|BED=1"]);
  });

  test("are one where each of very many visits lacks some slices", () => {
    const frames = repeat(1_100, (index) =>
      visit(60, 0, HOUR + index * 60).filter(
        (_, slice) => slice !== index % 60 && slice !== (index * 7 + 1 + (index % 13)) % 60,
      ),
    );
    expect(bedsOf(frames)).toHaveLength(1);
  });

  test("are found apart for corrected and uncorrected images", () => {
    const corrected = { settings: { attenuation_corrected: "Y" } };
    const uncorrected = { settings: { attenuation_corrected: "N" } };
    expect(bedsOf([...visit(40, 0, 0, corrected), ...visit(30, 20, 900, uncorrected)])).toEqual([
      "40 × PT|BED=1|CORR=AC",
      "30 × PT|BED=1|CORR=NAC",
    ]);
  });
});
