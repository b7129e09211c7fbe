/** Laws of the stacks of any series, whatever its frames say; the rules are read here from their text. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SeriesFrames, Settings } from "./series-frames.ts";
import type { StackOptions } from "./stack-options.ts";
import { type Stack, stackSeries } from "./stack-series.ts";
import { buildSeries, COR, SAG, type TestFrame, TRA } from "./testing/build-series.ts";

const runs = { numRuns: Number(process.env["STACK_RUNS"] ?? 200) };

const TILTED = "1\\0\\0\\0\\0.984808\\0.173648";
const JITTERED = "1\\0\\0\\0\\0.999999\\0.001";

/** Few values of each input, so that frames fall together and apart in many ways. */
const settingValues = {
  sop_class_uid: [
    null,
    "1.2.840.10008.5.1.4.1.1.4",
    "1.2.840.10008.5.1.4.1.1.4.1",
    "1.2.840.10008.5.1.4.1.1.4.4",
    "1.2.840.10008.5.1.4.1.1.2",
  ],
  manufacturer: [null, "SIEMENS", "GE MEDICAL SYSTEMS", "Philips", "CANON_MEC"],
  frame_of_reference_uid: [null, "1.2.9", "1.2.10"],
  photometric_interpretation: [null, "MONOCHROME2", "RGB"],
  samples_per_pixel: [null, 1, 3],
  rows: [null, 64, 384],
  columns: [null, 64, 384],
  tiles: [null, 33],
  pixel_spacing: [null, "1\\1", "1.0001\\1", "3\\3"],
  slice_thickness: [null, 3, 3.004, 5],
  spacing_between_slices: [null, 3],
  convolution_kernel: [null, "-", "B30f", "I31f\\3", "Ä weiß"],
  scanning_sequence: [null, "SE", "GR", "GR\\IR", "EP\\RM"],
  sequence_variant: [null, "SK", "SK\\MTC"],
  magnetization_transfer: [null, "NONE", "ON_RESONANCE", "OFF_RESONANCE"],
  repetition_time: [null, 0, 20, 20.4, 100],
  coil_string: [null, "-", "H1", "H2", "HEA;HEP"],
  velocity_encoding: [null, "150\\0\\0", "0\\150\\0"],
  receive_coil_name: [null, "Head"],
  attenuation_corrected: [null, "Y", "N"],
  units: [null, "-", "BQML", "CNTS"],
  series_type: [null, "STATIC\\IMAGE", "WHOLE BODY\\IMAGE", "DYNAMIC\\REPROJECTION"],
  echo_time: [null, 0, 5, 5.005, 5.02, 9],
  inversion_time: [null, 0, 100, 100.4, 900],
  flip_angle: [null, 0, 8, 8.05, 30],
  echo_numbers: [null, 0, 1, 2, "1+2"],
  echo_train_length: [null, 1, 8],
  kvp: [null, 80, 120],
  kvp_values: [null, "80\\140"],
  exposure_modulation_type: [null, "NONE", "XYZ_EC"],
  monoenergetic_kev: [null, 70],
  complex_image_component: [null, "MIXED", "MAGNITUDE", "PHASE"],
  image_type: [
    null,
    "ORIGINAL\\PRIMARY\\M",
    "DERIVED\\PRIMARY\\M",
    "ORIGINAL\\PRIMARY\\M\\ND",
    "ORIGINAL\\PRIMARY\\M\\DIS2D\\NORM",
    "ORIGINAL\\PRIMARY\\P",
    "DERIVED\\PRIMARY\\ADC",
    "ORIGINAL\\PRIMARY\\M\\SWI",
    "ORIGINAL\\PRIMARY\\M\\ND\\MOSAIC",
    "ORIGINAL\\PRIMARY\\AXIAL",
  ],
  image_type_text: [null, "M\\NORM"],
  philips_image_type: [null, "M", "P"],
  volume_based_calculation_technique: [null, "NONE", "MAX_IP"],
  image_orientation_patient: [null, TRA, TRA, TRA, TRA, COR, SAG, TILTED, JITTERED],
  patient_orientation: [null, "L\\P"],
  orientation_text: [null, "Sag"],
  diffusion_directionality: [null, "ISOTROPIC", "DIRECTIONAL"],
  asl_context: [null, "LABEL", "CONTROL", "M_ZERO_SCAN"],
  ge_diffusion_code: [null, 0, 14, 3],
  ge_echoes: [null, 1, 2],
} as const satisfies Readonly<Record<string, readonly (string | number | null)[]>>;

