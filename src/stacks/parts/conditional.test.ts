/** Parts that separate only where a test says that they, and not time, tell images apart. */
import { describe, expect, test } from "vitest";
import { keysOf, repeat, slices, type TestFrame } from "#stacks/testing/build-series.ts";

const image_type = "ORIGINAL\\PRIMARY\\M";
const base = "MR|TYPE=M|ORIENT=TRA";

/** Ten slices of each of the settings, at one time each. */
const at = (settings: TestFrame["settings"], time = 0, count = 10): TestFrame[] =>
  slices(count, { image_type, ...settings }, { numbers: () => ({ acquisition_datetime: time }) });

describe.each<{
  part: string;
  one: TestFrame["settings"];
  other: TestFrame["settings"];
  keys: string[];
}>([
  {
    part: "SRC",
    one: {},
    other: { image_type: "DERIVED\\PRIMARY\\M" },
    keys: ["SRC=DERIV", "SRC=ORIG"],
  },
  {
    part: "VENC",
    one: { velocity_encoding: "100\\0\\0" },
    other: { velocity_encoding: "0\\0\\100" },
    keys: ["VENC=0/0/100", "VENC=100/0/0"],
  },
  {
    part: "COIL",
    one: { coil_string: "H1" },
    other: { coil_string: "H2" },
    keys: ["COIL=H1", "COIL=H2"],
  },
  {
    part: "QUAL",
    one: { image_type: `${image_type}\\ND` },
    other: { image_type: `${image_type}\\DIS2D\\NORM` },
    keys: ["QUAL=DIS2D+NORM", "QUAL=ND"],
  },
])("$part", ({ one, other, keys }) => {
  test("separates images of one place and time", () => {
    expect(keysOf("MR", [...at(one), ...at(other)])).toEqual(
      keys.map((key) => `10 × ${base}|${key}`),
    );
  });

  test("does not separate what time tells apart", () => {
    expect(keysOf("MR", [...at(one), ...at(other, 60)])).toEqual([`20 × ${base}`]);
  });

  test("separates from half of the smallest class on", () => {
    const rest = slices(5, { image_type, ...other }, { start: 1000 });
    expect(keysOf("MR", [...at(one), ...at(other, 0, 5), ...rest])).toHaveLength(2);
    const more = slices(1, { image_type, ...other }, { start: 2000 });
    expect(
      keysOf("MR", [...at(one), ...at(one), ...at(other, 0, 5), ...rest, ...more]),
    ).toHaveLength(1);
  });
});

test("metabolites and segments leave to qualifiers what they separate", () => {
  const keysOfMaps = (texts: readonly (string | null)[]) =>
    keysOf("MR", [
      ...at({ image_type: `${image_type}\\ND`, metabolite_map_description: texts[0] ?? null }),
      ...at({ image_type: `${image_type}\\NORM`, metabolite_map_description: texts[1] ?? null }),
    ]);
  expect(keysOfMaps(["NAA", "Cho"])).toEqual(keysOfMaps([null, null]));
  expect(keysOfMaps(["NAA", "Cho"])).toHaveLength(2);
});

test("a later test sees the groups that an earlier one left", () => {
  const frames = ["H1", "H2"].flatMap((coil_string) =>
    ["ND", "DIS2D"].flatMap((token) => at({ coil_string, image_type: `${image_type}\\${token}` })),
  );
  expect(keysOf("MR", frames)).toEqual([
    `10 × ${base}|COIL=H1|QUAL=DIS2D`,
    `10 × ${base}|COIL=H1|QUAL=ND`,
    `10 × ${base}|COIL=H2|QUAL=DIS2D`,
    `10 × ${base}|COIL=H2|QUAL=ND`,
  ]);
});

describe("TR", () => {
  const scan = (count: number, repetition_time: number | null, start = 0): TestFrame[] =>
    slices(count, { image_type, repetition_time }, { start });

  test("separates a design: few times, far apart, on all slices, equally often", () => {
    expect(keysOf("MR", [...scan(30, 20), ...scan(30, 100)])).toEqual([
      `30 × ${base}|TR=100`,
      `30 × ${base}|TR=20`,
    ]);
  });

  test.each([
    ["five times", [...[20, 40, 60, 80, 100].flatMap((time) => scan(10, time))]],
    ["times less than 5 % apart", [...scan(30, 1000), ...scan(30, 1049)]],
    ["times on other slices", [...scan(30, 20), ...scan(30, 100, 600)]],
    ["times of unequal count", [...scan(30, 20), ...scan(30, 100), ...scan(30, 100)]],
    ["a triggered scan", repeat(60, (slice) => scan(1, 850 + ((slice * 37) % 100), slice * 2))],
    [
      "images without positions",
      [20, 100].map((repetition_time) => ({ settings: { image_type, repetition_time } })),
    ],
  ])("does not separate %s", (_, frames) => {
    expect(keysOf("MR", frames)).toHaveLength(1);
  });

  test("separates from 5 % on, and sets what has no time apart", () => {
    expect(keysOf("MR", [...scan(30, 1000), ...scan(30, 1050), ...scan(2, null)])).toEqual([
      `2 × ${base}|TR=-`,
      `30 × ${base}|TR=1000`,
      `30 × ${base}|TR=1050`,
    ]);
  });
});

describe("ACQ", () => {
  const key = "CT|TYPE=AXIAL|ORIENT=TRA";
  const pass = (acquisition_number: number, count: number, start = 0): TestFrame[] =>
    slices(count, {}, { start, numbers: () => ({ acquisition_number }) });

  test("separates phases that went over different ranges", () => {
    expect(keysOf("CT", [...pass(1, 80), ...pass(2, 156)])).toEqual([
      `80 × ${key}|ACQ=1`,
      `156 × ${key}|ACQ=2`,
    ]);
  });

  test.each([
    ["as many images at every position", [...pass(1, 40), ...pass(2, 40)]],
    ["an acquisition that repeats a position", [...pass(1, 40), ...pass(1, 20), ...pass(2, 60)]],
    ["numbers that count slices", repeat(40, (slice) => pass(slice, 1, slice * 2))],
    [
      "numbers that count slices, one of which was taken twice",
      [...repeat(40, (slice) => pass(slice, 1, slice * 2)), ...pass(41, 1, 10)],
    ],
    ["one acquisition", [...pass(1, 40), ...pass(1, 20)]],
  ])("does not separate %s", (_, frames) => {
    expect(keysOf("CT", frames)).toHaveLength(1);
  });

  test("does not look at other modalities", () => {
    const mr = [...pass(1, 80), ...pass(2, 156)].map((frame) => ({
      ...frame,
      settings: { ...frame.settings, image_type },
    }));
    expect(keysOf("MR", mr)).toEqual([`236 × ${base}`]);
  });
});
