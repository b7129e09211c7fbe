/** The columns of a stack: values of its key, unrounded, and what its frames add up to. */
import { describeDiffusion } from "./columns/describe-diffusion.ts";
import { describeGeometries, type Geometry } from "./columns/describe-geometry.ts";
import { rangeOf } from "./columns/value-range.ts";
import { isTrace } from "./diffusion.ts";
import type { Group, PartLabel } from "./group.ts";
import { settingNumber, settingText } from "./series-frames.ts";
import type { ModalityFrames, SeriesView } from "./series-view.ts";
import type { StackInput } from "./stack-inputs.ts";

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

/** Columns of each of the stacks of a modality, in the order of the groups they are made of. */
export function describeStacks(sources: ColumnSources, groups: readonly Group[]): StackColumns[] {
  const geometries = describeGeometries(sources.modality.series, groups);
  return groups.map((group, index) => describeStack(sources, group, geometries[index] as Geometry));
}

/** The representative is the group's first frame. */
function describeStack(sources: ColumnSources, group: Group, geometry: Geometry): StackColumns {
  const { series } = sources.modality;
  const { frames } = series;
  const { labels } = group;
  const representative = group.frames[0] as number;
  const setting = frames.setting[representative] as number;
  const settings = frames.settings[setting] ?? {};
  const type = sources.modality.imageType(setting, isTrace(group));
  const current = rangeOf(series.numbers("x_ray_tube_current"), group.frames);
  const exposure = rangeOf(series.numbers("exposure"), group.frames);
  const diffusion = describeDiffusion(series.diffusion, group);
  const flags = [...series.flags.of(group.frames), ...geometry.flags, ...diffusion.flags];
  return {
    stack_n_frames: group.frames.length,
    stack_n_instances: new Set(group.frames.map((frame) => frames.instance[frame] as number)).size,
    stack_n_positions: geometry.positions,
    stack_n_volumes: geometry.volumes,
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
    stack_n_missing: geometry.missing,
    stack_n_doubled: geometry.doubled,
    stack_completeness: geometry.completeness,
    stack_flags: joined(flags.sort()),
    diffusion_kind: diffusion.kind,
  };
}

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);

const joined = (values: readonly string[]): string | null =>
  values.length === 0 ? null : values.join("\\");

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