const unknown = Number.NaN;
const coordinateValues = {
  image_position_patient_x: [0, 0, 0, 0, 0, 0, 0, 5, unknown],
  image_position_patient_y: [0, 0, 0, 5],
  image_position_patient_z: [0, 5, 10, 15],
  diffusion_b_value: [unknown, 0, 1000],
  diffusion_gradient_orientation_x: [unknown, 0, 1],
  diffusion_gradient_orientation_y: [0],
  diffusion_gradient_orientation_z: [0],
  x_ray_tube_current: [unknown, 100, 101, 200, 300],
  exposure: [unknown, 50, 90],
  acquisition_datetime: [unknown, 0, 0.5, 60, 120],
  acquisition_number: [unknown, 1, 2, 3],
  temporal_position_identifier: [unknown, 1, 2],
  trigger_time: [unknown, 0, 300],
  cardiac_phase: [unknown, 1, 2],
  frame_reference_time: [unknown, 0, 1000],
  table_position: [unknown, -500, -300],
  ge_raw_run: [unknown, 1, 2],
} as const satisfies Readonly<Record<string, readonly number[]>>;

/** What a frame says, settings and numbers in one. */
type Said = Readonly<Record<string, string | number | null>>;

const saidValues: Readonly<Record<string, readonly (string | number | null)[]>> = {
  ...settingValues,
  ...coordinateValues,
};
const names = Object.keys(saidValues);

const choose = (chosen: readonly string[]): fc.Arbitrary<Said> =>
  fc.record(
    Object.fromEntries(
      chosen.map((name) => [name, fc.constantFrom(...(saidValues[name] as readonly []))]),
    ),
  );

function frameOf(said: Said, index: number): TestFrame {
  const isNumber = (name: string): boolean => name in coordinateValues;
  const entries = Object.entries(said);
  return {
    settings: Object.fromEntries(entries.filter(([name]) => !isNumber(name))),
    numbers: Object.fromEntries(entries.filter(([name]) => isNumber(name))) as Record<
      string,
      number
    >,
    // Some are single images, some frames of a larger instance, and the order of UIDs is not that of time.
    instance: index % 5 < 3 ? `1.2.${97 - index}` : `1.2.${Math.floor(index / 5)}.3`,
    frameNumber: index % 5 < 3 ? 1 : index + 1,
  };
}

/** Frames that all say the same but for a few things, and lie at few places. */
const scattered = (base: Said, varying: readonly string[]): fc.Arbitrary<Said[]> =>
  fc
    .array(choose(["image_position_patient_z", ...varying]), { minLength: 1, maxLength: 30 })
    .map((list) => list.map((said) => ({ ...base, ...said })));

/** Passes over slices one after the other, each of which says a few things for itself. */
const scanned = (base: Said, varying: readonly string[]): fc.Arbitrary<Said[]> =>
  fc
    .array(
      fc.record({
        said: choose(varying),
        first: fc.constantFrom(0, 0, 0, 2, 5),
        slices: fc.constantFrom(1, 4, 5, 5, 5),
      }),
      { minLength: 1, maxLength: 6 },
    )
    .map((passes) =>
      passes.flatMap(({ said, first, slices }) =>
        Array.from({ length: slices }, (_, slice) => ({
          ...base,
          ...said,
          image_position_patient_z: (first + slice) * 5,
        })),
      ),
    );

/** Those that only split together with others vary more often. */
const someName = fc.oneof(
  fc.constantFrom(...names),
  fc.constantFrom(
    "repetition_time",
    "inversion_time",
    "acquisition_number",
    "acquisition_datetime",
    "x_ray_tube_current",
    "coil_string",
    "velocity_encoding",
    "image_type",
  ),
);

