/** The columns of a stack: values of its key, unrounded, and what its frames add up to. */
import type { Diffusion } from "./diffusion.ts";
import { positionsOf } from "./geometry/positions.ts";
import { areIrregular, gapsOf } from "./geometry/spacing.ts";
import type { Group, PartLabel } from "./group.ts";
import { median, roundedText, toGrains } from "./numbers.ts";
import { type Settings, settingNumber, settingText } from "./series-frames.ts";
import type { ModalityFrames, SeriesView } from "./series-view.ts";
import type { StackFlag } from "./stack-flags.ts";
import type { StackInput } from "./stack-inputs.ts";
import { splitTokens } from "./types/image-tokens.ts";

export type StackColumns = Readonly<Record<string, string | number | null>>;

/** What the columns of all stacks of one modality are computed from. */
export interface ColumnSources {
  readonly modality: ModalityFrames;
  /** Cluster of the repetition time, ms. */
  repetitionTime(frame: number): PartLabel;
}

const orientationWords: Readonly<Record<string, string>> = {
  TRA: "Axial",
  COR: "Coronal",
  SAG: "Sagittal",
  ROT: "Rotational",
};

/** Columns of the stack made of a group. The representative is the group's first frame. */
export function describeStack(sources: ColumnSources, group: Group): StackColumns {
  const { series } = sources.modality;
  const { frames } = series;
  const { labels } = group;
  const representative = group.frames[0] as number;
  const setting = frames.setting[representative] as number;
  const settings = frames.settings[setting] ?? {};
  const type = sources.modality.imageType(setting, isTrace(group));
  const geometry = describeGeometry(series, group, settings);
  const current = rangeOf(series, group.frames, "x_ray_tube_current");
  const exposure = rangeOf(series, group.frames, "exposure");
  const diffusion = describeDiffusion(series.diffusion, group);
  const flags = [...series.flags.of(group.frames), ...geometry.flags, ...diffusion.flags];
  return {
    stack_n_frames: group.frames.length,
    stack_n_instances: new Set(group.frames.map((frame) => frames.instance[frame] as number)).size,
    stack_n_positions: geometry.count,
    stack_echo_time: labels.TE?.value ?? null,
    stack_echo_numbers: labels.ECHO?.text ?? null,
    stack_inversion_time: labels.TI?.value ?? null,
    stack_repetition_time: sources.repetitionTime(representative).value,
    stack_flip_angle: labels.FA?.value ?? null,
    stack_echo_train_length: known(settingNumber(settings, "echo_train_length")),
    stack_receive_coil_name: settingText(settings, "receive_coil_name"),
    stack_kvp: labels.KVP?.value ?? null,
    stack_tube_current_min: current?.[0] ?? null,
    stack_tube_current_max: current?.[1] ?? null,
    stack_exposure_min: exposure?.[0] ?? null,
    stack_exposure_max: exposure?.[1] ?? null,
    stack_pet_bed_index: labels.BED?.text ?? null,
    stack_pet_frame_type: labels.FRAME?.text ?? null,
    stack_image_type: settingText(settings, "image_type"),
    stack_type: labels.TYPE?.text ?? null,
    stack_qualifiers: joined(type.qualifiers),
    stack_image_orientation: orientationWords[labels.ORIENT?.text ?? ""] ?? null,
    stack_orientation_confidence: geometry.confidence,
    stack_normal: geometry.normal,
    stack_b_min: diffusion.smallest,
    stack_b_max: diffusion.largest,
    stack_n_b_values: diffusion.count,
    stack_n_temporal: countDistinct(series, group.frames, "temporal_position_identifier"),
    stack_spacing: geometry.spacing,
    stack_flags: joined(flags.sort()),
    diffusion_kind: diffusion.kind,
  };
}

const isTrace = ({ labels }: Group): boolean => labels.TYPE?.text?.startsWith("TRACE") ?? false;

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);

const joined = (values: readonly string[]): string | null =>
  values.length === 0 ? null : values.join("\\");

