import { describe, expect, test } from "vitest";
import type { ViewRow } from "#cli/read-pages.ts";
import { renderSeries } from "./render-series.ts";
import { findSeparations } from "./series-separations.ts";
import type { SeriesStory } from "./series-story.ts";

const row = (index: number, key: string, values: ViewRow = {}): ViewRow => ({
  stack_index: index,
  stack_key: key,
  stack_modality: key.slice(0, 2),
  stack_n_frames: 1,
  stack_n_instances: 1,
  ...values,
});

const storyOf = (stacks: readonly ViewRow[], rest: Partial<SeriesStory> = {}): SeriesStory => ({
  cohort: "c",
  series: {},
  notice: null,
  stacks,
  separations: findSeparations(stacks),
  variations: [],
  companions: [],
  unregarded: {},
  varying: {},
  ...rest,
});

const lineOf = (name: string, values: ViewRow): string | undefined =>
  renderSeries(storyOf([row(0, "MR|TYPE=M", values)]), 100)
    .split("\n")
    .find((line) => line.startsWith(`  ${name}`))
    ?.slice(13);

describe("what separates", () => {
  const separated = (...stacks: readonly ViewRow[]): string[] =>
    renderSeries(storyOf(stacks), 100)
      .split("\n\n")[1]
      ?.split("\n")
      .slice(1)
      .filter((line) => line !== "") ?? [];

  test("is told in words, with units and the number of images", () => {
    expect(
      separated(
        row(0, "MR|TE=5.19|TYPE=M|DIM=64X128", { stack_n_frames: 33 }),
        row(1, "MR|TE=5.19|TYPE=M|DIM=128X128", { stack_n_frames: 2 }),
        row(2, "MR|TE=7.65|TYPE=W+P", { stack_n_frames: 1200 }),
      ),
    ).toEqual([
      "  echo time   5.19 ms (35 images), 7.65 ms (1,200)",
      "  image type  magnitude (35 images), water, phase (1,200)",
      "  matrix      64 × 128 (33 images), 128 × 128 (2); it separates nothing among the other 1,200",
    ]);
  });

  test("leaves parts aside that a modality does not have", () => {
    expect(
      separated(
        row(0, "CT|KVP=80+140|MA=MOD|TYPE=VMI70|ORIENT=TRA"),
        row(1, "PT|BED=ALL|TYPE=IMAGE|ORIENT=TRA"),
      ),
    ).toEqual([
      "  modality    CT (1 image), PT (1)",
      "  image type  virtual monoenergetic, 70 keV (1 image), image (1)",
    ]);
  });

  test("names missing values, and texts without the digest that keys need", () => {
    expect(
      separated(row(0, "CT|KER=B_30~0F12AB"), row(1, "CT|KER=-"), row(2, "CT|KVP=120|KER=H31S")),
    ).toEqual([
      "  tube voltage  not given (2 images), 120 kV (1)",
      "  kernel        B_30 (1 image), not given (1), H31S (1)",
    ]);
  });
});

describe("geometry", () => {
  test.each<[string, ViewRow]>([
    ["33 positions, 4 mm apart", { stack_n_frames: 33, stack_n_positions: 33, stack_spacing: 4 }],
    [
      "20 volumes of 33 positions, 4 mm apart",
      { stack_n_frames: 660, stack_n_positions: 33, stack_spacing: 4 },
    ],
    ["one position", { stack_n_positions: 1 }],
    ["one position, 25 images", { stack_n_frames: 25, stack_n_positions: 1 }],
    [
      "3 volumes of 10 positions, 2.5 mm apart; 4 images missing (86.6 % are there)",
      {
        stack_n_frames: 26,
        stack_n_positions: 10,
        stack_spacing: 2.5,
        stack_n_missing: 4,
        stack_completeness: 26 / 30,
      },
    ],
    [
      "5 positions, 1 mm apart; 96 images missing (4.9 % are there)",
      {
        stack_n_frames: 5,
        stack_n_positions: 5,
        stack_spacing: 1,
        stack_n_missing: 96,
        stack_completeness: 5 / 101,
      },
    ],
    [
      "4 positions, 2 mm apart; 4 images doubled, 2 of each on average",
      { stack_n_frames: 8, stack_n_positions: 4, stack_spacing: 2, stack_n_doubled: 4 },
    ],
    [
      "2 positions, 3 mm apart; 1 image doubled",
      { stack_n_frames: 3, stack_n_positions: 2, stack_spacing: 3, stack_n_doubled: 1 },
    ],
    [
      "2 volumes of 36 positions, 3 mm apart",
      { stack_n_frames: 2, stack_n_positions: 36, stack_spacing: 3, stack_flags: "mosaic" },
    ],
  ])("%s", (text, values) => {
    expect(lineOf("geometry", values)).toBe(text);
  });

  test("is left out where there is none", () => {
    expect(lineOf("geometry", { stack_n_positions: 0 })).toBeUndefined();
    expect(lineOf("plane", {})).toBe("not known");
    expect(
      lineOf("plane", { stack_image_orientation: "Axial", stack_orientation_confidence: 0.9397 }),
    ).toBe("Axial, tilted by 20°");
  });
});