const someFrames: fc.Arbitrary<TestFrame[]> = fc
  .tuple(choose(names), fc.uniqueArray(someName, { minLength: 1, maxLength: 8 }))
  .chain(([base, varying]) =>
    fc.oneof(
      { weight: 1, arbitrary: scattered(base, varying) },
      { weight: 2, arbitrary: scanned(base, varying) },
    ),
  )
  .chain((list) =>
    fc.tuple(
      fc.constant(list),
      // Some series have frames of another modality.
      fc.oneof(
        { weight: 4, arbitrary: fc.constant<number[]>([]) },
        { weight: 1, arbitrary: fc.array(fc.nat(29)) },
      ),
    ),
  )
  .map(([list, others]) =>
    list.map((said, index) =>
      frameOf({ ...said, modality: others.includes(index) ? "CT" : null }, index),
    ),
  );

const someModality = fc.constantFrom("MR", "MR", "CT", "PT", "NM");
const someSeries = fc.record({
  modality: someModality,
  frames: someFrames,
  options: fc.record<StackOptions>({
    ctSplitOnDose: fc.constantFrom("auto", "auto", "always", "never"),
  }),
});

const nameOf = (series: SeriesFrames, frame: number): string =>
  `${series.instances[series.instance[frame] as number]}/${series.frameNumber[frame]}`;

/** Everything that is said of the stacks, with frames by their names. */
const describeStacks = (series: SeriesFrames, options: StackOptions): unknown =>
  stackSeries(series, options).map((stack) => ({
    ...stack,
    frames: Array.from(stack.frames, (frame) => nameOf(series, frame)),
    representative: nameOf(series, stack.representative),
  }));

/** The same series with its frames, tuples and instances elsewhere; `places` are permutations. */
function rearrange(
  series: SeriesFrames,
  places: { frames: readonly number[]; settings: readonly number[]; instances: readonly number[] },
): SeriesFrames {
  const tuplePlace = invert(places.settings);
  const instancePlace = invert(places.instances);
  return {
    modality: series.modality,
    settings: places.settings.map((place) => series.settings[place] as Settings),
    instances: places.instances.map((place) => series.instances[place] as string),
    count: series.count,
    setting: Int32Array.from(
      places.frames,
      (frame) => tuplePlace[series.setting[frame] as number] as number,
    ),
    instance: Int32Array.from(
      places.frames,
      (frame) => instancePlace[series.instance[frame] as number] as number,
    ),
    frameNumber: Int32Array.from(places.frames, (frame) => series.frameNumber[frame] as number),
    numbers: Object.fromEntries(
      Object.entries(series.numbers).map(([name, values]) => [
        name,
        Float64Array.from(places.frames, (frame) => values[frame] as number),
      ]),
    ),
  };
}

function invert(places: readonly number[]): number[] {
  const inverse: number[] = [];
  places.forEach((from, to) => {
    inverse[from] = to;
  });
  return inverse;
}

const count = (length: number): number[] => Array.from({ length }, (_, index) => index);
const shuffled = (length: number): fc.Arbitrary<number[]> =>
  fc.shuffledSubarray(count(length), { minLength: length, maxLength: length });

describe("the same frames give the same stacks", () => {
  test("in any order of frames, of tuples and of instances", () => {
    const property = someSeries
      .map(({ modality, frames, options }) => ({ series: buildSeries(modality, frames), options }))
      .chain(({ series, options }) =>
        fc.record({
          series: fc.constant(series),
          options: fc.constant(options),
          frames: shuffled(series.count),
          settings: shuffled(series.settings.length),
          instances: shuffled(series.instances.length),
        }),
      );
    fc.assert(
      fc.property(property, ({ series, options, ...places }) => {
        const expected = describeStacks(series, options);
        expect(describeStacks(rearrange(series, places), options)).toEqual(expected);
      }),
      runs,
    );
  });

  test("in reverse", () => {
    fc.assert(
      fc.property(someSeries, ({ modality, frames, options }) => {
        const reversed = buildSeries(modality, [...frames].reverse());
        expect(describeStacks(reversed, options)).toEqual(
          describeStacks(buildSeries(modality, frames), options),
        );
      }),
      runs,
    );
  });

  test("whether equal tuples are shared or not", () => {
    fc.assert(
      fc.property(someSeries, ({ modality, frames, options }) => {
        const series = buildSeries(modality, frames);
        const unshared: SeriesFrames = {
          ...series,
          settings: Array.from(series.setting, (tuple) => series.settings[tuple] as Settings),
          setting: Int32Array.from(count(series.count)),
        };
        expect(describeStacks(unshared, options)).toEqual(describeStacks(series, options));
      }),
      runs,
    );
  });

  test("twice, and are left as they were", () => {
    fc.assert(
      fc.property(someSeries, ({ modality, frames, options }) => {
        const series = buildSeries(modality, frames);
        const before = structuredClone(series);
        const first = describeStacks(series, options);
        expect(describeStacks(series, options)).toEqual(first);
        expect(series).toEqual(before);
      }),
      runs,
    );
  });
});

