/** The worked examples of the rules, and the number vectors beside them. */
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

/** Slices of a plane that is turned about the patient's x axis, 2 mm apart along their normal. */
function tilted(
  degrees: number,
  { settings, start, count }: { settings: TestFrame["settings"]; start: number; count: number },
): TestFrame[] {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return Array.from({ length: count }, (_, slice) => ({
    settings: {
      image_orientation_patient: `1\\0\\0\\0\\${cos.toFixed(6)}\\${sin.toFixed(6)}`,
      ...settings,
    },
    numbers: {
      image_position_patient_x: -100,
      image_position_patient_y: (start + slice * 2) * -sin,
      image_position_patient_z: (start + slice * 2) * cos,
    },
  }));
}

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
    name: "9 packages through the discs of the spine",
    modality: "MR",
    frames: [-10, -5, 0, 5, 10].flatMap((degrees, disc) =>
      tilted(degrees, {
        settings: { echo_time: 100, flip_angle: 150, echo_numbers: 1, image_type: siemens },
        start: disc * 35,
        count: 3,
      }),
    ),
    keys: ["0/-0.087/0.996", "0/-0.174/0.985", "0/0.087/0.996", "0/0.174/0.985", "0/0/1"].map(
      (normal) => `3 × MR|TE=100|FA=150|ECHO=1|TYPE=M|ORIENT=TRA|PLANE=${normal}`,
    ),
    reason: "split by plane",
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
    name: "12 coil elements saved one by one",
    modality: "MR",
    frames: ["H1", "H2", "H3"].flatMap((coil_string) =>
      slices(
        10,
        { echo_time: 5, flip_angle: 25, echo_numbers: 1, image_type: siemens, coil_string },
        { numbers: () => ({ acquisition_datetime: 1.6e9 }) },
      ),
    ),
    keys: ["H1", "H2", "H3"].map(
      (coil) => `10 × MR|TE=5|FA=25|ECHO=1|TYPE=M|ORIENT=TRA|COIL=${coil}`,
    ),
    reason: "split by coil",
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
    name: "14 mixed IR and SE, without inversion times",
    modality: "MR",
    frames: ["M_SE\\M\\SE", "M_IR\\M\\IR", "R_IR\\R\\IR", "CR_IR\\CR\\IR"].flatMap((tokens) =>
      slices(22, {
        manufacturer: "Philips Medical Systems",
        echo_time: 15,
        flip_angle: 90,
        echo_numbers: 1,
        image_type: `ORIGINAL\\PRIMARY\\${tokens}`,
      }),
    ),
    keys: [
      "22 × MR|TE=15|FA=90|ECHO=1|TYPE=M|ORIENT=TRA|SEQ=IR",
      "22 × MR|TE=15|FA=90|ECHO=1|TYPE=M|ORIENT=TRA|SEQ=SE",
      "22 × MR|TE=15|FA=90|ECHO=1|TYPE=R|ORIENT=TRA",
      "22 × MR|TE=15|FA=90|ECHO=1|TYPE=CR|ORIENT=TRA",
    ],
    reason: "split by image type, sequence",
  },
  {
    name: "15 B1 map of two repetition times",
    modality: "MR",
    frames: [20, 100].flatMap((repetition_time) =>
      slices(30, {
        echo_time: 3.7,
        flip_angle: 60,
        echo_numbers: 1,
        repetition_time,
        image_type: siemens,
      }),
    ),
    // The last in the order of stacks is the text of the key, byte by byte.
    keys: [
      "30 × MR|TE=3.7|FA=60|ECHO=1|TYPE=M|ORIENT=TRA|TR=100",
      "30 × MR|TE=3.7|FA=60|ECHO=1|TYPE=M|ORIENT=TRA|TR=20",
    ],
    reason: "split by repetition time",
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
    name: "18 abdomen by two kernels, with its topogram",
    modality: "CT",
    frames: [
      ...["B30f", "B70f"].flatMap((convolution_kernel) =>
        slices(
          60,
          { kvp: 120, convolution_kernel, image_type: "ORIGINAL\\PRIMARY\\AXIAL" },
          { numbers: () => ({ x_ray_tube_current: 200, exposure: 100 }) },
        ),
      ),
      ...slices(
        1,
        { kvp: 120, convolution_kernel: "T20f", image_type: "ORIGINAL\\PRIMARY\\LOCALIZER" },
        { axis: "y", numbers: () => ({ x_ray_tube_current: 35 }) },
      ),
    ],
    keys: [
      "1 × CT|KVP=120|MA=35|TYPE=LOCALIZER|ORIENT=COR",
      "60 × CT|KVP=120|MA=200|MAS=100|TYPE=AXIAL|ORIENT=TRA|KER=B30F",
      "60 × CT|KVP=120|MA=200|MAS=100|TYPE=AXIAL|ORIENT=TRA|KER=B70F",
    ],
    reason: "split by tube current, exposure, image type, orientation, kernel",
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
    name: "19 sequential head CT of one voltage",
    modality: "CT",
    frames: [
      ...slices(
        10,
        { kvp: 120, slice_thickness: 5, image_type: "ORIGINAL\\PRIMARY\\AXIAL" },
        { spacing: 5, numbers: () => ({ x_ray_tube_current: 300, exposure: 300 }) },
      ),
      ...slices(
        8,
        { kvp: 120, slice_thickness: 10, image_type: "ORIGINAL\\PRIMARY\\AXIAL" },
        { spacing: 10, start: 52.5, numbers: () => ({ x_ray_tube_current: 260, exposure: 260 }) },
      ),
    ],
    keys: [
      "8 × CT|KVP=120|MA=260|MAS=260|TYPE=AXIAL|ORIENT=TRA|THK=10",
      "10 × CT|KVP=120|MA=300|MAS=300|TYPE=AXIAL|ORIENT=TRA|THK=5",
    ],
    reason: "split by tube current, exposure, slice thickness",
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
    name: "21 liver CT of two phases",
    modality: "CT",
    frames: [80, 156].flatMap((count, phase) =>
      slices(
        count,
        { kvp: 120, image_type: "ORIGINAL\\PRIMARY\\AXIAL", exposure_modulation_type: "XYZ_EC" },
        {
          numbers: (slice) => ({
            acquisition_number: phase + 1,
            x_ray_tube_current: 100 + 3 * slice + 50 * phase,
            exposure: 50,
          }),
        },
      ),
    ),
    keys: [
      "80 × CT|KVP=120|MA=MOD|MAS=50|TYPE=AXIAL|ORIENT=TRA|ACQ=1",
      "156 × CT|KVP=120|MA=MOD|MAS=50|TYPE=AXIAL|ORIENT=TRA|ACQ=2",
    ],
    reason: "split by acquisition",
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

const mr = { echo_time: 5, flip_angle: 30, echo_numbers: 1, image_type: siemens } as const;
const ct = { kvp: 120, image_type: "ORIGINAL\\PRIMARY\\AXIAL" } as const;
const pet = { series_type: "STATIC\\IMAGE", image_type: "ORIGINAL\\PRIMARY" } as const;

/** Flags of the stacks, in order. */
const flagsOf = (modality: string, list: readonly TestFrame[]): unknown[] =>
  stackSeries(buildSeries(modality, list), { ctSplitOnDose: "auto" }).map(
    (stack) => stack.columns["stack_flags"],
  );

describe("number vectors", () => {
  const only = (changes: TestFrame["settings"]): TestFrame[] => slices(1, { ...mr, ...changes });

  test.each<[string, readonly TestFrame[], readonly string[]]>([
    [
      "echo times beside a rounding edge",
      [...only({ echo_time: 4.6049 }), ...only({ echo_time: 4.6051 })],
      ["2 × MR|TE=4.6|FA=30|ECHO=1|TYPE=M|ORIENT=TRA"],
    ],
    [
      "echo times of a Dixon",
      [...only({ echo_time: 2.3 }), ...only({ echo_time: 2.46 })],
      [
        "1 × MR|TE=2.3|FA=30|ECHO=1|TYPE=M|ORIENT=TRA",
        "1 × MR|TE=2.46|FA=30|ECHO=1|TYPE=M|ORIENT=TRA",
      ],
    ],
    [
      "a tie of the header",
      only({ echo_time: 1.005 }),
      ["1 × MR|TE=1.01|FA=30|ECHO=1|TYPE=M|ORIENT=TRA"],
    ],
    [
      "noise of a double",
      only({ flip_angle: 8.00000019 }),
      ["1 × MR|TE=5|FA=8|ECHO=1|TYPE=M|ORIENT=TRA"],
    ],
    [
      "a computed inversion time",
      only({ inversion_time: 2249.99 }),
      ["1 × MR|TE=5|TI=2250|FA=30|ECHO=1|TYPE=M|ORIENT=TRA"],
    ],
    [
      "an orientation of six digits",
      only({ image_orientation_patient: "0.999999\\0\\0\\0\\1\\0.000001" }),
      ["1 × MR|TE=5|FA=30|ECHO=1|TYPE=M|ORIENT=TRA"],
    ],
    [
      "volumes that follow the head by 0.3° each",
      repeat(21, (volume) => tilted(volume * 0.3, { settings: mr, start: 0, count: 1 })),
      ["21 × MR|TE=5|FA=30|ECHO=1|TYPE=M|ORIENT=TRA"],
    ],
  ])("%s", (_, frames, keys) => {
    expect(keysOf("MR", frames)).toEqual(keys);
  });

  test("inversion times that follow the heart: each slice its own", () => {
    const frames = repeat(10, (number) =>
      [0, 1, 2, 3, 4].flatMap((slice) =>
        slices(
          1,
          { ...mr, inversion_time: 115 + 20 * slice + number * (900 + 7 * slice) },
          { start: slice * 10, numbers: () => ({ acquisition_number: number + 1 }) },
        ),
      ),
    );
    expect(keysOf("MR", frames)).toEqual(["50 × MR|TE=5|TI=VAR|FA=30|ECHO=1|TYPE=M|ORIENT=TRA"]);
    expect(flagsOf("MR", frames)).toEqual(["inversion-time-varies"]);
  });
});

describe("dose of CT", () => {
  const scan = (
    count: number,
    current: number | ((slice: number) => number),
    options: { start?: number; settings?: TestFrame["settings"] } = {},
  ): TestFrame[] =>
    slices(
      count,
      { ...ct, ...options.settings },
      {
        start: options.start ?? 0,
        numbers: (slice) => ({
          x_ray_tube_current: typeof current === "number" ? current : current(slice),
        }),
      },
    );
  const keysAt = (count: number, currents: readonly (number | string)[]): string[] =>
    currents.map((current) => `${count} × CT|KVP=120|MA=${current}|TYPE=AXIAL|ORIENT=TRA`);

  test("other slices at another current are a modulation", () => {
    const frames = [...scan(10, 100), ...scan(10, 200, { start: 20 })];
    expect(keysOf("CT", frames)).toEqual(keysAt(20, ["MOD"]));
    expect(flagsOf("CT", frames)).toEqual(["dose-modulated"]);
  });

  test("two slices without positions are split as written", () => {
    const frames = [100, 200].map((x_ray_tube_current) => ({
      settings: { ...ct, image_orientation_patient: TRA },
      numbers: { x_ray_tube_current },
    }));
    expect(keysOf("CT", frames)).toEqual(keysAt(1, [100, 200]));
  });

  test("the same slices at six currents are six scans, modulated or not", () => {
    const currents = [40, 80, 120, 160, 200, 240];
    for (const exposure_modulation_type of [null, "NONE", "XYZ_EC"]) {
      const settings = { exposure_modulation_type };
      const frames = currents.flatMap((current) => scan(40, current, { settings }));
      expect(keysOf("CT", frames)).toEqual(keysAt(40, currents));
    }
  });

  test("a difference of 1, or of a hundredth, is none", () => {
    expect(
      keysOf(
        "CT",
        scan(10, (slice) => 200 + (slice % 2)),
      ),
    ).toEqual(keysAt(10, [200]));
    expect(
      keysOf(
        "CT",
        scan(10, (slice) => 500 + (slice % 6)),
      ),
    ).toEqual(keysAt(10, [500]));
    expect(
      keysOf(
        "CT",
        scan(10, (slice) => 500 + (slice % 7)),
      ),
    ).toEqual(keysAt(10, ["MOD"]));
  });

  test("few currents that share slices are scans, unless modulation is on", () => {
    const both = (settings: TestFrame["settings"]): TestFrame[] => [
      ...scan(40, 100, { settings }),
      ...scan(20, 200, { settings }),
    ];
    expect(keysOf("CT", both({}))).toEqual([
      "40 × CT|KVP=120|MA=100|TYPE=AXIAL|ORIENT=TRA",
      "20 × CT|KVP=120|MA=200|TYPE=AXIAL|ORIENT=TRA",
    ]);
    expect(keysOf("CT", both({ exposure_modulation_type: "OFF" }))).toHaveLength(2);
    expect(keysOf("CT", both({ exposure_modulation_type: "Z_EC" }))).toEqual(keysAt(60, ["MOD"]));
  });
});

describe("what splits and what does not", () => {
  test.each<[string, string, readonly TestFrame[], readonly string[]]>([
    [
      "screen shots inside a series",
      "OT",
      [
        ...slices(3, { photometric_interpretation: "MONOCHROME2", samples_per_pixel: 1 }),
        ...slices(2, { photometric_interpretation: "RGB", samples_per_pixel: 3 }),
      ],
      ["3 × OT|TYPE=IMAGE|ORIENT=TRA|PHOT=MONOCHROME2", "2 × OT|TYPE=IMAGE|ORIENT=TRA|PHOT=RGB"],
    ],
    [
      "a scout of another matrix",
      "MR",
      [
        ...slices(20, { ...mr, rows: 320, columns: 256 }),
        ...slices(1, { ...mr, rows: 64, columns: 64 }),
      ],
      [
        "20 × MR|TE=5|FA=30|ECHO=1|TYPE=M|ORIENT=TRA|DIM=320X256",
        "1 × MR|TE=5|FA=30|ECHO=1|TYPE=M|ORIENT=TRA|DIM=64X64",
      ],
    ],
    [
      "pixels of another size, with jitter of each",
      "CT",
      ["0.48828\\0.48828", "0.4883\\0.4883", "0.7\\0.6", "0.7\\0.6001"].flatMap((pixel_spacing) =>
        slices(10, { ...ct, pixel_spacing }),
      ),
      [
        "20 × CT|KVP=120|TYPE=AXIAL|ORIENT=TRA|PIX=0.488/0.488",
        "20 × CT|KVP=120|TYPE=AXIAL|ORIENT=TRA|PIX=0.7/0.6",
      ],
    ],
    [
      "attenuation corrected or not",
      "PT",
      ["Y", "N"].flatMap((attenuation_corrected) => slices(9, { ...pet, attenuation_corrected })),
      [
        "9 × PT|BED=1|FRAME=STATIC|TYPE=IMAGE|ORIENT=TRA|CORR=AC",
        "9 × PT|BED=1|FRAME=STATIC|TYPE=IMAGE|ORIENT=TRA|CORR=NAC",
      ],
    ],
    [
      "units",
      "PT",
      ["CNTS", "BQML"].flatMap((units) => slices(9, { ...pet, units })),
      [
        "9 × PT|BED=1|FRAME=STATIC|TYPE=IMAGE|ORIENT=TRA|UNITS=BQML",
        "9 × PT|BED=1|FRAME=STATIC|TYPE=IMAGE|ORIENT=TRA|UNITS=CNTS",
      ],
    ],
    [
      "originals and what was derived from each",
      "MR",
      ["ORIGINAL", "DERIVED"].flatMap((origin) =>
        slices(9, { ...mr, image_type: `${origin}\\PRIMARY\\M` }),
      ),
      [
        "9 × MR|TE=5|FA=30|ECHO=1|TYPE=M|ORIENT=TRA|SRC=DERIV",
        "9 × MR|TE=5|FA=30|ECHO=1|TYPE=M|ORIENT=TRA|SRC=ORIG",
      ],
    ],
    [
      "an original b0 and weighted images marked as derived",
      "MR",
      [0, 1000].flatMap((b) =>
        slices(
          9,
          { ...mr, image_type: b === 0 ? "ORIGINAL\\PRIMARY\\M" : "DERIVED\\PRIMARY\\M" },
          { numbers: () => ({ diffusion_b_value: b }) },
        ),
      ),
      ["18 × MR|TE=5|FA=30|ECHO=1|TYPE=M|ORIENT=TRA"],
    ],
    [
      "images beside their corrected ones",
      "MR",
      ["ND", "DIS2D\\NORM"].flatMap((tokens) =>
        slices(9, { ...mr, image_type: `ORIGINAL\\PRIMARY\\M\\${tokens}` }),
      ),
      [
        "9 × MR|TE=5|FA=30|ECHO=1|TYPE=M|ORIENT=TRA|QUAL=DIS2D+NORM",
        "9 × MR|TE=5|FA=30|ECHO=1|TYPE=M|ORIENT=TRA|QUAL=ND",
      ],
    ],
    [
      "tokens that travel with time",
      "MR",
      ["FM4_1", "FM4_2"].flatMap((token, time) =>
        slices(
          9,
          { ...mr, image_type: `ORIGINAL\\PRIMARY\\M\\${token}` },
          { numbers: () => ({ temporal_position_identifier: time + 1 }) },
        ),
      ),
      ["18 × MR|TE=5|FA=30|ECHO=1|TYPE=M|ORIENT=TRA"],
    ],
    [
      "repetition times that follow the heart: frame counts differ",
      "MR",
      [800, 900, 1000].flatMap((repetition_time, index) =>
        repeat(index === 0 ? 3 : 2, (number) =>
          slices(
            5,
            { ...mr, repetition_time },
            { numbers: () => ({ acquisition_number: index * 10 + number }) },
          ),
        ),
      ),
      ["35 × MR|TE=5|FA=30|ECHO=1|TYPE=M|ORIENT=TRA"],
    ],
    [
      "repetition times less than 5 % apart",
      "MR",
      [2000, 2099].flatMap((repetition_time) => slices(9, { ...mr, repetition_time })),
      ["18 × MR|TE=5|FA=30|ECHO=1|TYPE=M|ORIENT=TRA"],
    ],
    [
      "repetition times of other slices",
      "MR",
      [2000, 4000].flatMap((repetition_time, package_) =>
        slices(9, { ...mr, repetition_time }, { start: package_ * 18 }),
      ),
      ["18 × MR|TE=5|FA=30|ECHO=1|TYPE=M|ORIENT=TRA"],
    ],
    [
      "more than four repetition times",
      "MR",
      [100, 200, 300, 400, 500].flatMap((repetition_time) => slices(9, { ...mr, repetition_time })),
      ["45 × MR|TE=5|FA=30|ECHO=1|TYPE=M|ORIENT=TRA"],
    ],
    [
      "an acquisition number per slice",
      "CT",
      slices(20, ct, { numbers: (slice) => ({ acquisition_number: slice + 1 }) }),
      ["20 × CT|KVP=120|TYPE=AXIAL|ORIENT=TRA"],
    ],
    [
      "acquisitions over the same slices",
      "CT",
      repeat(4, (time) => slices(20, ct, { numbers: () => ({ acquisition_number: time + 1 }) })),
      ["80 × CT|KVP=120|TYPE=AXIAL|ORIENT=TRA"],
    ],
    [
      "acquisitions within which slices repeat",
      "CT",
      [
        ...repeat(2, () => slices(20, ct, { numbers: () => ({ acquisition_number: 1 }) })),
        ...slices(30, ct, { numbers: () => ({ acquisition_number: 2 }) }),
      ],
      ["70 × CT|KVP=120|TYPE=AXIAL|ORIENT=TRA"],
    ],
  ])("%s", (_, modality, frames, keys) => {
    expect(keysOf(modality, frames)).toEqual(keys);
  });
});
