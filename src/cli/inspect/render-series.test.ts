import { describe, expect, test } from "vitest";
import type { ViewRow } from "#cli/read-pages.ts";
import { ctTypeRules, ptTypeRules, typeRules } from "#stacks/types/type-rules.ts";
import { renderSeries } from "./render-series.ts";
import { findSeparations } from "./series-separations.ts";
import type { SeriesStory } from "./series-story.ts";
import type { ImageName, ShownDetails, ShownVariation } from "./series-variations.ts";
import { typeInWords } from "./series-words.ts";

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
  details: null,
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
      { stack_n_frames: 660, stack_n_positions: 33, stack_n_volumes: 20, stack_spacing: 4 },
    ],
    [
      "4 images at 3 positions, 3 mm apart",
      { stack_n_frames: 4, stack_n_positions: 3, stack_n_volumes: 1, stack_spacing: 3 },
    ],
    ["one position", { stack_n_positions: 1 }],
    ["one position, 25 images", { stack_n_frames: 25, stack_n_positions: 1, stack_n_volumes: 25 }],
    [
      "3 volumes of 10 positions, 2.5 mm apart; 4 images missing (86.7 % are there)",
      {
        stack_n_frames: 26,
        stack_n_positions: 10,
        stack_n_volumes: 3,
        stack_spacing: 2.5,
        stack_n_missing: 4,
        stack_completeness: 26 / 30,
      },
    ],
    [
      "5 positions, median gap 1 mm; 96 images missing (5 % are there)",
      {
        stack_n_frames: 5,
        stack_n_positions: 5,
        stack_spacing: 1,
        stack_n_missing: 96,
        stack_completeness: 5 / 101,
        stack_flags: "incomplete-grid\\irregular-spacing",
      },
    ],
    [
      "2 positions, 3 mm apart; 1 image shares place and time with another",
      { stack_n_frames: 3, stack_n_positions: 2, stack_spacing: 3, stack_n_doubled: 1 },
    ],
    [
      "2 volumes of 36 slices, 3 mm apart",
      { stack_n_frames: 2, stack_n_positions: 36, stack_spacing: 3, stack_flags: "mosaic" },
    ],
    [
      "20 volumes, each a sheet of slices 3.3 mm apart",
      { stack_n_frames: 20, stack_n_positions: null, stack_spacing: 3.3, stack_flags: "mosaic" },
    ],
    ["one volume, a sheet of slices", { stack_n_frames: 1, stack_flags: "mosaic" }],
  ])("%s", (text, values) => {
    expect(lineOf("geometry", values)).toBe(text);
  });

  test.each([
    [5999, 6000, "99.9 %"],
    [1, 7, "14.3 %"],
    [1, 6000, "0.1 %"],
  ])("%i images of %i are %s", (present, all, share) => {
    const line = lineOf("geometry", {
      stack_n_frames: present,
      stack_n_positions: 2,
      stack_n_missing: all - present,
      stack_completeness: present / all,
    });
    expect(line).toContain(`(${share} are there)`);
  });

  const instance = (number: string | null, frame: number | null = null): ImageName => ({
    sopInstanceUid: number === null ? "1.2.9" : `1.2.${number}`,
    instanceNumber: number,
    frame,
  });
  const sameUid = { sopInstanceUid: "1.2.3" };

  test.each<[string, ViewRow, Partial<ShownDetails>]>([
    [
      "3 positions, gaps of 9 to 96 mm",
      { stack_n_frames: 3, stack_n_positions: 3, stack_flags: "irregular-spacing" },
      { gaps: [9, 96] },
    ],
    [
      "9 positions, 3 mm apart; 2 images missing (82 % are there), such as between −12.5 and 3 mm along the normal",
      { stack_n_frames: 9, stack_n_positions: 9, stack_n_missing: 2, stack_completeness: 0.82 },
      { hole: { between: [-12.5, 3] } },
    ],
    [
      "2 volumes of 9 positions, 3 mm apart; 1 image missing, at 6 mm along the normal, where there is 1",
      { stack_n_frames: 17, stack_n_positions: 9, stack_n_volumes: 2, stack_n_missing: 1 },
      { hole: { at: 6, images: 1 } },
    ],
    [
      "2 positions, 3 mm apart; 4 images of 2 positions, each position twice, such as instance numbers 8 and 22",
      { stack_n_frames: 4, stack_n_positions: 2, stack_n_doubled: 2 },
      { twins: { times: 2, images: [instance("8"), instance("22")] } },
    ],
    [
      "2 volumes of 2 positions, 3 mm apart; 12 images of 2 volumes, each volume 3 times, such as frames 1 and 7 of instance number 1",
      { stack_n_frames: 12, stack_n_positions: 2, stack_n_volumes: 2, stack_n_doubled: 8 },
      { twins: { times: 3, images: [instance("1", 1), instance("1", 7)] } },
    ],
    [
      "one position; 5 images of it, such as instance numbers 3, frame 2 and 4",
      { stack_n_frames: 5, stack_n_positions: 1, stack_n_doubled: 4 },
      { twins: { times: 5, images: [instance("3", 2), instance("4")] } },
    ],
    [
      "3 positions, 3 mm apart; 2 images share place and time with another, such as instances 1.2.3 and 1.2.4",
      { stack_n_frames: 5, stack_n_positions: 3, stack_n_doubled: 2 },
      {
        twins: {
          times: null,
          images: [
            { ...instance("4"), ...sameUid },
            { ...instance("4"), sopInstanceUid: "1.2.4" },
          ],
        },
      },
    ],
    [
      "2 volumes of 36 slices, 3 mm apart; 1 image shares place and time with another, such as instances 1.2.3 and 1.2.9",
      { stack_n_frames: 2, stack_n_positions: 36, stack_n_doubled: 1, stack_flags: "mosaic" },
      { twins: { times: 2, images: [{ ...instance("3"), ...sameUid }, instance(null)] } },
    ],
  ])("%s", (text, values, details) => {
    const stack = row(0, "MR|TYPE=M", { stack_spacing: 3, ...values });
    const all = { settings: {}, gaps: null, hole: null, twins: null, ...details };
    expect(renderSeries(storyOf([stack], { details: [all] }), 200)).toContain(
      `  geometry   ${text}\n`,
    );
  });

  test("is left out where there is none", () => {
    expect(lineOf("geometry", { stack_n_positions: 0 })).toBeUndefined();
    expect(lineOf("plane", {})).toBe("not known");
    expect(
      lineOf("plane", { stack_image_orientation: "Axial", stack_orientation_confidence: 0.9397 }),
    ).toBe("Axial, tilted by 20°");
  });
});