/** Parts of a key by modality, in order; see the table of the grammar. */
const partNames: Readonly<Record<string, readonly [fixed: string, discriminators: string]>> = {
  MR: ["TE TI FA ECHO TYPE ORIENT", "OBJ FOR PHOT DIM PIX THK PLANE SRC SEQ TR VENC COIL QUAL"],
  CT: ["KVP MA MAS TYPE ORIENT", "OBJ FOR PHOT DIM PIX THK KER PLANE SRC ACQ QUAL"],
  PT: ["BED FRAME TYPE ORIENT", "OBJ FOR PHOT DIM PIX PLANE SRC CORR UNITS QUAL"],
  NM: ["TYPE ORIENT", "OBJ FOR PHOT DIM PIX PLANE SRC QUAL"],
};
const partsOf = (modality: string): { fixed: string[]; all: string[] } => {
  const [fixed, discriminators] = partNames[modality] as readonly [string, string];
  return { fixed: fixed.split(" "), all: `${fixed} ${discriminators}`.split(" ") };
};

/** A key that was too long ends in a digest, and its last part may be cut anywhere. */
const isCut = (key: string): boolean => key.length === 253 && /~[0-9A-F]{12}$/.test(key);

const readParts = (key: string): (readonly [name: string, value: string])[] =>
  key
    .split("|")
    .slice(1)
    .map((part) => {
      const equals = part.indexOf("=");
      return [part.slice(0, equals), part.slice(equals + 1)] as const;
    });

describe("whatever the frames", () => {
  const property = (law: (stacks: Stack[], series: SeriesFrames) => void): void => {
    fc.assert(
      fc.property(someSeries, ({ modality, frames, options }) => {
        const series = buildSeries(modality, frames);
        law(stackSeries(series, options), series);
      }),
      runs,
    );
  };

  test("each frame is in one stack, in canonical order", () => {
    property((stacks, series) => {
      const members = stacks.flatMap((stack) => Array.from(stack.frames));
      expect(members.sort((a, b) => a - b)).toEqual(count(series.count));
      for (const stack of stacks) {
        expect(stack.frames.length).toBeGreaterThan(0);
        expect(stack.representative).toBe(stack.frames[0]);
        const inOrder = Array.from(stack.frames).sort((a, b) => {
          const [uidA, uidB] = [a, b].map((f) => series.instances[series.instance[f] as number]);
          if (uidA !== uidB) return (uidA as string) < (uidB as string) ? -1 : 1;
          return (series.frameNumber[a] as number) - (series.frameNumber[b] as number);
        });
        expect(Array.from(stack.frames)).toEqual(inOrder);
      }
    });
  });

  test("stacks are numbered from 0, and keys are unique and short", () => {
    property((stacks) => {
      expect(stacks.map((stack) => stack.index)).toEqual(count(stacks.length));
      expect(new Set(stacks.map((stack) => stack.key)).size).toBe(stacks.length);
      for (const { key } of stacks) expect(key.length).toBeLessThanOrEqual(255);
    });
  });

  test("keys are of the grammar, with parts in the order of their modality", () => {
    property((stacks) => {
      for (const { key, modality } of stacks) {
        if (isCut(key)) continue;
        expect(key).toMatch(/^[A-Z]+(\|[A-Z]+=[A-Z0-9.+_/~-]+)+$/);
        expect(key.startsWith(`${modality}|`)).toBe(true);
        const { fixed, all } = partsOf(modality);
        const parts = readParts(key);
        const places = parts.map(([name]) => all.indexOf(name));
        expect(places).not.toContain(-1);
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
        for (const [name, value] of parts) if (fixed.includes(name)) expect(value).not.toBe("-");
      }
    });
  });

  test("stacks have one reason, which names nothing but what differs", () => {
    property((stacks) => {
      const reasons = new Set(stacks.map((stack) => stack.reason));
      expect(reasons.size).toBe(1);
      const [reason] = reasons;
      if (stacks.length === 1) expect(reason).toBe("single");
      else expect(reason).toMatch(/^split by [a-z/]+( [a-z]+)*(, [a-z/]+( [a-z]+)*)*$/);
    });
  });

  test("a discriminator is printed where another stack has another value of it", () => {
    property((stacks) => {
      for (const stack of stacks) {
        if (isCut(stack.key)) continue;
        const { fixed } = partsOf(stack.modality);
        // Current and exposure are looked at after some of the discriminators.
        const base = ({ key }: Stack): string =>
          JSON.stringify(
            readParts(key).filter(
              ([name]) => fixed.includes(name) && name !== "MA" && name !== "MAS",
            ),
          );
        for (const [name, value] of readParts(stack.key)) {
          if (fixed.includes(name)) continue;
          const others = stacks.filter(
            (other) =>
              other.modality === stack.modality &&
              base(other) === base(stack) &&
              readParts(other.key).some(([n, v]) => n === name && v !== value),
          );
          expect(others, `${name} of ${stack.key}`).not.toEqual([]);
        }
      }
    });
  });
});

