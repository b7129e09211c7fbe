import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stackInputs } from "./stack-inputs.ts";
import { stackSeries } from "./stack-series.ts";
import {
  buildSeries,
  COR,
  keysOf,
  nameFrames,
  reasonOf,
  SAG,
  slices,
  type TestFrame,
  TRA,
} from "./testing/build-series.ts";

const options = { ctSplitOnDose: "auto" } as const;
const image_type = "ORIGINAL\\PRIMARY\\M";

test("makes no stack of no frames", () => {
  expect(stackSeries(buildSeries("MR", []), options)).toEqual([]);
});

test("gives frames that say nothing a stack", () => {
  expect(keysOf("MR", [{ settings: {} }])).toEqual(["1 × MR|TYPE=M"]);
  expect(keysOf("CT", [{ settings: {} }])).toEqual(["1 × CT|TYPE=AXIAL"]);
  expect(keysOf("PT", [{ settings: {} }])).toEqual(["1 × PT|BED=1|FRAME=STATIC|TYPE=IMAGE"]);
  expect(keysOf("US", [{ settings: {} }])).toEqual(["1 × US|TYPE=IMAGE"]);
  expect(stackSeries(buildSeries(null, [{ settings: {} }]), options)[0]?.key).toBe("OT|TYPE=IMAGE");
});

test("parts modalities first, by the modality that the frames give", () => {
  const frames = [
    ...slices(2, { image_type, echo_time: 5 }),
    ...slices(1, { modality: "ot", image_type: "DERIVED\\SECONDARY" }),
  ];
  expect(keysOf("MR", frames)).toEqual([
    "2 × MR|TE=5|ECHO=1|TYPE=M|ORIENT=TRA",
    "1 × OT|TYPE=IMAGE|ORIENT=TRA",
  ]);
  expect(reasonOf("MR", frames)).toBe("split by modality, image type");
});

test("orders stacks by numbers, then type, then orientation", () => {
  const frames = [
    ...slices(1, { image_type: "ORIGINAL\\PRIMARY\\ADC", echo_time: 10 }),
    ...slices(1, { image_type: "ORIGINAL\\PRIMARY\\P", echo_time: 10 }),
    ...slices(1, { image_type, echo_time: 10 }, { axis: "x" }),
    ...slices(1, { image_type, echo_time: 10 }),
    ...slices(1, { image_type, echo_time: 9 }),
    ...slices(1, { image_type }),
  ];
  expect(keysOf("MR", frames)).toEqual([
    "1 × MR|TYPE=M|ORIENT=TRA",
    "1 × MR|TE=9|ECHO=1|TYPE=M|ORIENT=TRA",
    "1 × MR|TE=10|ECHO=2|TYPE=M|ORIENT=TRA",
    "1 × MR|TE=10|ECHO=2|TYPE=M|ORIENT=SAG",
    "1 × MR|TE=10|ECHO=2|TYPE=P|ORIENT=TRA",
    "1 × MR|TE=10|ECHO=2|TYPE=ADC|ORIENT=TRA",
  ]);
});

test("puts frames in the order of UID and frame number", () => {
  const frames: TestFrame[] = [
    { settings: {}, instance: "1.10", frameNumber: 1 },
    { settings: {}, instance: "1.2", frameNumber: 2 },
    { settings: {}, instance: "1.2", frameNumber: 1 },
    { settings: {}, instance: "1.1", frameNumber: 0 },
  ];
  const [stack] = stackSeries(buildSeries("MR", frames), options);
  expect(Array.from(stack?.frames ?? [])).toEqual([3, 0, 2, 1]);
  expect(stack?.representative).toBe(3);
});

test("names its inputs in order, each once", () => {
  expect([...new Set(stackInputs)].sort()).toEqual([...stackInputs]);
});

/** Frames of few values each, so that they fall together and apart in many ways. */
const someFrame: fc.Arbitrary<TestFrame> = fc.record({
  settings: fc.record({
    modality: fc.constantFrom("MR", "MR", "CT", "PT", "NM", null),
    echo_time: fc.constantFrom(null, 0, 5, 5.005, 5.02, 9),
    inversion_time: fc.constantFrom(null, 100, 100.4, 900),
    flip_angle: fc.constantFrom(null, 8, 8.05, 30),
    echo_numbers: fc.constantFrom(null, 1, 2, "1+2"),
    kvp: fc.constantFrom(null, 80, 120),
    kvp_values: fc.constantFrom(null, "80\\140"),
    image_type: fc.constantFrom(null, image_type, "ORIGINAL\\PRIMARY\\P", "DERIVED\\PRIMARY\\ADC"),
    image_orientation_patient: fc.constantFrom(null, TRA, COR, SAG, "1\\0\\0\\0\\0.99998\\0.00698"),
    diffusion_directionality: fc.constantFrom(null, "ISOTROPIC", "DIRECTIONAL"),
    series_type: fc.constantFrom(null, "DYNAMIC\\IMAGE", "STATIC\\IMAGE"),
    attenuation_corrected: fc.constantFrom(null, "Y", "N"),
  }),
  numbers: fc.record({
    image_position_patient_x: fc.constantFrom(0, 5, Number.NaN),
    image_position_patient_y: fc.constantFrom(0, 5),
    image_position_patient_z: fc.constantFrom(0, 5, 10, 15),
    diffusion_b_value: fc.constantFrom(Number.NaN, 0, 1000),
    x_ray_tube_current: fc.constantFrom(Number.NaN, 100, 100.6, 200, 300),
    exposure: fc.constantFrom(Number.NaN, 50, 90),
    acquisition_datetime: fc.constantFrom(Number.NaN, 0, 60, 120),
    trigger_time: fc.constantFrom(Number.NaN, 0, 300),
  }),
});

describe("whatever the frames", () => {
  const shuffled = fc
    .array(someFrame, { minLength: 1, maxLength: 40 })
    .map(nameFrames)
    .chain((frames) =>
      fc.tuple(fc.constant(frames), fc.shuffledSubarray(frames, { minLength: frames.length })),
    );

  const describeStacks = (list: readonly TestFrame[]): unknown => {
    const frames = buildSeries("MR", list);
    return stackSeries(frames, options).map((stack) => ({
      ...stack,
      frames: Array.from(
        stack.frames,
        (frame) => frames.instances[frames.instance[frame] as number],
      ),
      representative: undefined,
    }));
  };

  test("their order does not matter", () => {
    fc.assert(
      fc.property(shuffled, ([frames, others]) => {
        expect(describeStacks(others)).toEqual(describeStacks(frames));
      }),
      { numRuns: 300 },
    );
  });

  test("each is in one stack, and keys are unique and of the alphabet", () => {
    fc.assert(
      fc.property(shuffled, ([frames]) => {
        const stacks = stackSeries(buildSeries("MR", frames), options);
        const members = stacks.flatMap((stack) => Array.from(stack.frames)).sort((a, b) => a - b);
        expect(members).toEqual(Array.from(frames.keys()));
        expect(new Set(stacks.map((stack) => stack.key)).size).toBe(stacks.length);
        for (const { key } of stacks) {
          expect(key).toMatch(/^[A-Z0-9.+_/~-]+(\|[A-Z]+=[A-Z0-9.+_/~-]+)*$/);
        }
      }),
      { numRuns: 300 },
    );
  });
});
