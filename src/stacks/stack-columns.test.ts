import { describe, expect, test } from "vitest";
import type { StackColumns } from "./stack-columns.ts";
import { stackSeries } from "./stack-series.ts";
import { buildSeries, repeat, slices, type TestFrame } from "./testing/build-series.ts";

const image_type = "ORIGINAL\\PRIMARY\\M";

/** Columns of the stacks, in their order. */
const columnsOfAll = (modality: string, frames: readonly TestFrame[]): StackColumns[] =>
  stackSeries(buildSeries(modality, frames), { ctSplitOnDose: "auto" }).map(
    ({ columns }) => columns,
  );

const columnsOf = (modality: string, frames: readonly TestFrame[]): StackColumns | undefined =>
  columnsOfAll(modality, frames)[0];

test("hold the values of the clusters, unrounded", () => {
  const settings = {
    image_type: "ORIGINAL\\PRIMARY\\M\\ND",
    echo_time: 2.4987,
    repetition_time: 2300.4,
    flip_angle: 9.04,
    echo_numbers: 1,
    echo_train_length: 3,
    receive_coil_name: "HEAD",
  };
  expect(columnsOf("MR", slices(5, settings, { axis: "x", spacing: 1.5 }))).toEqual({
    stack_n_frames: 5,
    stack_n_instances: 5,
    stack_n_positions: 5,
    stack_n_volumes: 1,
    stack_echo_time: 2.4987,
    stack_echo_numbers: "1",
    stack_inversion_time: null,
    stack_repetition_time: 2300.4,
    stack_flip_angle: 9.04,
    stack_echo_train_length: 3,
    stack_receive_coil_name: "HEAD",
    stack_kvp: null,
    stack_tube_current_min: null,
    stack_tube_current_max: null,
    stack_exposure_min: null,
    stack_exposure_max: null,
    stack_pet_bed_index: null,
    stack_pet_frame_type: null,
    stack_image_type: "ORIGINAL\\PRIMARY\\M\\ND",
    stack_type: "M",
    stack_qualifiers: "ND",
    stack_image_orientation: "Sagittal",
    stack_orientation_confidence: 1,
    stack_normal: "-1\\0\\0",
    stack_b_min: null,
    stack_b_max: null,
    stack_n_b_values: null,
    stack_n_temporal: null,
    stack_spacing: 1.5,
    stack_n_missing: 0,
    stack_n_doubled: 0,
    stack_completeness: 1,
    stack_flags: null,
    diffusion_kind: null,
  });
});

/** What is said of the grid, short: missing, doubled, completeness, flags. */
const gridOf = (columns: StackColumns | undefined) => [
  columns?.["stack_n_missing"],
  columns?.["stack_n_doubled"],
  columns?.["stack_completeness"],
  columns?.["stack_flags"],
];

const grid = (frames: readonly TestFrame[]) => gridOf(columnsOf("MR", frames));

/** A run of volumes, each with a time of its own. */
const run = (volumes: number, count: number, settings: TestFrame["settings"] = {}): TestFrame[] =>
  repeat(volumes, (volume) =>
    slices(
      count,
      { image_type, ...settings },
      { numbers: () => ({ temporal_position_identifier: volume + 1 }) },
    ),
  );

/** The frames but those at some slices. */
const without = (frames: readonly TestFrame[], ...left: number[]): TestFrame[] =>
  frames.filter(
    ({ numbers }) => !left.includes((numbers?.["image_position_patient_z"] as number) / 2),
  );