/** Frames whose words are equal agree in the part; null where the part says nothing of a frame. */
type Class = (said: Said, stack: Stack) => string | number | null;

/** The first value of the pair stands for the second, which is within a quantum of it. */
const classOf =
  (name: string, near: Readonly<Record<number, number>> = {}): Class =>
  (said) => {
    const written = said[name] ?? 0;
    const value = written === "-" ? 0 : written; // the sign of a missing value is one
    return typeof value === "number" ? (near[value] ?? value) : value;
  };

const imageTypes: Readonly<Record<string, readonly [map: string, component: string]>> = {
  "ORIGINAL\\PRIMARY\\M": ["", "M"],
  "DERIVED\\PRIMARY\\M": ["", "M"],
  "ORIGINAL\\PRIMARY\\M\\ND": ["", "M"],
  "ORIGINAL\\PRIMARY\\M\\DIS2D\\NORM": ["", "M"],
  "ORIGINAL\\PRIMARY\\P": ["", "P"],
  "ORIGINAL\\PRIMARY\\M\\SWI": ["SWI", "M"],
  "ORIGINAL\\PRIMARY\\M\\ND\\MOSAIC": ["", "M"],
};

const printed = (stack: Stack, name: string): string | undefined =>
  readParts(stack.key).find(([part]) => part === name)?.[1];

const planes: Readonly<Record<string, string>> = { [JITTERED]: TRA };
const letters: Readonly<Record<string, string>> = {
  [TRA]: "TRA",
  [JITTERED]: "TRA",
  [TILTED]: "TRA",
  [COR]: "COR",
  [SAG]: "SAG",
};

const sopKinds: Readonly<Record<string, string>> = {
  "1.2.840.10008.5.1.4.1.1.4": "CLASSIC",
  "1.2.840.10008.5.1.4.1.1.4.1": "ENH",
  "1.2.840.10008.5.1.4.1.1.4.4": "LEGACY",
  "1.2.840.10008.5.1.4.1.1.2": "CLASSIC",
};