describe("how images were made", () => {
  const linesOf = (key: string, values: ViewRow, story: Partial<SeriesStory>): string[] =>
    renderSeries(storyOf([row(0, key, values)], story), 200)
      .split("\n")
      .filter((line) => /^ {2}(voxels|settings) /.test(line))
      .map((line) => line.slice(13));

  test("is read from the series where its files agree", () => {
    const series = {
      rows: 256,
      columns: 192,
      pixel_spacing: "0.9375\\0.9375",
      slice_thickness: 5,
      magnetic_field_strength: 1.5,
    };
    expect(linesOf("MR|TE=5", { stack_echo_time: 5 }, { series })).toEqual([
      "0.938 × 0.938 × 5 mm, matrix 256 × 192",
      "1.5 T, TE 5 ms",
    ]);
    const varying = { slice_thickness: 2, rows: 2 };
    expect(linesOf("MR|TE=5", {}, { series, varying })).toEqual([
      "0.938 × 0.938 mm in plane",
      "1.5 T",
    ]);
  });

  const withSettings = (settings: ShownDetails["settings"]): Partial<SeriesStory> => ({
    details: [{ settings, gaps: null, hole: null, twins: null }],
  });

  test("of a sheet is the matrix of a tile, where their number is known", () => {
    const sheet = { rows: 384, columns: 384, pixel_spacing: "3\\3", slice_thickness: 3.3 };
    const flags = { stack_flags: "mosaic" };
    expect(linesOf("MR|TYPE=M", flags, withSettings({ ...sheet, tiles: 33 }))).toEqual([
      "3 × 3 × 3.3 mm, matrix 64 × 64 on sheets of 384 × 384",
    ]);
    expect(linesOf("MR|TYPE=M", flags, withSettings(sheet))).toEqual([
      "3 × 3 × 3.3 mm, sheet of 384 × 384",
    ]);
  });

  test("of CT has dose and kernel", () => {
    const dose = { stack_kvp: 120, stack_tube_current_min: 84, stack_tube_current_max: 97 };
    expect(linesOf("CT|KVP=120", dose, withSettings({ convolution_kernel: "I31f\\3" }))).toEqual([
      "tube 120 kV, current 84 to 97 mA, kernel I31f/3",
    ]);
  });

  test("of PET has bed, tracer, units and correction", () => {
    const whole = { stack_pet_bed_index: "ALL", stack_pet_frame_type: "WHOLE_BODY" };
    const series = { radionuclide: "F-18", radiopharmaceutical: "FDG" };
    const settings = { units: "BQML", attenuation_corrected: "Y" };
    expect(linesOf("PT|BED=ALL", whole, { ...withSettings(settings), series })).toEqual([
      "whole body, all beds in one volume, tracer FDG (F-18), units BQML, attenuation corrected",
    ]);
    const bed = { stack_pet_bed_index: "1", stack_pet_frame_type: "STATIC" };
    expect(linesOf("PT|BED=1", bed, withSettings({ attenuation_corrected: "N" }))).toEqual([
      "static, bed 1, not attenuation corrected",
    ]);
  });
});

