/** Series for benchmarks of stacks, by what is stored of their frames: no files and no database. */
import type { Cell } from "#store/packed-rows.ts";

type Values = Readonly<Record<string, Cell>>;

/** A series by what its frames, one instance each, are. */
export interface Shape {
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

/** One series of 100 positions over and over, a volume each. */
export const largeSeries = (frames: number): Shape =>
  volumes(100, Math.max(1, Math.round(frames / 100)), mr);

/** Every frame has settings of its own: a stack each. */
export const distinctSeries = (frames: number): Shape => ({
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
export const ordinarySeries: readonly Shape[] = [
  volumes(3, 1, mr),
  volumes(176, 1, mr),
  volumes(40, 100, mr),
  volumes(1, 300, mr),
  volumes(200, 1, ct, (frame) => ({ x_ray_tube_current: 20 + frame, exposure: 10 + frame / 2 })),
  volumes(60, 65, mr, (frame) => ({ diffusion_b_value: frame < 60 ? 0 : 1000 })),
];

const clock = (value: number): string => String(Math.floor(value) % 60).padStart(2, "0");