const agreeing: readonly (readonly [part: string, modalities: string, of: Class])[] = [
  ["TE", "MR", classOf("echo_time", { 5.005: 5 })],
  [
    "TI",
    "MR",
    (said, stack) =>
      printed(stack, "TI") === "VAR"
        ? null
        : classOf("inversion_time", { 100.4: 100 })(said, stack),
  ],
  ["FA", "MR", classOf("flip_angle", { 8.05: 8 })],
  // Frames without a number may join those that have one.
  ["ECHO", "MR", (said) => said["echo_numbers"] ?? null],
  ["KVP", "CT", (said) => said["kvp_values"] ?? said["kvp"] ?? 0],
  [
    "MA",
    "CT",
    (said, stack) => {
      const current = Number(said["x_ray_tube_current"]);
      if (printed(stack, "MA") === "MOD" || Number.isNaN(current)) return null;
      return current === 101 ? 100 : current;
    },
  ],
  ["FRAME", "PT", (said) => said["series_type"]?.toString().split("\\")[0] ?? null],
  ["TYPE", "PT", (said) => said["series_type"]?.toString().split("\\")[1] ?? null],
  [
    "ORIENT",
    "MR CT PT NM",
    (said, stack) =>
      printed(stack, "ORIENT") === "ROT"
        ? null
        : (letters[said["image_orientation_patient"] ?? ""] ?? null),
  ],
  [
    "PLANE",
    "MR CT PT NM",
    (said, stack) => {
      const plane = said["image_orientation_patient"]?.toString() ?? "none";
      return printed(stack, "ORIENT") === "ROT" ? null : (planes[plane] ?? plane);
    },
  ],
  ["OBJ", "MR CT PT NM", (said) => sopKinds[said["sop_class_uid"] ?? ""] ?? null],
  ["PHOT", "MR CT PT NM", classOf("photometric_interpretation")],
  [
    "DIM",
    "MR CT PT NM",
    ({ rows, columns, tiles, image_type }) => {
      // The matrix of a sheet is that of its tiles.
      if (tiles !== null && String(image_type).includes("MOSAIC")) return null;
      return rows === null || columns === null ? "-" : `${rows} ${columns}`;
    },
  ],
  [
    "PIX",
    "MR CT PT NM",
    (said) => {
      const spacing = said["pixel_spacing"]?.toString() ?? "-";
      return spacing === "1.0001\\1" ? "1\\1" : spacing;
    },
  ],
  ["THK", "MR CT", classOf("slice_thickness", { 3.004: 3 })],
  ["KER", "CT", classOf("convolution_kernel")],
  ["CORR", "PT", classOf("attenuation_corrected")],
  ["UNITS", "PT", classOf("units")],
];

describe("frames of one stack", () => {
  const saidBy = (series: SeriesFrames, frame: number): Said => ({
    ...series.settings[series.setting[frame] as number],
    ...Object.fromEntries(
      Object.entries(series.numbers).map(([name, values]) => [name, values[frame] as number]),
    ),
  });

  test.each(agreeing)("agree in %s of %s", (_, modalities, classify) => {
    fc.assert(
      fc.property(someSeries, ({ modality, frames }) => {
        const series = buildSeries(modality, frames);
        for (const stack of stackSeries(series, { ctSplitOnDose: "auto" })) {
          if (!modalities.split(" ").includes(stack.modality) || isCut(stack.key)) continue;
          const classes = new Set(
            Array.from(stack.frames, (frame) => classify(saidBy(series, frame), stack)),
          );
          classes.delete(null);
          expect(Array.from(classes), stack.key).toHaveLength(Math.min(classes.size, 1));
        }
      }),
      runs,
    );
  });

  test("are of the type that their words have in the tables", () => {
    fc.assert(
      fc.property(someFrames, (frames) => {
        const series = buildSeries("MR", frames);
        for (const stack of stackSeries(series, { ctSplitOnDose: "auto" })) {
          if (stack.modality !== "MR" || isCut(stack.key)) continue;
          for (const frame of stack.frames) {
            const type = typeOf(saidBy(series, frame));
            if (type !== null) expect(printed(stack, "TYPE"), stack.key).toBe(type);
          }
        }
      }),
      runs,
    );
  });
});

/** Type of an MR frame by image type and component, null where other words may decide. */
function typeOf(said: Said): string | null {
  const known = imageTypes[said["image_type"] ?? ""];
  if (known === undefined) return null;
  const others = ["philips_image_type", "image_type_text", "volume_based_calculation_technique"];
  if (others.some((name) => said[name] !== null)) return null;
  if (said["asl_context"] === "M_ZERO_SCAN" || said["diffusion_directionality"] === "ISOTROPIC") {
    return null;
  }
  const [map, token] = known;
  const written = { MAGNITUDE: "M", PHASE: "P" }[String(said["complex_image_component"])];
  const component = written ?? token;
  if (map === "") return component;
  return component === "M" ? map : `${map}+${component}`;
}
