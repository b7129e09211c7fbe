/** The worked examples whose keys need no discriminator; examples 9, 12, 15 and the kernels of 18 and 21 do. */
import { describe, expect, test } from "vitest";
import { stackSeries } from "./stack-series.ts";
import {
  buildSeries,
  COR,
  keysOf,
  nameFrames,
  reasonOf,
  repeat,
  SAG,
  slices,
  type TestFrame,
  TRA,
} from "./testing/build-series.ts";

interface Example {
  readonly name: string;
  readonly modality: string;
  readonly frames: readonly TestFrame[];
  readonly keys: readonly string[];
  readonly reason: string;
}

const siemens = "ORIGINAL\\PRIMARY\\M\\ND";
const turned = (axis: "y" | "z", degrees: number): string => {
  const angle = (degrees * Math.PI) / 180;
  const cos = Math.cos(angle).toFixed(6);
  const sin = Math.sin(angle).toFixed(6);
  return axis === "z" ? `${cos}\\${sin}\\0\\0\\0\\-1` : `${cos}\\0\\${sin}\\0\\1\\0`;
};

/** A view through the patient's axis, 256 × 256 pixels of 1 mm, whose centre lies on that axis. */
const radial = (degrees: number, settings: TestFrame["settings"]): TestFrame => {
  const angle = (degrees * Math.PI) / 180;
  return {
    settings: {
      image_orientation_patient: turned("z", degrees),
      pixel_spacing: "1\\1",
      rows: 256,
      columns: 256,
      ...settings,
    },
    numbers: {
      image_position_patient_x: -127.5 * Math.cos(angle),
      image_position_patient_y: -127.5 * Math.sin(angle),
      image_position_patient_z: 127.5,
    },
  };
};

