import { describe, expect, test } from "vitest";
import { stackInputs } from "./stack-inputs.ts";
import type { StackOptions } from "./stack-options.ts";
import { stackSeries } from "./stack-series.ts";
import { buildSeries, repeat, slices, type TestFrame } from "./testing/build-series.ts";
import { findCompanions, findVariations, type Variation } from "./variation.ts";
import { inputReasons } from "./variation-reasons.ts";
import type { InputColumn } from "./variation-values.ts";

const auto: StackOptions = { ctSplitOnDose: "auto" };

function variationsOf(
  modality: string,
  list: readonly TestFrame[],
  options: StackOptions = auto,
): Variation[] {
  const frames = buildSeries(modality, list);
  return findVariations(frames, stackSeries(frames, options), options);
}

/** Why a column of a series did not separate it; undefined where it does not differ within a stack. */
const whyNot = (
  column: InputColumn,
  modality: string,
  list: readonly TestFrame[],
  options: StackOptions = auto,
): string | undefined =>
  variationsOf(modality, list, options).find((variation) => variation.column === column)?.why;

/** Slices whose settings follow from their number. */
const varied = (count: number, settings: (slice: number) => TestFrame["settings"]): TestFrame[] =>
  slices(count, {}).map((frame, slice) => ({
    ...frame,
    settings: { ...frame.settings, ...settings(slice) },
  }));

describe("reasons", () => {
  test("every input of the rules has one that holds for any stack", () => {
    expect(Object.keys(inputReasons).sort()).toEqual([...stackInputs].sort());
    const silent = stackInputs.filter((column) => inputReasons[column].reasons.length === 0);
    expect(silent).toEqual(["image_position_patient"]);
    for (const column of stackInputs) {
      const { reasons } = inputReasons[column];
      expect(reasons.at(-1)?.holds, column).toBeUndefined();
      expect(
        reasons.slice(0, -1).every(({ holds }) => holds !== undefined),
        column,
      ).toBe(true);
    }
  });

  test("each is one sentence and has a source", () => {
    for (const { why, source } of Object.values(inputReasons).flatMap(({ reasons }) => reasons)) {
      expect(why).toMatch(/^[A-Z].*[^.]\.$/);
      expect(why).not.toContain(". ");
      expect(source).not.toBe("");
    }
  });
});

describe("what varies within a stack", () => {
  test("is told with its values and the stacks concerned, and position is not", () => {
    const found = variationsOf("MR", [
      ...varied(3, (slice) => ({ echo_time: slice === 1 ? 30.001 : 30 })),
      ...varied(3, () => ({ echo_time: 60 })),
    ]);
    expect(found).toEqual([
      {
        column: "echo_time",
        why: "Steps of 0.01 ms or less are jitter, not a setting.",
        source: "dcm2niix#543",
        within: [
          {
            stack: 0,
            values: {
              counts: new Map([
                [30, 2],
                [30.001, 1],
              ]),
              missing: 0,
            },
          },
        ],
      },
    ]);
  });

  test("a value that some images lack differs too", () => {
    const series = varied(4, (slice) => ({
      echo_time: 5,
      echo_numbers: slice < 2 ? "1" : null,
    }));
    const [variation] = variationsOf("MR", series);
    expect(variation?.column).toBe("echo_numbers");
    expect(variation?.within[0]?.values).toEqual({ counts: new Map([["1", 2]]), missing: 2 });
    expect(variation?.why).toContain("take that of the images with their echo time");
  });

  test("one column has a line for each reason", () => {
    const series = [
      ...varied(6, (slice) => ({ echo_time: 5, repetition_time: 900 + slice * 20 })),
      ...varied(6, (slice) => ({ echo_time: 10, repetition_time: slice === 0 ? 2000.4 : 2000 })),
    ];
    expect(variationsOf("MR", series).map(({ why }) => why)).toEqual([
      "More than four times are taken to follow the heart or the breath, and not to be planned.",
      "Steps of 1 ms or less are jitter, not a setting.",
    ]);
  });

  test("what separates is no variation", () => {
    const series = [
      ...slices(3, { echo_time: 5, flip_angle: 10 }),
      ...slices(3, { echo_time: 9, flip_angle: 20 }),
    ];
    expect(variationsOf("MR", series)).toEqual([]);
  });
});

