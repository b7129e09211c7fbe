/**
 * `npm run bench:stacks`: from what is stored of a series to its settled stacks, without database and files.
 * Prints time per frame and peak memory beside the bars of one series of 100,000 frames, of the same with all
 * values distinct, and of 1,000,000 frames in ordinary series. Figures of one machine.
 */
import { settleSeries } from "#pipeline/settle/settle-series.ts";
import { coordinateColumns, seriesColumns, settingColumns } from "#store/columns.ts";
import { type Cell, packRows } from "#store/packed-rows.ts";
import { loadedInstanceCells, type SeriesContent } from "#store/settlement.ts";

type Values = Readonly<Record<string, Cell>>;

/** A series by what its frames, one instance each, are. */
interface Shape {
  readonly frames: number;
  readonly settings: number;
  setting(index: number): Values;
  settingOf(frame: number): number;
  coordinates(frame: number): Values;
}

const mr: Values = {
  modality: "MR",
  manufacturer: "SIEMENS",
  sop_class_uid: "1.2.840.10008.5.1.4.1.1.4",
  image_type: "ORIGINAL\\PRIMARY\\M\\ND",
  image_orientation_patient: "1\\0\\0\\0\\1\\0",
  frame_of_reference_uid: "1.2.3.4",
  photometric_interpretation: "MONOCHROME2",
  samples_per_pixel: 1,
  rows: 64,
  columns: 64,
  pixel_spacing: "3\\3",
  slice_thickness: 3,
  repetition_time: 2000,
  scanning_sequence: "GR",
  echo_time: 30,
  echo_numbers: "1",
  flip_angle: 90,
};
const ct: Values = {
  modality: "CT",
  manufacturer: "SIEMENS",
  image_type: "ORIGINAL\\PRIMARY\\AXIAL",
  image_orientation_patient: "1\\0\\0\\0\\1\\0",
  rows: 512,
  columns: 512,
  pixel_spacing: "0.5\\0.5",
  slice_thickness: 1,
  kvp: 120,
  convolution_kernel: "B30f",
};

/** Slices, volumes after each other; each slice has a time of its own. */
const volumes = (
  positions: number,
  count: number,
  settings: Values,
  more?: (frame: number) => Values,
): Shape => ({
  frames: positions * count,
  settings: 1,
  setting: () => settings,
  settingOf: () => 0,
  coordinates: (frame) => {
    const volume = Math.floor(frame / positions);
    const seconds = (frame * 2) / positions;
    return {
      image_position_patient: `-96\\-96\\${(frame % positions) * 3}`,
      acquisition_number: volume + 1,
      acquisition_date: "2020-01-01",
      acquisition_time: `${clock(seconds / 3600)}:${clock((seconds / 60) % 60)}:${clock(seconds % 60)}.${String(frame % 1000).padStart(3, "0")}`,
      ...more?.(frame),
    };
  },
});

const clock = (value: number): string => String(Math.floor(value) % 60).padStart(2, "0");

/** Every frame has settings of its own: a stack each. */
const distinct = (frames: number): Shape => ({
  frames,
  settings: frames,
  setting: (index) => ({
    ...mr,
    echo_time: 1 + index * 0.1,
    flip_angle: 1 + (index % 900) * 0.2,
    coil_string: `C${index}`,
  }),
  settingOf: (frame) => frame,
  coordinates: (frame) => ({
    image_position_patient: `-96.5\\-96.5\\${(frame * 0.37).toFixed(2)}`,
    acquisition_number: frame,
    trigger_time: frame / 7,
  }),
});

/** What laboratories have most of: localizers, volumes, a run of volumes, a modulated CT, diffusion. */
const ordinary: readonly Shape[] = [
  volumes(3, 1, mr),
  volumes(176, 1, mr),
  volumes(40, 100, mr),
  volumes(1, 300, mr),
  volumes(200, 1, ct, (frame) => ({ x_ray_tube_current: 20 + frame, exposure: 10 + frame / 2 })),
  volumes(60, 65, mr, (frame) => ({ diffusion_b_value: frame < 60 ? 0 : 1000 })),
];

function contentOf(shape: Shape, seriesId: number): SeriesContent {
  const rows = Array.from({ length: shape.frames }, (_, frame): Cell[] => {
    const coordinates = shape.coordinates(frame);
    return [
      frame + 1,
      // The store gives them by UID.
      `1.2.826.${seriesId}.${1_000_000 + frame}`,
      shape.settingOf(frame) + 1,
      null,
      1,
      ...coordinateColumns.map(({ name }) => coordinates[name] ?? null),
    ];
  });
  return {
    seriesId,
    seriesInstanceUid: `1.2.826.${seriesId}`,
    tuples: [{ seriesValuesId: 1, values: seriesColumns.map(() => null), weight: shape.frames }],
    settings: Array.from({ length: shape.settings }, (_, index) => {
      const values = shape.setting(index);
      return {
        frameValuesId: index + 1,
        values: settingColumns.map(({ name }) => values[name] ?? null),
      };
    }),
    instances: packRows(rows, loadedInstanceCells.length + coordinateColumns.length),
    ranges: [],
    warnings: [],
    settledInstances: null,
    stackKeys: [],
  };
}

/** Best of a few turns, ms. */
function time(shape: Shape, turns: number): { milliseconds: number; stacks: number } {
  const content = contentOf(shape, 1);
  let milliseconds = Number.POSITIVE_INFINITY;
  let stacks = 0;
  for (let turn = 0; turn < turns; turn++) {
    const began = performance.now();
    stacks = settleSeries(content, { ctSplitOnDose: "auto" }).stacks.length;
    milliseconds = Math.min(milliseconds, performance.now() - began);
  }
  return { milliseconds, stacks };
}

function report(
  name: string,
  frames: number,
  stacks: number,
  milliseconds: number,
  bar: string,
): void {
  const peak = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(
    `${name}: ${frames} frames, ${stacks} stacks, ${milliseconds.toFixed(0)} ms, ${((milliseconds * 1000) / frames).toFixed(2)} µs per frame (${bar}); peak memory of the process so far ${peak.toFixed(0)} MiB\n`,
  );
}

const million = { frames: 0, stacks: 0, milliseconds: 0 };
while (million.frames < 1_000_000) {
  for (const shape of ordinary) {
    const one = time(shape, 1);
    million.frames += shape.frames;
    million.stacks += one.stacks;
    million.milliseconds += one.milliseconds;
  }
}
report("ordinary series", million.frames, million.stacks, million.milliseconds, "bar 5 µs");
for (const shape of ordinary) {
  const { milliseconds, stacks } = time(shape, 20);
  report("  one of them", shape.frames, stacks, milliseconds, "best of 20");
}
const large = volumes(100, 1000, mr);
const one = time(large, 3);
report("one series", large.frames, one.stacks, one.milliseconds, "bar 2,000 ms");
const apart = distinct(100_000);
const each = time(apart, 2);
report("all values distinct", apart.frames, each.stacks, each.milliseconds, "bar 10,000 ms");