interface Geometry {
  readonly count: number;
  /** mm */
  readonly spacing: number | null;
  readonly normal: string | null;
  readonly confidence: number | null;
  readonly flags: readonly StackFlag[];
}

/** Tiles of one frame, which is a sheet of slices: Siemens' mosaic and its kin. */
const sheetTokens = ["MOSAIC", "VFRAME"];

function describeGeometry(series: SeriesView, group: Group, settings: Settings): Geometry {
  const { planes, positions } = series;
  const isTurning = group.labels.ORIENT?.text === "ROT";
  // Planes that turn have no common normal.
  const plane = isTurning ? undefined : planes.list[planes.of[group.frames[0] as number] as number];
  const normal = plane?.normal.map((value) => roundedText(value, 5)).join("\\") ?? null;
  const confidence = plane?.confidence ?? null;
  const count = positionsOf(positions, group.frames).size;
  const tiles = settingNumber(settings, "tiles");
  if (isSheet(settings)) {
    const spacing = known(Math.abs(settingNumber(settings, "spacing_between_slices")));
    return { count: tiles > 0 ? tiles : count, spacing, normal, confidence, flags: ["mosaic"] };
  }
  const gaps = gapsOf(positions, group.frames);
  const flags: StackFlag[] = [];
  if (count === 0) flags.push("no-geometry");
  if (areIrregular(gaps)) flags.push("irregular-spacing");
  return { count, spacing: known(median(gaps)), normal, confidence, flags };
}

const isSheet = (settings: Settings): boolean =>
  splitTokens(settingText(settings, "image_type")).some((token) => sheetTokens.includes(token));

function describeDiffusion(
  diffusion: Diffusion,
  group: Group,
): {
  smallest: number | null;
  largest: number | null;
  count: number | null;
  kind: string | null;
  flags: readonly StackFlag[];
} {
  const values = Float64Array.from(group.frames, (frame) => diffusion.bValues[frame] as number);
  const range = rangeOfValues(values);
  if (range === null) return { smallest: null, largest: null, count: null, kind: null, flags: [] };
  const count = new Set(values.filter((value) => !Number.isNaN(value)).map(toGrains)).size;
  const weighted = group.frames.filter((frame) => (diffusion.bValues[frame] as number) > 0);
  const kind = nameDiffusion(diffusion, weighted, group);
  const isTraceWeighted = kind === "isotropic" && group.labels.TYPE?.text === "M";
  return {
    smallest: range[0],
    largest: range[1],
    count,
    kind,
    flags: isTraceWeighted ? ["trace-weighted"] : [],
  };
}

/** What the weighted frames are; null where they do not say. */
function nameDiffusion(diffusion: Diffusion, weighted: Int32Array, group: Group): string | null {
  if (weighted.length === 0) return "none";
  if (isTrace(group)) return "trace";
  const hasIsotropic = weighted.some((frame) => diffusion.isIsotropic(frame));
  const hasDirectional = weighted.some(
    (frame) => !diffusion.isIsotropic(frame) && diffusion.isDirectional(frame),
  );
  if (hasIsotropic && hasDirectional) return "mixed";
  if (hasIsotropic) return "isotropic";
  return hasDirectional ? "directional" : null;
}

function rangeOf(
  series: SeriesView,
  frames: Int32Array,
  name: StackInput,
): [smallest: number, largest: number] | null {
  const column = series.numbers(name);
  return rangeOfValues(Float64Array.from(frames, (frame) => column[frame] as number));
}

function rangeOfValues(values: Float64Array): [smallest: number, largest: number] | null {
  let smallest = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  return smallest <= largest ? [smallest, largest] : null;
}

/** Number of different values, null where no frame has one. */
function countDistinct(series: SeriesView, frames: Int32Array, name: StackInput): number | null {
  const column = series.numbers(name);
  const values = new Set<number>();
  for (const frame of frames) {
    const value = column[frame] as number;
    if (!Number.isNaN(value)) values.add(value);
  }
  return values.size === 0 ? null : values.size;
}