describe("the reason follows from the stack", () => {
  test("an inversion time that follows the heart, and one that jitters", () => {
    const heart = varied(5, (slice) => ({ inversion_time: 100 + slice * 80 }));
    expect(whyNot("inversion_time", "MR", heart)).toContain("follow the heart");
    const jitter = varied(5, (slice) => ({ inversion_time: 100 + slice * 0.1 }));
    expect(whyNot("inversion_time", "MR", jitter)).toContain("1 ms or less");
  });

  test("repetition times that are too few to follow the heart were not planned either", () => {
    const series = varied(6, (slice) => ({ repetition_time: slice < 4 ? 800 : 950 }));
    expect(whyNot("repetition_time", "MR", series)).toContain("each on all slices");
  });

  test("doses that are said to be modulated, that follow the patient, that are kept together, that round alike", () => {
    const dose = (modulation: string | null): TestFrame[] =>
      slices(
        12,
        { exposure_modulation_type: modulation },
        { numbers: (slice) => ({ x_ray_tube_current: 100 + slice * 10 }) },
      );
    const column = "x_ray_tube_current";
    expect(whyNot(column, "CT", dose("ANGULAR"))).toContain("The scanner says");
    expect(whyNot(column, "CT", dose("NONE"))).toContain("the patient's shape");
    const twice = repeat(2, (index) =>
      slices(5, {}, { numbers: () => ({ x_ray_tube_current: 100 + index * 200 }) }),
    );
    expect(whyNot(column, "CT", twice)).toBeUndefined();
    expect(whyNot(column, "CT", twice, { ctSplitOnDose: "never" })).toContain("keeps doses");
    const close = slices(4, {}, { numbers: (slice) => ({ x_ray_tube_current: 200 + slice / 10 }) });
    expect(whyNot(column, "CT", close)).toContain("within 1 mA");
    expect(whyNot(column, "CT", close, { ctSplitOnDose: "always" })).toContain("round to");
    expect(whyNot(column, "PT", close)).toBe("Separates images of CT only.");
  });

  test("a coil that changes during a run goes along with time", () => {
    const run = repeat(6, (volume) =>
      slices(
        4,
        { coil_string: volume < 2 ? "HE1-4" : "HE1-3" },
        { numbers: () => ({ temporal_position_identifier: volume + 1 }) },
      ),
    );
    expect(whyNot("coil_string", "MR", run)).toContain("also differ in place");
    expect(whyNot("temporal_position_identifier", "MR", run)).toContain("time never separates");
    const few = [
      ...slices(10, { coil_string: "A" }),
      ...slices(9, { coil_string: "B" }, { start: 14 }),
    ];
    expect(whyNot("coil_string", "MR", few)).toContain("too few images of one place");
  });

  test("image types that say the same in other words, and such as go along with place", () => {
    const words = varied(4, (slice) => ({
      image_type: slice < 2 ? "ORIGINAL\\PRIMARY\\M\\ND\\NORM" : "ORIGINAL\\SECONDARY\\M\\NORM\\ND",
    }));
    expect(whyNot("image_type", "MR", words)).toContain("They come to the same");
    const placed = varied(4, (slice) => ({
      image_type: slice < 2 ? "ORIGINAL\\PRIMARY\\M\\ND" : "ORIGINAL\\PRIMARY\\M\\DIS2D",
    }));
    expect(whyNot("image_type", "MR", placed)).toContain("also differ in place");
  });

  test("texts that are one, and sheets with more or fewer tiles", () => {
    const cased = varied(4, (slice) => ({ convolution_kernel: slice < 2 ? "B30f" : "B30F" }));
    expect(whyNot("convolution_kernel", "CT", cased)).toContain("written in several ways");
    const sheets = varied(4, (slice) => ({ tiles: slice < 2 ? 30 : 36 }));
    expect(whyNot("tiles", "MR", sheets)).toContain("how many slices a mosaic holds");
  });

  test("a frame of reference that each file has of its own", () => {
    const series = varied(4, (slice) => ({ frame_of_reference_uid: `1.2.${slice}` }));
    expect(whyNot("frame_of_reference_uid", "MR", series)).toContain("one position at most");
  });

  test("planes that jitter, and planes that turn", () => {
    const jitter = varied(3, (slice) => ({
      image_orientation_patient: `1\\0.00${slice}\\0\\0\\1\\0`,
    }));
    expect(whyNot("image_orientation_patient", "MR", jitter)).toContain("steps of 0.5°");
    const turning = Array.from({ length: 12 }, (_, index): TestFrame => {
      const angle = (index * 15 * Math.PI) / 180;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      return {
        settings: {
          image_orientation_patient: `${cos.toFixed(6)}\\${sin.toFixed(6)}\\0\\0\\0\\-1`,
          pixel_spacing: "1\\1",
          rows: 100,
          columns: 101,
        },
        numbers: {
          image_position_patient_x: -50 * cos,
          image_position_patient_y: -50 * sin,
          image_position_patient_z: 50,
        },
      };
    });
    expect(whyNot("image_orientation_patient", "MR", turning)).toContain("turn about one axis");
  });

  test("acquisition numbers of slices, of volumes in time, and of MR", () => {
    const counted = slices(6, {}, { numbers: (slice) => ({ acquisition_number: slice }) });
    const column = "acquisition_number";
    expect(whyNot(column, "CT", counted)).toContain("No position was taken twice");
    expect(whyNot(column, "MR", counted)).toContain("time never separates");
    expect(whyNot(column, "PT", counted)).toBe("Separates images of CT only.");
    const volumes = repeat(3, (volume) =>
      slices(4, {}, { numbers: () => ({ acquisition_number: volume }) }),
    );
    expect(whyNot(column, "CT", volumes)).toContain("as often as any other");
  });
});

