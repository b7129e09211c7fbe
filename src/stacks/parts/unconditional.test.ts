/** Parts that separate wherever they differ, printed only there. */
import { describe, expect, test } from "vitest";
import { keysOf, reasonOf, slices, type TestFrame } from "#stacks/testing/build-series.ts";

const image_type = "ORIGINAL\\PRIMARY\\M";
const base = "MR|TYPE=M|ORIENT=TRA";

/** Three slices of each of the settings. */
const each = (...settings: TestFrame["settings"][]): TestFrame[] =>
  settings.flatMap((more) => slices(3, { image_type, ...more }));

const ENHANCED_MR = "1.2.840.10008.5.1.4.1.1.4.1";
const LEGACY_MR = "1.2.840.10008.5.1.4.1.1.4.4";
const MR = "1.2.840.10008.5.1.4.1.1.4";

describe.each<{
  name: string;
  modality?: string;
  settings: TestFrame["settings"][];
  parts: string[];
}>([
  {
    name: "OBJ by the SOP class",
    settings: [{ sop_class_uid: MR }, { sop_class_uid: ENHANCED_MR }, { sop_class_uid: LEGACY_MR }],
    parts: ["OBJ=CLASSIC", "OBJ=ENH", "OBJ=LEGACY"],
  },
  {
    name: "FOR by the rank of its UID, bytewise",
    settings: [{ frame_of_reference_uid: "1.2.9" }, { frame_of_reference_uid: "1.2.10" }],
    parts: ["FOR=1", "FOR=2"],
  },
  {
    name: "PHOT by interpretation, with samples that are not its own",
    settings: [
      { photometric_interpretation: "MONOCHROME2", samples_per_pixel: 1 },
      { photometric_interpretation: "RGB", samples_per_pixel: 3 },
      { photometric_interpretation: "RGB", samples_per_pixel: 4 },
      {},
    ],
    parts: ["PHOT=-", "PHOT=MONOCHROME2", "PHOT=RGB", "PHOT=RGB/4"],
  },
  {
    name: "DIM by rows and columns",
    settings: [{ rows: 64, columns: 80 }, { rows: 80, columns: 64 }, { rows: 64 }],
    parts: ["DIM=-", "DIM=64X80", "DIM=80X64"],
  },
  {
    name: "DIM by the tile of a sheet",
    settings: [
      { rows: 384, columns: 384, tiles: 33 },
      { rows: 64, columns: 64, tiles: null },
      { rows: 384, columns: 384, tiles: 16 },
    ],
    parts: ["DIM=64X64", "DIM=96X96"],
  },
  {
    name: "PIX by the clusters of both spacings",
    settings: [
      { pixel_spacing: "0.9375\\0.9375" },
      { pixel_spacing: "0.9379\\0.9371" },
      { pixel_spacing: "0.9375\\1.875" },
      { pixel_spacing: "0.9375" },
    ],
    parts: ["PIX=-", "PIX=0.938/0.937", "PIX=0.938/1.875"],
  },
  {
    name: "THK by its clusters",
    settings: [
      { slice_thickness: 5 },
      { slice_thickness: 5.004 },
      { slice_thickness: 10 },
      { slice_thickness: null },
    ],
    parts: ["THK=-", "THK=10", "THK=5"],
  },
  {
    name: "SEQ by contrast, and Philips' value 5 of the image type",
    settings: [
      { scanning_sequence: "SE", sequence_variant: "SK\\SP" },
      { scanning_sequence: "SE", sequence_variant: "SK" },
      { scanning_sequence: "IR\\SE" },
      { scanning_sequence: "SE", sequence_variant: "MTC\\SK" },
      { scanning_sequence: "SE", magnetization_transfer: "OFF_RESONANCE" },
      { scanning_sequence: "RM" },
      {
        scanning_sequence: "SE",
        manufacturer: "Philips",
        image_type: "ORIGINAL\\PRIMARY\\M_FFE\\M\\FFE",
      },
    ],
    parts: ["SEQ=-", "SEQ=FFE", "SEQ=IR+SE", "SEQ=MTC+SE", "SEQ=SE"],
  },
  {
    name: "CORR of PET",
    modality: "PT",
    settings: [{ attenuation_corrected: "Y" }, { attenuation_corrected: "N" }, {}],
    parts: ["CORR=-", "CORR=AC", "CORR=NAC"],
  },
  {
    name: "UNITS of PET",
    modality: "PT",
    settings: [{ units: "BQML" }, { units: "CNTS" }],
    parts: ["UNITS=BQML", "UNITS=CNTS"],
  },
  {
    name: "KER of CT",
    modality: "CT",
    settings: [{ convolution_kernel: "B30f" }, { convolution_kernel: "B70f" }],
    parts: ["KER=B30F", "KER=B70F"],
  },
])("$name", ({ modality = "MR", settings, parts }) => {
  test("separates and is printed where it differs", () => {
    const keys = keysOf(modality, each(...settings));
    expect(keys.map((key) => key.split("|").at(-1))).toEqual(parts);
  });

  test("is not printed where it is the same", () => {
    for (const one of settings) expect(keysOf(modality, each(one, one))).toHaveLength(1);
    expect(keysOf(modality, each(settings[0] ?? {}))[0]).not.toMatch(parts[0]?.split("=")[0] ?? "");
  });
});