const examples: readonly Example[] = [
  {
    name: "1 MPRAGE",
    modality: "MR",
    frames: slices(
      176,
      { echo_time: 2.5, inversion_time: 900, flip_angle: 9, echo_numbers: 1, image_type: siemens },
      { axis: "x", spacing: 1 },
    ),
    keys: ["176 × MR|TE=2.5|TI=900|FA=9|ECHO=1|TYPE=M|ORIENT=SAG"],
    reason: "single",
  },
  {
    name: "2 BOLD mosaic with jitter of the echo time",
    modality: "MR",
    frames: repeat(300, (volume) =>
      slices(
        1,
        {
          echo_time: volume % 2 === 0 ? 30 : 30.001,
          flip_angle: 52,
          echo_numbers: 1,
          image_type: "ORIGINAL\\PRIMARY\\M\\ND\\MOSAIC",
        },
        { numbers: () => ({ acquisition_number: volume + 1 }) },
      ),
    ),
    keys: ["300 × MR|TE=30|FA=52|ECHO=1|TYPE=M|ORIENT=TRA"],
    reason: "single",
  },
  {
    name: "3 multi-echo BOLD",
    modality: "MR",
    frames: repeat(100, () =>
      [14.2, 34.42, 54.64].flatMap((echo_time, echo) =>
        slices(1, { echo_time, flip_angle: 68, echo_numbers: echo + 1, image_type: siemens }),
      ),
    ),
    keys: [
      "100 × MR|TE=14.2|FA=68|ECHO=1|TYPE=M|ORIENT=TRA",
      "100 × MR|TE=34.42|FA=68|ECHO=2|TYPE=M|ORIENT=TRA",
      "100 × MR|TE=54.64|FA=68|ECHO=3|TYPE=M|ORIENT=TRA",
    ],
    reason: "split by echo time, echo number",
  },
  {
    name: "4 enhanced dual-echo field map without echo numbers",
    modality: "MR",
    frames: [4.6, 6.9]
      .flatMap((time) =>
        ["MAGNITUDE", "PHASE"].flatMap((component) =>
          slices(32, {}).map(({ numbers }, slice) => ({
            settings: {
              image_orientation_patient: TRA,
              echo_time: slice % 2 === 0 ? time : time + 0.003,
              flip_angle: 8,
              complex_image_component: component,
              image_type: "ORIGINAL\\PRIMARY\\FIELD\\NONE",
            },
            ...(numbers ? { numbers } : {}),
          })),
        ),
      )
      .map((frame, index) => ({ ...frame, instance: "1.2.3", frameNumber: index + 1 })),
    keys: [
      "32 × MR|TE=4.6|FA=8|ECHO=1|TYPE=M|ORIENT=TRA",
      "32 × MR|TE=4.6|FA=8|ECHO=1|TYPE=P|ORIENT=TRA",
      "32 × MR|TE=6.9|FA=8|ECHO=2|TYPE=M|ORIENT=TRA",
      "32 × MR|TE=6.9|FA=8|ECHO=2|TYPE=P|ORIENT=TRA",
    ],
    reason: "split by echo time, echo number, image type",
  },
  {
    name: "5 diffusion as sheets",
    modality: "MR",
    frames: repeat(65, (volume) =>
      slices(
        1,
        { echo_time: 88, flip_angle: 90, echo_numbers: 1, image_type: "ORIGINAL\\PRIMARY\\M" },
        { numbers: () => ({ diffusion_b_value: volume === 0 ? 0 : 1000 }) },
      ),
    ),
    keys: ["65 × MR|TE=88|FA=90|ECHO=1|TYPE=M|ORIENT=TRA"],
    reason: "single",
  },
  {
    name: "6 classic DTI with isotropic images at its end",
    modality: "MR",
    frames: [
      ...repeat(33, (volume) =>
        slices(
          60,
          {
            echo_time: 75,
            flip_angle: 90,
            echo_numbers: 1,
            image_type: "ORIGINAL\\PRIMARY\\M_SE\\M\\SE",
            diffusion_directionality: volume === 0 ? "NONE" : "DIRECTIONAL",
          },
          {
            numbers: () => ({
              diffusion_b_value: volume === 0 ? 0 : 1000,
              diffusion_gradient_orientation_x: volume === 0 ? 0 : 1,
              diffusion_gradient_orientation_y: 0,
              diffusion_gradient_orientation_z: 0,
            }),
          },
        ),
      ),
      ...slices(
        60,
        {
          echo_time: 75,
          flip_angle: 90,
          echo_numbers: 1,
          image_type: "ORIGINAL\\PRIMARY\\M_SE\\M\\SE",
          diffusion_directionality: "ISOTROPIC",
        },
        { numbers: () => ({ diffusion_b_value: 1000 }) },
      ),
    ],
    keys: [
      "1980 × MR|TE=75|FA=90|ECHO=1|TYPE=M|ORIENT=TRA",
      "60 × MR|TE=75|FA=90|ECHO=1|TYPE=TRACE|ORIENT=TRA",
    ],
    reason: "split by image type",
  },
  {
    name: "7 prostate diffusion, all isotropic",
    modality: "MR",
    frames: [0, 500, 1500].flatMap((b) =>
      slices(
        29,
        {
          echo_time: 70,
          flip_angle: 90,
          echo_numbers: 1,
          image_type: "ORIGINAL\\PRIMARY\\M_SE\\M\\SE",
          diffusion_directionality: "ISOTROPIC",
        },
        { numbers: () => ({ diffusion_b_value: b }) },
      ),
    ),
    keys: ["87 × MR|TE=70|FA=90|ECHO=1|TYPE=M|ORIENT=TRA"],
    reason: "single",
  },
  {
    name: "8 enhanced localizer of three planes",
    modality: "MR",
    frames: [SAG, TRA, COR].map((plane, index) => ({
      settings: {
        image_orientation_patient: plane,
        echo_time: 4,
        flip_angle: 20,
        echo_numbers: 1,
        image_type: siemens,
      },
      numbers: {
        image_position_patient_x: 0,
        image_position_patient_y: 0,
        image_position_patient_z: 0,
      },
      instance: "1.2.3",
      frameNumber: index + 1,
    })),
    keys: [
      "1 × MR|TE=4|FA=20|ECHO=1|TYPE=M|ORIENT=TRA",
      "1 × MR|TE=4|FA=20|ECHO=1|TYPE=M|ORIENT=COR",
      "1 × MR|TE=4|FA=20|ECHO=1|TYPE=M|ORIENT=SAG",
    ],
    reason: "split by orientation",
  },
  {
    name: "10 radial thick slabs",
    modality: "MR",
    frames: Array.from({ length: 12 }, (_, view) =>
      radial(view * 15, {
        echo_time: 740,
        flip_angle: 160,
        echo_numbers: 1,
        image_type: siemens,
      }),
    ),
    keys: ["12 × MR|TE=740|FA=160|ECHO=1|TYPE=M|ORIENT=ROT"],
    reason: "single",
  },
  {
    name: "11 Dixon",
    modality: "MR",
    frames: (
      [
        ["WATER", 1.23, 1],
        ["FAT", 1.23, 1],
        ["OPP", 1.23, 1],
        ["IN", 2.46, 2],
      ] as const
    ).flatMap(([token, echo_time, echo_numbers]) =>
      slices(72, {
        echo_time,
        echo_numbers,
        flip_angle: 9,
        image_type: `DERIVED\\PRIMARY\\DIXON\\${token}`,
      }),
    ),
    keys: [
      "72 × MR|TE=1.23|FA=9|ECHO=1|TYPE=F|ORIENT=TRA",
      "72 × MR|TE=1.23|FA=9|ECHO=1|TYPE=OPP|ORIENT=TRA",
      "72 × MR|TE=1.23|FA=9|ECHO=1|TYPE=W|ORIENT=TRA",
      "72 × MR|TE=2.46|FA=9|ECHO=2|TYPE=IN|ORIENT=TRA",
    ],
    reason: "split by echo time, echo number, image type",
  },
  {
    name: "13 BOLD whose coil text changes",
    modality: "MR",
    frames: repeat(600, (volume) =>
      slices(
        1,
        {
          echo_time: 25,
          flip_angle: 55,
          echo_numbers: 1,
          image_type: siemens,
          coil_string: volume < 100 ? "HEA;HEP" : "HEA",
        },
        { numbers: () => ({ acquisition_number: volume + 1 }) },
      ),
    ),
    keys: ["600 × MR|TE=25|FA=55|ECHO=1|TYPE=M|ORIENT=TRA"],
    reason: "single",
  },
  {
    name: "14 mixed IR and SE",
    modality: "MR",
    frames: (
      [
        ["M_SE\\M\\SE", null],
        ["M_IR\\M\\IR", 400],
        ["R_IR\\R\\IR", 400],
        ["CR_IR\\CR\\IR", 400],
      ] as const
    ).flatMap(([tokens, inversion_time]) =>
      slices(22, {
        echo_time: 15,
        inversion_time,
        flip_angle: 90,
        echo_numbers: 1,
        image_type: `ORIGINAL\\PRIMARY\\${tokens}`,
      }),
    ),
    keys: [
      "22 × MR|TE=15|FA=90|ECHO=1|TYPE=M|ORIENT=TRA",
      "22 × MR|TE=15|TI=400|FA=90|ECHO=1|TYPE=M|ORIENT=TRA",
      "22 × MR|TE=15|TI=400|FA=90|ECHO=1|TYPE=R|ORIENT=TRA",
      "22 × MR|TE=15|TI=400|FA=90|ECHO=1|TYPE=CR|ORIENT=TRA",
    ],
    reason: "split by inversion time, image type",
  },
  {
    name: "16 ten inversion times of five slices",
    modality: "MR",
    frames: [115, 195, 350, 1115, 1195, 2115, 2195, 3115, 4115, 5115].flatMap((inversion_time) =>
      slices(5, {
        echo_time: 1.12,
        inversion_time,
        flip_angle: 35,
        echo_numbers: 1,
        image_type: siemens,
      }),
    ),
    keys: [115, 195, 350, 1115, 1195, 2115, 2195, 3115, 4115, 5115].map(
      (time) => `5 × MR|TE=1.12|TI=${time}|FA=35|ECHO=1|TYPE=M|ORIENT=TRA`,
    ),
    reason: "split by inversion time",
  },
  {
    name: "17 chest CT with modulated current",
    modality: "CT",
    frames: slices(
      120,
      { kvp: 120, image_type: "ORIGINAL\\PRIMARY\\AXIAL\\CT_SOM5 SPI" },
      {
        numbers: (slice) => ({
          x_ray_tube_current: 20 + Math.round((slice * 200) / 119),
          exposure: 10 + Math.round((slice * 100) / 119),
        }),
      },
    ),
    keys: ["120 × CT|KVP=120|MA=MOD|MAS=MOD|TYPE=AXIAL|ORIENT=TRA"],
    reason: "single",
  },
  {
    name: "19 sequential head CT",
    modality: "CT",
    frames: [
      ...slices(
        10,
        { kvp: 140, slice_thickness: 5, image_type: "ORIGINAL\\PRIMARY\\AXIAL" },
        { spacing: 5, numbers: () => ({ x_ray_tube_current: 300, exposure: 300 }) },
      ),
      ...slices(
        8,
        { kvp: 120, slice_thickness: 10, image_type: "ORIGINAL\\PRIMARY\\AXIAL" },
        { spacing: 10, start: 52.5, numbers: () => ({ x_ray_tube_current: 260, exposure: 260 }) },
      ),
    ],
    keys: [
      "8 × CT|KVP=120|MA=260|MAS=260|TYPE=AXIAL|ORIENT=TRA",
      "10 × CT|KVP=140|MA=300|MAS=300|TYPE=AXIAL|ORIENT=TRA",
    ],
    reason: "split by tube voltage, tube current, exposure",
  },
  {
    name: "20 phantom scanned at two doses",
    modality: "CT",
    frames: [100, 300].flatMap((current) =>
      slices(
        40,
        { kvp: 120, image_type: "ORIGINAL\\PRIMARY\\AXIAL" },
        { numbers: () => ({ x_ray_tube_current: current, exposure: current / 2 }) },
      ),
    ),
    keys: [
      "40 × CT|KVP=120|MA=100|MAS=50|TYPE=AXIAL|ORIENT=TRA",
      "40 × CT|KVP=120|MA=300|MAS=150|TYPE=AXIAL|ORIENT=TRA",
    ],
    reason: "split by tube current, exposure",
  },
  {
    name: "22 whole-body PET, beds stitched",
    modality: "PT",
    frames: slices(
      200,
      { series_type: "WHOLE BODY\\IMAGE", image_type: "ORIGINAL\\PRIMARY" },
      {
        numbers: (slice) => ({ acquisition_datetime: 1.6e9 + Math.floor(slice / 40) * 180 }),
      },
    ),
    keys: ["200 × PT|BED=ALL|FRAME=WHOLE_BODY|TYPE=IMAGE|ORIENT=TRA"],
    reason: "single",
  },
  {
    name: "23 dynamic brain PET",
    modality: "PT",
    frames: repeat(25, (time) =>
      slices(
        74,
        { series_type: "DYNAMIC\\IMAGE", image_type: "ORIGINAL\\PRIMARY" },
        { numbers: () => ({ acquisition_datetime: 1.6e9 + time * 60 }) },
      ),
    ),
    keys: ["1850 × PT|BED=1|FRAME=DYNAMIC|TYPE=IMAGE|ORIENT=TRA"],
    reason: "single",
  },
  {
    name: "24 three beds that are not stitched",
    modality: "PT",
    frames: repeat(3, (place) =>
      slices(
        47,
        { series_type: "STATIC\\IMAGE", image_type: "ORIGINAL\\PRIMARY" },
        {
          start: place * 42 * 2,
          numbers: () => ({ acquisition_datetime: 1.6e9 + place * 300 }),
        },
      ),
    ),
    keys: [1, 2, 3].map((number) => `47 × PT|BED=${number}|FRAME=STATIC|TYPE=IMAGE|ORIENT=TRA`),
    reason: "split by bed",
  },
  {
    name: "25 rotating projections of PET",
    modality: "PT",
    frames: Array.from({ length: 32 }, (_, view) => {
      const frame = radial(view * 11.25, {
        series_type: "STATIC\\REPROJECTION",
        image_type: "DERIVED\\SECONDARY",
      });
      return { ...frame, numbers: { ...frame.numbers, acquisition_datetime: 1.6e9 } };
    }),
    keys: ["32 × PT|BED=1|FRAME=STATIC|TYPE=REPROJ|ORIENT=ROT"],
    reason: "single",
  },
];