test("times of PET: frames of one bed, and beds that were stitched", () => {
  const dynamic = repeat(3, (frame) =>
    slices(
      4,
      { series_type: "DYNAMIC\\IMAGE" },
      {
        numbers: () => ({
          acquisition_datetime: 1000 + frame * 60,
          frame_reference_time: frame * 60_000,
        }),
      },
    ),
  );
  expect(whyNot("acquisition_time", "PT", dynamic)).toContain("Frames in time stay together");
  expect(whyNot("frame_reference_time", "PT", dynamic)).toContain("Frames in time stay together");
  const beds = repeat(2, (bed) =>
    slices(
      4,
      { series_type: "WHOLE BODY\\IMAGE" },
      { start: bed * 8, numbers: () => ({ acquisition_datetime: 1000 + bed * 120 }) },
    ),
  );
  expect(whyNot("acquisition_time", "PT", beds)).toContain("stitched into one volume");
});

test("a time of day beyond midnight is a date of its own", () => {
  const series = slices(2, {}, { numbers: (slice) => ({ acquisition_datetime: slice * 86_400 }) });
  expect(variationsOf("MR", series).map(({ column }) => column)).toEqual([
    "acquisition_date",
    "acquisition_time",
  ]);
});

describe("what goes along with what separates", () => {
  const companionsOf = (list: readonly TestFrame[]): string[] => {
    const frames = buildSeries("MR", list);
    return findCompanions(frames, stackSeries(frames, auto)).map(({ column }) => column);
  };

  test("is what no printed part shows", () => {
    const series = [
      ...slices(3, { echo_time: 5, repetition_time: 600, echo_train_length: 1, flip_angle: 90 }),
      ...slices(3, { echo_time: 90, repetition_time: 4000, echo_train_length: 16, flip_angle: 90 }),
    ];
    expect(companionsOf(series)).toEqual(["echo_train_length", "repetition_time"]);
  });

  test("is nothing that differs within a stack too, nor in a single stack", () => {
    const series = [
      ...varied(3, (slice) => ({ echo_time: 5, echo_train_length: slice })),
      ...slices(3, { echo_time: 90, echo_train_length: 9 }),
    ];
    expect(companionsOf(series)).toEqual([]);
    expect(companionsOf(slices(3, {}))).toEqual([]);
  });
});