test("a text that is the sign of a missing value is one", () => {
  const kernels = [{ convolution_kernel: "-" }, {}, { convolution_kernel: "B30f" }];
  expect(keysOf("CT", each(...kernels)).map((key) => key.split("|").at(-1))).toEqual([
    "KER=-",
    "KER=B30F",
  ]);
  expect(keysOf("CT", each({ convolution_kernel: "-" }, {}))).toHaveLength(1);
});

test("kernels, thickness and units are looked at only where the modality has them", () => {
  expect(keysOf("MR", each({ convolution_kernel: "A" }, { convolution_kernel: "B" }))).toEqual([
    `6 × ${base}`,
  ]);
  expect(keysOf("PT", each({ slice_thickness: 2 }, { slice_thickness: 4 }))).toHaveLength(1);
});

test("a part is printed only in the groups that it separates", () => {
  const frames = [
    ...each(
      { rows: 64, columns: 64, slice_thickness: 3 },
      { rows: 64, columns: 64, slice_thickness: 6 },
    ),
    ...each({ rows: 128, columns: 128, slice_thickness: 3 }),
  ];
  expect(keysOf("MR", frames)).toEqual([
    `3 × ${base}|DIM=128X128`,
    `3 × ${base}|DIM=64X64|THK=3`,
    `3 × ${base}|DIM=64X64|THK=6`,
  ]);
  expect(reasonOf("MR", frames)).toBe("split by matrix, slice thickness");
});

describe("FOR", () => {
  test("does not separate where each file has a UID of its own", () => {
    const frames = slices(9, { image_type }).map((frame, index) => ({
      ...frame,
      settings: { ...frame.settings, frame_of_reference_uid: `1.2.${index}` },
    }));
    expect(keysOf("MR", frames)).toEqual([`9 × ${base}`]);
  });

  test("does not separate a run whose files have one each, though they show one place", () => {
    const frames = slices(3, { image_type }).flatMap((frame, slice) =>
      [1, 2].map((volume) => ({
        ...frame,
        settings: { ...frame.settings, frame_of_reference_uid: `1.2.${slice}.${volume}` },
      })),
    );
    expect(keysOf("MR", frames)).toEqual([`6 × ${base}`]);
  });

  test("separates volumes that have one each", () => {
    const frames = ["1.2.3", "1.2.4", "1.2.5"].flatMap((frame_of_reference_uid, volume) =>
      slices(2, { image_type, frame_of_reference_uid }, { start: volume * 100 }).map((frame) => ({
        ...frame,
        instance: frame_of_reference_uid,
      })),
    );
    expect(keysOf("MR", frames)).toHaveLength(3);
  });

  test("separates single slices that show one place twice", () => {
    const frames = ["1.2.3", "1.2.4"].flatMap((frame_of_reference_uid) =>
      slices(1, { image_type, frame_of_reference_uid }),
    );
    expect(keysOf("MR", frames)).toEqual([`1 × ${base}|FOR=1`, `1 × ${base}|FOR=2`]);
  });
});

describe("PLANE", () => {
  const plane = (image_orientation_patient: string): TestFrame["settings"] => ({
    image_orientation_patient,
  });

  test("separates parallel packages of one letter", () => {
    expect(
      keysOf("MR", each(plane("1\\0\\0\\0\\1\\0"), plane("1\\0\\0\\0\\0.98481\\0.17365"))),
    ).toEqual([`3 × ${base}|PLANE=0/-0.174/0.985`, `3 × ${base}|PLANE=0/0/1`]);
  });

  test("names the rows too where two planes have one normal", () => {
    expect(keysOf("MR", each(plane("1\\0\\0\\0\\1\\0"), plane("0\\1\\0\\-1\\0\\0")))).toEqual([
      `3 × ${base}|PLANE=0/0/1/0/1/0`,
      `3 × ${base}|PLANE=0/0/1/1/0/0`,
    ]);
  });

  test("is - for images that give a letter only", () => {
    const frames = [
      ...each(plane("1\\0\\0\\0\\1\\0")),
      { settings: { image_type, patient_orientation: "L\\P" } },
    ];
    expect(keysOf("MR", frames)).toEqual([`1 × ${base}|PLANE=-`, `3 × ${base}|PLANE=0/0/1`]);
  });
});