/** A fixed sequence of pseudo-random order, so that a failure can be seen again. */
function shuffle<T>(list: readonly T[], seed: number): T[] {
  const shuffled = [...list];
  let state = seed;
  for (let index = shuffled.length - 1; index > 0; index--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = state % (index + 1);
    const held = shuffled[index] as T;
    shuffled[index] = shuffled[other] as T;
    shuffled[other] = held;
  }
  return shuffled;
}

/** Everything about the stacks that must not depend on the order of the frames. */
function dump(modality: string, list: readonly TestFrame[]): string {
  const frames = buildSeries(modality, list);
  const nameOf = (frame: number): string =>
    `${frames.instances[frames.instance[frame] as number]}/${frames.frameNumber[frame]}`;
  return JSON.stringify(
    stackSeries(frames, { ctSplitOnDose: "auto" }).map((stack) => ({
      ...stack,
      frames: Array.from(stack.frames, nameOf),
      representative: nameOf(stack.representative),
    })),
  );
}

describe.each(examples)("$name", ({ modality, frames, keys, reason }) => {
  test("has its keys, order and reason", () => {
    expect(keysOf(modality, frames)).toEqual(keys);
    expect(reasonOf(modality, frames)).toBe(reason);
  });

  test("does not depend on the order of the frames", () => {
    const named = nameFrames(frames);
    const expected = dump(modality, named);
    expect(dump(modality, [...named].reverse())).toBe(expected);
    expect(dump(modality, shuffle(named, 1))).toBe(expected);
    expect(dump(modality, shuffle(named, 2))).toBe(expected);
  });

  test("puts every frame into one stack, and gives every stack a key of its own", () => {
    const series = buildSeries(modality, frames);
    const stacks = stackSeries(series, { ctSplitOnDose: "auto" });
    const members = stacks.flatMap((stack) => Array.from(stack.frames)).sort((a, b) => a - b);
    expect(members).toEqual(Array.from({ length: series.count }, (_, index) => index));
    expect(new Set(stacks.map((stack) => stack.key)).size).toBe(stacks.length);
  });
});