describe("the grid of a stack", () => {
  test("is complete where every volume has every position", () => {
    expect(grid(slices(9, { image_type }))).toEqual([0, 0, 1, null]);
    expect(grid(slices(1, { image_type }))).toEqual([0, 0, 1, null]);
    expect(grid(run(10, 4))).toEqual([0, 0, 1, null]);
  });

  test("lacks a position in a gap of twice the spacing", () => {
    const flags = "incomplete-grid\\irregular-spacing";
    expect(grid(without(slices(10, { image_type }), 4))).toEqual([1, 0, 0.9, flags]);
    expect(grid(without(slices(10, { image_type }), 4, 5))).toEqual([2, 0, 0.8, flags]);
    expect(grid(without(run(3, 10), 4))).toEqual([3, 0, 0.9, flags]);
  });

  test("lacks nothing where the spacing is a coarser one from some slice on", () => {
    const frames = [
      ...slices(10, { image_type }, { spacing: 2.5 }),
      ...slices(8, { image_type }, { spacing: 5, start: 27.5 }),
    ];
    expect(grid(frames)).toEqual([0, 0, 1, "irregular-spacing"]);
  });

  test("lacks the rest of a run that was broken off", () => {
    expect(grid(run(10, 4).slice(0, -3))).toEqual([3, 0, 37 / 40, "incomplete-grid"]);
  });

  test("is uneven but lacks nothing where slices were taken again", () => {
    const again = run(2, 10).slice(0, 12);
    expect(grid(again)).toEqual([0, 0, 1, "incomplete-grid"]);
  });

  test("counts images that nothing tells apart, such as a map beside its magnitude", () => {
    const twice = [...slices(10, { image_type }), ...slices(10, { image_type })];
    expect(grid(twice)).toEqual([0, 10, 1, "duplicate-position"]);
    expect(grid(twice.slice(0, 12))).toEqual([0, 2, 1, "duplicate-position"]);
    expect(grid(without(twice, 4))).toEqual([
      1,
      9,
      0.9,
      "duplicate-position\\incomplete-grid\\irregular-spacing",
    ]);
  });

  test("does not count inversion times that follow the heart as the same image", () => {
    const frames = [100, 500, 900, 900].flatMap((time) =>
      slices(5, {}).map((frame, slice) => ({
        ...frame,
        settings: { ...frame.settings, image_type, inversion_time: time + slice * 10 },
      })),
    );
    expect(grid(frames)).toEqual([0, 5, 1, "duplicate-position\\inversion-time-varies"]);
  });

  test("is complete for no segment, which has images only where it is", () => {
    const segments = [
      ...slices(9, { referenced_segment_number: 1 }),
      ...slices(4, { referenced_segment_number: 2 }, { start: 6 }),
    ];
    expect(grid(segments)).toEqual([null, 0, null, "type-assumed"]);
  });

  test("has a volume of each metabolite", () => {
    const maps = ["NAA", "Cho"].flatMap((text) =>
      slices(3, { image_type, metabolite_map_description: text }),
    );
    expect(grid(maps)).toEqual([0, 0, 1, null]);
    expect(columnsOf("MR", maps)?.["stack_n_volumes"]).toBe(2);
  });

  test("is none without positions, and is made of those images that have one", () => {
    expect(grid([{ settings: { image_type } }])).toEqual([null, null, null, "no-geometry"]);
    const [frame] = slices(1, { image_type });
    const silent: TestFrame = { settings: frame?.settings ?? {} };
    expect(grid([...slices(5, { image_type }), silent, silent])).toEqual([0, 0, 1, null]);
  });
});

describe("components of one measurement", () => {
  const phase = { image_type: "ORIGINAL\\PRIMARY\\P" };
  const grids = (frames: readonly TestFrame[]) => columnsOfAll("MR", frames).map(gridOf);
  const only = (frames: readonly TestFrame[], ...kept: number[]): TestFrame[] =>
    frames.filter(({ numbers }) =>
      kept.includes((numbers?.["image_position_patient_z"] as number) / 2),
    );

  test("cover the same slices, so that a few phase images among magnitude ones lack the rest", () => {
    const frames = [...slices(224, { image_type }), ...only(slices(224, phase), 100, 101, 102)];
    expect(grids(frames)).toEqual([
      [0, 0, 1, null],
      [221, 0, 3 / 224, "incomplete-grid"],
    ]);
  });

  test("lack their positions in every volume", () => {
    const frames = [...run(10, 4), ...only(run(10, 4, phase), 1, 2)];
    expect(grids(frames)).toEqual([
      [0, 0, 1, null],
      [20, 0, 0.5, "incomplete-grid"],
    ]);
  });

  test("may share a hole, which each lacks once", () => {
    const frames = [...without(slices(9, { image_type }), 3), ...without(slices(9, phase), 3, 6)];
    const flags = "incomplete-grid\\irregular-spacing";
    expect(grids(frames)).toEqual([
      [1, 0, 8 / 9, flags],
      [2, 0, 7 / 9, flags],
    ]);
  });

  test("are not held against each other where positions or another part of the key differ", () => {
    const complete = [0, 0, 1, null];
    const apart = [...slices(9, { image_type }), ...slices(5, phase, { start: 10 })];
    expect(grids(apart)).toEqual([complete, complete]);
    const echoes = [
      ...slices(9, { image_type, echo_time: 5, echo_numbers: 1 }),
      ...slices(4, { ...phase, echo_time: 7, echo_numbers: 2 }),
    ];
    expect(grids(echoes)).toEqual([complete, complete]);
    const map = [...slices(9, { image_type }), ...slices(4, { image_type: `${image_type}\\ADC` })];
    expect(grids(map)).toEqual([complete, complete]);
  });
});

