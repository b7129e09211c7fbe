/**
 * A series as the parts look at it: canonical order, planes, positions and columns, each computed once.
 */
import { orderFrames } from "./canonical-order.ts";
import { readDiffusion } from "./diffusion.ts";
import { numberCoordinates, numberOccasions, type PlacedFrames } from "./frame-coordinates.ts";
import { clusterPlanes } from "./geometry/planes.ts";
import { clusterPositions } from "./geometry/positions.ts";
import { absentLabel, LabelSet, type PartLabel } from "./group.ts";
import { clusterNumbers, clusterOf, roundedText } from "./numbers.ts";
import {
  frameNumbersOf,
  frameVectorsOf,
  type SeriesFrames,
  settingText,
  type Vectors,
} from "./series-frames.ts";
import { FrameFlags } from "./stack-flags.ts";
import type { StackInput } from "./stack-inputs.ts";
import type { StackOptions } from "./stack-options.ts";
import { type ImageType, readImageType } from "./types/image-type.ts";
import { valueText } from "./value-text.ts";

export interface SeriesView extends PlacedFrames {
  readonly options: StackOptions;
  /** All frames, canonical. */
  readonly order: Int32Array;
  /** Image Position (Patient) of each frame, mm. */
  readonly corners: Vectors;
  readonly flags: FrameFlags;
  /** Equal for frames of one place, time and weighting (frame-coordinates.ts). */
  occasions(): Int32Array;
  /** Equal for frames of one occasion that show the same metabolite or segment, too. */
  coordinates(): Int32Array;
}

/** The frames of one modality. Numbers are clustered over these, in the series. */
export interface ModalityFrames {
  readonly series: SeriesView;
  readonly modality: string;
  /** In canonical order. */
  readonly members: Int32Array;
  /**
   * Labels of a quantity by its clusters. Only numbers above 0 are values: 0 says "not written", and none
   * of the quantities in keys can be negative.
   */
  clusters(name: StackInput, decimals: number): ClusterLabels;
  /** Type of a tuple of settings, for a frame that is an isotropic trace image or not (diffusion.ts). */
  imageType(setting: number, isIsotropicTrace: boolean): ImageType;
}

export interface ClusterLabels {
  /** One per cluster, ascending. */
  readonly labels: readonly PartLabel[];
  labelOf(frame: number): PartLabel;
}

export function viewSeries(frames: SeriesFrames, options: StackOptions): SeriesView {
  const columns = new Map<StackInput, Float64Array>();
  const planes = clusterPlanes(frames);
  const corners = frameVectorsOf(frames, "image_position_patient");
  let occasions: Int32Array | null = null;
  let coordinates: Int32Array | null = null;
  const view: SeriesView = {
    frames,
    options,
    order: orderFrames(frames),
    planes,
    corners,
    positions: clusterPositions(frames, planes, corners),
    diffusion: readDiffusion(frames),
    flags: new FrameFlags(frames.count),
    numbers(name) {
      let column = columns.get(name);
      if (column === undefined) {
        column = frameNumbersOf(frames, name);
        columns.set(name, column);
      }
      return column;
    },
    occasions() {
      occasions ??= numberOccasions(view);
      return occasions;
    },
    coordinates() {
      coordinates ??= numberCoordinates(frames, view.occasions());
      return coordinates;
    },
  };
  return view;
}

/** Parts a series by modality. A frame without one is `OT`, as a secondary capture would be. */
export function partByModality(series: SeriesView): ModalityFrames[] {
  const { frames } = series;
  const fallback = frames.modality ?? "OT";
  const modalities = frames.settings.map((settings) =>
    valueText(settingText(settings, "modality") ?? fallback),
  );
  const members = new Map<string, number[]>();
  for (const frame of series.order) {
    const modality = modalities[frames.setting[frame] as number] ?? valueText(fallback);
    const list = members.get(modality);
    if (list === undefined) members.set(modality, [frame]);
    else list.push(frame);
  }
  return Array.from(members, ([modality, list]) =>
    viewModality(series, modality, Int32Array.from(list)),
  );
}

function viewModality(series: SeriesView, modality: string, members: Int32Array): ModalityFrames {
  const clusters = new Map<StackInput, ClusterLabels>();
  const types = [new Map<number, ImageType>(), new Map<number, ImageType>()] as const;
  return {
    series,
    modality,
    members,
    clusters(name, decimals) {
      let labels = clusters.get(name);
      if (labels === undefined) {
        labels = labelClusters(series.numbers(name), members, decimals);
        clusters.set(name, labels);
      }
      return labels;
    },
    imageType(setting, isIsotropicTrace) {
      const known = types[isIsotropicTrace ? 1 : 0];
      let type = known.get(setting);
      if (type === undefined) {
        type = readImageType(modality, series.frames.settings[setting] ?? {}, isIsotropicTrace);
        known.set(setting, type);
      }
      return type;
    },
  };
}

function labelClusters(column: Float64Array, members: Int32Array, decimals: number): ClusterLabels {
  const values = new Float64Array(members.length);
  for (let index = 0; index < members.length; index++) {
    const value = column[members[index] as number] as number;
    values[index] = value > 0 ? value : Number.NaN;
  }
  const clusters = clusterNumbers(values, decimals);
  const set = new LabelSet();
  const labels = Array.from(clusters.values, (value) =>
    set.label(roundedText(value, decimals), value, value),
  );
  return {
    labels,
    labelOf(frame) {
      const value = column[frame] as number;
      if (!(value > 0)) return absentLabel;
      return labels[clusterOf(clusters, value)] ?? absentLabel;
    },
  };
}