test("what says nothing is left out of the settings", () => {
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

test("what goes along and is not shown with each stack, and what no rule looks at, are told", () => {
  const text = renderSeries(
    storyOf([row(0, "MR|TE=1"), row(1, "MR|TE=2")], {
      companions: [
        { column: "repetition_time", values: 2, text: "600 ms (stack 0), 700 ms (stack 1)" },
        {
          column: "magnetization_transfer",
          values: 1,
          text: "not written (stack 0), NONE (stack 1)",
        },
        { column: "scanning_sequence", values: 2, text: "SE (stack 0), GR (stack 1)" },
      ],
      unregarded: { window_center: 3 },
    }),
    100,
  );
  expect(text).toContain(
    "\nThe stacks also differ in\n  scanning sequence  SE (stack 0), GR (stack 1)\n\n",
  );
  expect(text).toContain(
    "Not looked at by the rules, though the files differ in it: window_center (3 values).\n",
  );
});

describe("what differs within a stack", () => {
  const variation = (column: string, why: string, text: string, stack = 0): ShownVariation => ({
    column,
    why,
    source: "dcm2niix#1",
    within: [{ stack, values: 2, missing: 0, text }],
  });
  const endOf = (stacks: readonly ViewRow[], variations: readonly ShownVariation[]): string =>
    renderSeries(storyOf(stacks, { variations }), 100)
      .split("\n\n")
      .slice(2 + stacks.length)
      .join("\n\n");

  test("is told in one line where it is time, without the source of the rule", () => {
    const why = "Time never separates.";
    const variations = [
      variation("acquisition_time", why, "2 times within 5 s"),
      variation("coil_string", "Why.", "A (1 image), B (1 image)"),
      variation("trigger_time", why, "0 ms (1 image), 5 ms (1 image)"),
    ];
    const images = { stack_n_frames: 2, stack_n_instances: 2, stack_n_positions: 2 };
    expect(endOf([row(0, "MR|TE=5", images)], variations)).toBe(
      `What differs within a stack and does not separate it
  time         acquisition_time 2 times within 5 s; trigger_time 0 ms (1 image), 5 ms (1 image).
               Time never separates.
  coil_string  A (1 image), B (1 image). Why.
`,
    );
  });

  test("is told apart for stacks of two kinds", () => {
    const within = [
      { stack: 0, values: 2, missing: 0, text: "0 s/mm² (1 image)" },
      { stack: 1, values: 2, missing: 0, text: "800 s/mm² (1 image)" },
    ];
    const column = { column: "diffusion_b_value", why: "Why.", source: "NILS", within };
    expect(endOf([row(0, "MR|TE=5"), row(1, "MR|TE=6")], [column])).toContain(
      "  diffusion_b_value  stack 0: 0 s/mm² (1 image); stack 1: 800 s/mm² (1 image). Why.\n",
    );
  });

  test.each<[string, ViewRow]>([
    [
      "Apart from their positions, the images of a stack agree in all that the rules look at.",
      { stack_n_instances: 4, stack_n_positions: 4 },
    ],
    [
      "Only their order (instance number) tells the images of one position apart.",
      { stack_n_instances: 4, stack_n_positions: 2 },
    ],
    [
      "Only their order (frame number) tells the images of one position apart.",
      { stack_n_positions: 2 },
    ],
    ["Only their order (frame number) tells the images apart.", { stack_n_positions: 0 }],
    [
      "Only their order (instance number) tells the volumes apart.",
      { stack_n_instances: 4, stack_n_positions: 36, stack_flags: "mosaic" },
    ],
  ])("is nothing: %s", (sentence, values) => {
    expect(endOf([row(0, "MR|TE=5", { stack_n_frames: 4, ...values })], [])).toContain(
      `${sentence}\n`,
    );
  });

  test("is nothing in one of several stacks", () => {
    const twice = { stack_n_frames: 4, stack_n_instances: 4, stack_n_positions: 2 };
    const stacks = [row(0, "MR|TE=5", twice), row(1, "MR|TE=6", twice)];
    const text = endOf(stacks, [variation("coil_string", "Why.", "A (1 image)", 1)]);
    expect(text).toContain("stack 0: Only their order (instance number) tells the images of one");
  });
});

test("a type that was assumed is not told as written", () => {
  const assumed = { stack_flags: "type-assumed", stack_type: "M", stack_image_type: "ORIGINAL" };
  expect(lineOf("type", assumed)).toBe("not written, taken for magnitude (ORIGINAL)");
  const text = renderSeries(storyOf([row(0, "MR|TYPE=M", assumed), row(1, "MR|TYPE=P")]), 100);
  expect(text).toContain("  image type  taken for magnitude (1 image), phase (1)\n");
});

test("every type has words", () => {
  const components = ["M", "P", "R", "I", "CR", "AXIAL", "IMAGE", "REPROJ"];
  const codes = [...typeRules, ...ctTypeRules, ...ptTypeRules].map(({ code }) => code);
  for (const code of [...codes, ...components]) expect(typeInWords(code), code).not.toBe(code);
});

test("a line to be typed names the database", () => {
  const stacks = Array.from({ length: 21 }, (_, index) => row(index, `MR|TE=${index + 1}`));
  expect(renderSeries(storyOf(stacks), 200, " --database x.db")).toContain(
    "nils export --cohort c --view v_stacks --database x.db for all of the cohort.",
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
