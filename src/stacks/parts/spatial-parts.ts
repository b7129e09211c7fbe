/** Discriminators of pixel size, slice thickness and plane: clustered, so that jitter of floats separates nothing. */
import { absentLabel, LabelSet, type PartLabel } from "#stacks/group.ts";
import { clusterNumbers, clusterOf, roundedText } from "#stacks/numbers.ts";
import { settingsOf, settingText } from "#stacks/series-frames.ts";
import type { ModalityFrames, SeriesView } from "#stacks/series-view.ts";
import { discriminator, type FrameLabeller, missingLabel } from "./discriminator.ts";
import type { GroupingStep } from "./grouping-step.ts";

/** 0.001 mm */
const SPACING_DECIMALS = 3;

/** 0.01 mm */
const THICKNESS_DECIMALS = 2;

/** Of the components of a normal: planes more than 0.5° apart differ in the third. */
const PLANE_DECIMALS = 3;

/** PIX: distance of rows and of columns in mm, `0.5/0.5`. */
export const pixelSpacing = discriminator("PIX", labelSpacings);

function labelSpacings({ series: { frames }, members }: ModalityFrames): FrameLabeller {
  const spacings = new Map<number, readonly [number, number]>();
  for (const setting of settingsOf(frames, members)) {
    const text = settingText(frames.settings[setting] ?? {}, "pixel_spacing") ?? "";
    const [rows = Number.NaN, columns = Number.NaN] = text.split("\\").map(Number);
    if (rows > 0 && columns > 0) spacings.set(setting, [rows, columns]);
  }
  const clusters = ([0, 1] as const).map((axis) =>
    clusterNumbers(
      Float64Array.from(spacings.values(), (spacing) => spacing[axis]),
      SPACING_DECIMALS,
    ),
  );
  const set = new LabelSet();
  const labels = new Map<number, PartLabel>();
  for (const [setting, spacing] of spacings) {
    const smallest = clusters.map(
      (axis, index) => axis.values[clusterOf(axis, spacing[index] as number)] as number,
    );
    const text = smallest.map((value) => roundedText(value, SPACING_DECIMALS)).join("/");
    labels.set(setting, set.label(text, 0));
  }
  return (frame) => labels.get(frames.setting[frame] as number) ?? missingLabel;
}

/** THK: slice thickness, mm. */
export const sliceThickness = discriminator(
  "THK",
  (modality) => modality.clusters("slice_thickness", THICKNESS_DECIMALS).labelOf,
);

/** PLANE: the normal of the plane, `0/-0.174/0.985`, for parallel packages that are turned against each other. */
export const plane: GroupingStep = {
  part: "PLANE",
  prepare(modality) {
    const step = discriminator("PLANE", labelPlanes).prepare(modality);
    return (group) => (group.labels.ORIENT?.text === "ROT" ? absentLabel : step(group));
  },
};

function labelPlanes({ series }: ModalityFrames): FrameLabeller {
  const labels = namePlanes(series);
  return (frame) => labels[series.planes.of[frame] as number] ?? missingLabel;
}

/** One label per plane. Where two have one normal and are turned within the plane, their rows tell them apart. */
function namePlanes({ planes }: SeriesView): PartLabel[] {
  const texts = planes.list.map(({ normal }) => componentsText(normal));
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const set = new LabelSet();
  return planes.list.map(({ row }, index) => {
    const text = texts[index] as string;
    const isShared = (counts.get(text) ?? 0) > 1;
    return set.label(isShared ? `${text}/${componentsText(row)}` : text, 0);
  });
}

const componentsText = (vector: readonly number[]): string =>
  vector.map((component) => roundedText(component, PLANE_DECIMALS)).join("/");