describe("planes that turn about an axis", () => {
  const view = (degrees: number): TestFrame => {
    const angle = (degrees * Math.PI) / 180;
    const [x, y] = [Math.cos(angle), Math.sin(angle)];
    return {
      settings: {
        image_type,
        image_orientation_patient: `${x.toFixed(6)}\\${y.toFixed(6)}\\0\\0\\0\\-1`,
        pixel_spacing: "1\\1",
        rows: 256,
        columns: 256,
      },
      numbers: {
        image_position_patient_x: -127.5 * x,
        image_position_patient_y: -127.5 * y,
        image_position_patient_z: 127.5,
      },
    };
  };
  const views = Array.from({ length: 12 }, (_, index) => view(index * 15));

  test("have no grid, but may be doubled", () => {
    expect(columnsOf("MR", views)).toMatchObject({
      stack_image_orientation: "Rotational",
      stack_normal: null,
    });
    expect(grid(views)).toEqual([null, 0, null, null]);
    expect(grid([...views, view(30)])).toEqual([null, 1, null, "duplicate-position"]);
  });
});

describe("sheets of slices", () => {
  const mosaic = {
    image_type: "ORIGINAL\\PRIMARY\\M\\MOSAIC",
    tiles: 36,
    spacing_between_slices: -3.3,
  };
  const sheets = (count: number, settings: TestFrame["settings"], step = 0): TestFrame[] =>
    repeat(count, (volume) =>
      slices(
        1,
        { ...mosaic, ...settings },
        { start: volume * step, numbers: () => ({ acquisition_number: volume + 1 }) },
      ),
    );

  test("have as many positions as tiles, and the spacing that is written", () => {
    expect(columnsOf("MR", sheets(20, {}))).toMatchObject({
      stack_n_frames: 20,
      stack_n_positions: 36,
      stack_spacing: 3.3,
      stack_normal: "0\\0\\1",
      stack_n_missing: 0,
      stack_n_doubled: 0,
      stack_completeness: 1,
      stack_flags: "mosaic",
    });
    expect(columnsOf("MR", sheets(2, { tiles: null, spacing_between_slices: null }))).toMatchObject(
      {
        stack_n_positions: null,
        stack_spacing: null,
      },
    );
    expect(columnsOf("MR", sheets(2, { image_type: `${image_type}\\VFRAME` }))).toMatchObject({
      stack_n_positions: 36,
      stack_flags: "mosaic",
    });
  });

  test("are whole volumes, also where the scanner moved them after the head", () => {
    expect(grid(sheets(20, {}, 0.3))).toEqual([0, 0, 1, "mosaic"]);
  });

  test("may be doubled, or lie nowhere", () => {
    expect(grid([...sheets(3, {}), ...sheets(1, {})])).toEqual([
      0,
      1,
      1,
      "duplicate-position\\mosaic",
    ]);
    expect(grid([{ settings: mosaic }])).toEqual([null, null, null, "mosaic\\no-geometry"]);
  });
});