test("settings of CT and PET are told in their units", () => {
  const dose = { stack_kvp: 120, stack_tube_current_min: 84, stack_tube_current_max: 97 };
  expect(lineOf("settings", dose)).toBe("tube 120 kV, current 84 to 97 mA");
  expect(
    lineOf("settings", { stack_pet_bed_index: "ALL", stack_pet_frame_type: "WHOLE_BODY" }),
  ).toBe("bed all beds in one volume, frame type whole body");
  expect(lineOf("settings", { stack_n_temporal: 1, stack_echo_train_length: 0 })).toBeUndefined();
});

test("what a file says cannot move the cursor", () => {
  const coil = { stack_receive_coil_name: "HEAD\u001b[2J" };
  const within = [{ stack: 0, values: 2, missing: 0, text: "A\u0007 (1 image)" }];
  const text = renderSeries(
    storyOf([row(0, "MR|TE=5", { ...coil, stack_image_type: "M\u001b" })], {
      variations: [{ column: "coil_string", why: "Why.", source: "NILS", within }],
    }),
    100,
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
});

test("b-values are told by range, number and kind", () => {
  const values = { stack_b_min: 0, stack_b_max: 3000, stack_n_b_values: 4 };
  expect(lineOf("diffusion", { ...values, diffusion_kind: "directional" })).toBe(
    "b = 0 to 3,000 s/mm², 4 b-values, directional",
  );
  expect(lineOf("diffusion", { stack_b_min: 800, stack_b_max: 800, stack_n_b_values: 1 })).toBe(
    "b = 800 s/mm²",
  );
  expect(lineOf("diffusion", { stack_b_min: 0, stack_b_max: 0, diffusion_kind: "none" })).toBe(
    undefined,
  );
});

test("a remark is explained once, with the stacks that have it", () => {
  const flags = { stack_flags: "dose-modulated" };
  const text = renderSeries(
    storyOf([row(0, "CT|MA=MOD", flags), row(1, "CT|MA=MOD|THK=5", flags), row(2, "CT|MA=5")]),
    100,
  );
  expect(text.match(/Tube current/g)).toHaveLength(1);
  expect(text).toContain("  dose-modulated  stacks 0, 1: Tube current");
});

test("what goes along, and what no rule looks at, are a line each", () => {
  const text = renderSeries(
    storyOf([row(0, "MR|TE=1"), row(1, "MR|TE=2")], {
      companions: ["repetition_time"],
      unregarded: { window_center: 3 },
    }),
    100,
  );
  expect(text).toContain(
    "The stacks also differ in repetition_time, which is the same throughout a stack.\n",
  );
  expect(text).toContain(
    "Not looked at by the rules, though the files differ in it: window_center (3 values).\n",
  );
});

test("a series of thousands of stacks is told in no more lines than one of twenty", () => {
  const stacks = Array.from({ length: 5000 }, (_, index) =>
    row(index, `MR|TE=${index + 1}|TYPE=M`, { stack_flags: "no-geometry" }),
  );
  const within = stacks.map((_, stack) => ({
    stack,
    values: 2 + (stack % 3),
    missing: 0,
    text: `${stack}`,
  }));
  const variation = {
    column: "echo_time",
    why: "Jitter.",
    source: "NILS",
    within: within.slice(1),
  };
  const text = renderSeries(storyOf(stacks, { variations: [variation] }), 100);
  expect(text.split("\n").length).toBeLessThan(120);
  expect(text.replaceAll(/\s+/g, " ")).toContain("7 ms (1), 8 ms (1) and 4,992 more");
  expect(text).toContain(
    "4,980 stacks more are not shown; add --json for all of this series, or use nils export --cohort c\n--view v_stacks for all of the cohort.\n",
  );
  expect(text).toContain("stacks 1, 2, 3, 4, 5, 6 and 4,993 more: 2 to 4 values each. Jitter.\n");
});