describe("diffusion", () => {
  const along = { diffusion_gradient_orientation_x: 1 };
  const across = { diffusion_gradient_orientation_y: 0, diffusion_gradient_orientation_z: 0 };

  /** Two slices at each b-value, NaN = not written. */
  const weighted = (
    values: readonly number[],
    settings: TestFrame["settings"],
    direction: Readonly<Record<string, number>> = {},
  ): TestFrame[] =>
    values.flatMap((b) =>
      slices(
        2,
        { image_type, ...settings },
        { numbers: () => ({ diffusion_b_value: b, ...direction }) },
      ),
    );
  const ISOTROPIC = { diffusion_directionality: "ISOTROPIC" };
  const DIRECTIONAL = { diffusion_directionality: "DIRECTIONAL" };

  const summaryOf = (frames: readonly TestFrame[]) => {
    const columns = columnsOf("MR", frames);
    return [
      columns?.["stack_b_min"],
      columns?.["stack_b_max"],
      columns?.["stack_n_b_values"],
      columns?.["diffusion_kind"],
      columns?.["stack_flags"],
    ];
  };

  test("is not spoken of without b-values", () => {
    expect(summaryOf(weighted([Number.NaN], {}))).toEqual([null, null, null, null, null]);
  });

  test("is none where nothing is weighted", () => {
    expect(summaryOf(weighted([0], {}))).toEqual([0, 0, 1, "none", null]);
    expect(summaryOf(weighted([0], ISOTROPIC))).toEqual([0, 0, 1, "none", null]);
  });

  test("is directional by what is written or by a direction", () => {
    const directional = [0, 1000, 2, "directional", null];
    expect(summaryOf(weighted([0, 1000], DIRECTIONAL))).toEqual(directional);
    expect(summaryOf(weighted([0, 1000], { diffusion_directionality: "BMATRIX" }))).toEqual(
      directional,
    );
    expect(summaryOf(weighted([0, 1000], {}, { ...along, ...across }))).toEqual(directional);
  });

  test("has each b-value once, also those of a shell", () => {
    expect(summaryOf(weighted([995, 0, 1000, 1005], DIRECTIONAL))).toEqual([
      0,
      1005,
      4,
      "directional",
      null,
    ]);
  });

  test("is isotropic where all weighted images are, which makes the stack trace-weighted", () => {
    expect(summaryOf(weighted([0, 500, 1500], ISOTROPIC))).toEqual([
      0,
      1500,
      3,
      "isotropic",
      "trace-weighted",
    ]);
    const silentAtZero = [...weighted([0], {}), ...weighted([500], ISOTROPIC)];
    expect(summaryOf(silentAtZero)).toEqual([0, 500, 2, "isotropic", "trace-weighted"]);
    const silent = [...weighted([500], ISOTROPIC), ...weighted([1500], {})];
    expect(summaryOf(silent)).toEqual([500, 1500, 2, "isotropic", null]);
  });

  test("is trace where the type says so, with b-values or without", () => {
    const trace = { image_type: "DERIVED\\PRIMARY\\DIFFUSION\\TRACEW" };
    expect(summaryOf(weighted([0, 1000], trace))).toEqual([0, 1000, 2, "trace", null]);
    expect(summaryOf(weighted([Number.NaN], trace))).toEqual([null, null, null, "trace", null]);
    expect(summaryOf(weighted([1000], { ...trace, ...ISOTROPIC }))).toEqual([
      1000,
      1000,
      1,
      "trace",
      null,
    ]);
  });

  test("leaves the isotropic images at the end of a directional run to a stack of their own", () => {
    const frames = [...weighted([0, 1000], DIRECTIONAL), ...weighted([1000], ISOTROPIC)];
    expect(columnsOfAll("MR", frames).map((columns) => columns["diffusion_kind"])).toEqual([
      "directional",
      "trace",
    ]);
  });

  test("is mixed in maps made of both", () => {
    const map = { image_type: "DERIVED\\PRIMARY\\ADC" };
    const frames = [
      ...weighted([1000], { ...map, ...DIRECTIONAL }),
      ...weighted([500], { ...map, ...ISOTROPIC }),
    ];
    expect(summaryOf(frames)).toEqual([500, 1000, 2, "mixed", null]);
  });

  test("is not known where weighted images do not say", () => {
    expect(summaryOf(weighted([0, 1000], {}))).toEqual([0, 1000, 2, null, null]);
  });

  test("counts a b-value that Canon leaves out as 0", () => {
    const manufacturer = "CANON_MEC";
    const frames = [
      ...slices(2, { image_type, manufacturer }),
      ...slices(2, { image_type, manufacturer }, { numbers: () => ({ diffusion_b_value: 1500 }) }),
    ];
    expect(columnsOf("MR", frames)).toMatchObject({ stack_b_min: 0, stack_b_max: 1500 });
  });
});

test("volumes that only their number announces are not doubled (GE)", () => {
  const run = (volumes: number, number_of_temporal_positions: number | null): TestFrame[] =>
    repeat(volumes, () => slices(4, { image_type, number_of_temporal_positions }));
  const of = (frames: readonly TestFrame[]) => columnsOf("MR", frames);
  expect(of(run(3, 3))).toMatchObject({ stack_n_doubled: 0, stack_n_missing: 0 });
  expect(
    of([...run(2, 3), ...slices(2, { image_type, number_of_temporal_positions: 3 })]),
  ).toMatchObject({
    stack_n_doubled: 0,
    stack_n_missing: 2,
  });
  expect(of(run(3, 2))).toMatchObject({ stack_n_doubled: 8 });
  expect(of(run(3, null))).toMatchObject({ stack_n_doubled: 8 });
});

test("a component that was assumed is no sibling of a written one", () => {
  const written = slices(6, { image_type: "ORIGINAL\\PRIMARY\\R" });
  const assumed = slices(2, { image_type: "ORIGINAL\\PRIMARY\\OTHER" });
  expect(columnsOfAll("MR", [...written, ...assumed])).toMatchObject([
    { stack_n_missing: 0, stack_flags: "type-assumed" },
    { stack_n_missing: 0, stack_flags: null },
  ]);
});

test("volumes are counted: of a run, of one volume, of sheets", () => {
  const volumes = (frames: readonly TestFrame[]) => columnsOf("MR", frames)?.["stack_n_volumes"];
  const run = repeat(5, (volume) =>
    slices(4, { image_type }, { numbers: () => ({ acquisition_number: volume }) }),
  );
  expect(volumes(run)).toBe(5);
  expect(volumes(run.slice(0, 18))).toBe(5);
  expect(volumes(slices(4, { image_type }))).toBe(1);
  expect(volumes(slices(3, { image_type: `${image_type}\\MOSAIC` }))).toBe(3);
  expect(volumes([{ settings: { image_type } }])).toBe(null);
});
