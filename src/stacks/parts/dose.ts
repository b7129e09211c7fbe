/**
 * MA and MAS. Automatic modulation changes current and exposure from slice to slice; splitting on it tears
 * a volume apart (dcm2niix#91, #468, #887). The same anatomy scanned at different doses is to be split.
 */
import { positionsOf } from "#stacks/geometry/positions.ts";
import { absentLabel, LabelSet, type PartLabel, wordLabel } from "#stacks/group.ts";
import {
  type Clusters,
  clusterNumbers,
  clusterOf,
  roundedText,
  toGrains,
} from "#stacks/numbers.ts";
import { type Settings, settingText } from "#stacks/series-frames.ts";
import type { ModalityFrames, SeriesView } from "#stacks/series-view.ts";
import { splitTokens } from "#stacks/types/image-tokens.ts";
import type { GroupingStep } from "./grouping-step.ts";

/** 1 mA, 1 mAs */
const DOSE_DECIMALS = 0;
const DOSE_QUANTUM = toGrains(1);
/** Doses at which one anatomy may have been scanned on purpose. */
const MOST_DOSES = 32;
/** Doses that are plausible where little is known of positions. */
const FEW_DOSES = 4;

const modulatedLabel = wordLabel("MOD");

/** MA, mA. */
export const tubeCurrent: GroupingStep = {
  part: "MA",
  prepare: (modality) => prepareDose(modality, "x_ray_tube_current"),
};

/** MAS, mAs. */
export const exposure: GroupingStep = {
  part: "MAS",
  prepare: (modality) => prepareDose(modality, "exposure"),
};

function prepareDose(
  { series }: ModalityFrames,
  name: "x_ray_tube_current" | "exposure",
): ReturnType<GroupingStep["prepare"]> {
  const column = series.numbers(name);
  const { ctSplitOnDose } = series.options;
  const isModulated = readModulation(series);
  return (group) => {
    const known = group.frames.filter((frame) => (column[frame] as number) > 0);
    if (known.length === 0) return absentLabel;
    const values = Float64Array.from(known, (frame) => column[frame] as number);
    const dose: Dose = { series, frames: known, values, isModulated };
    const labelAll = (labelOf: (value: number) => PartLabel): PartLabel[] =>
      Array.from(group.frames, (frame) => {
        const value = column[frame] as number;
        return value > 0 ? labelOf(value) : absentLabel;
      });
    if (ctSplitOnDose === "always") return labelAll(labelRounded(values));
    if (isOneValue(values)) {
      const label = valueLabel(smallestOf(values));
      return labelAll(() => label);
    }
    const clusters = clusterNumbers(values, DOSE_DECIMALS);
    const isChosen = areChosen(dose, clusters);
    if (ctSplitOnDose === "auto" && isChosen) {
      const labels = Array.from(clusters.values, valueLabel);
      return labelAll((value) => labels[clusterOf(clusters, value)] ?? absentLabel);
    }
    if (!isChosen) for (const frame of group.frames) series.flags.mark(frame, "dose-modulated");
    // An exposure of a thin part is written as 0: such slices are of the same scan.
    return modulatedLabel;
  };
}

/** The frames of a group that have a dose, and their doses. */
interface Dose {
  readonly series: SeriesView;
  readonly frames: Int32Array;
  readonly values: Float64Array;
  isModulated(frame: number): boolean;
}

const valueLabel = (value: number): PartLabel => ({
  text: roundedText(value, DOSE_DECIMALS),
  rank: value,
  value,
});

/** Values split as they are printed: the plain reading of "grouped by tube current and exposure". */
function labelRounded(values: Float64Array): (value: number) => PartLabel {
  const labels = new LabelSet();
  // Ascending, so that the smallest value of a text makes its label.
  for (const value of values.slice().sort()) {
    labels.label(roundedText(value, DOSE_DECIMALS), value, value);
  }
  return (value) => labels.label(roundedText(value, DOSE_DECIMALS), value, value);
}

/** Whether the values differ by no more than 1, or 1 % of the largest. */
function isOneValue(values: Float64Array): boolean {
  const smallest = toGrains(smallestOf(values));
  const largest = toGrains(values.reduce((a, b) => Math.max(a, b), 0));
  return largest - smallest <= Math.max(DOSE_QUANTUM, largest / 100);
}

const smallestOf = (values: Float64Array): number =>
  values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);

/**
 * Whether differing doses were chosen by people (true) or follow the patient's shape (false):
 * 1. the same positions at each dose were chosen, modulated or not;
 * 2. else what is said to be modulated was not;
 * 3. where little is known of positions, few doses were chosen;
 * 4. else a few doses, two of which share positions.
 */
function areChosen(dose: Dose, clusters: Clusters): boolean {
  const { frames, series } = dose;
  const count = clusters.values.length;
  const arePositionsKnown = countWithPosition(dose) * 2 >= frames.length;
  const places = count <= MOST_DOSES ? positionsByCluster(dose, clusters) : [];
  if (arePositionsKnown && places.length > 1) {
    const all = positionsOf(series.positions, frames).size;
    if (places.every((covered) => covered.size * 10 >= all * 9)) return true;
  }
  if (frames.some(dose.isModulated)) return false;
  if (count > FEW_DOSES) return false;
  return !arePositionsKnown || hasOverlap(places);
}

function countWithPosition({ series, frames }: Dose): number {
  let count = 0;
  for (const frame of frames) if ((series.positions.of[frame] as number) >= 0) count += 1;
  return count;
}

function positionsByCluster({ series, frames, values }: Dose, clusters: Clusters): Set<number>[] {
  const members: number[][] = Array.from(clusters.values, () => []);
  frames.forEach((frame, index) => {
    members[clusterOf(clusters, values[index] as number)]?.push(frame);
  });
  return members.map((list) => positionsOf(series.positions, list));
}

/** Whether the Exposure Modulation Type (0018,9323) names a modulation. */
export const namesModulation = (settings: Settings): boolean =>
  splitTokens(settingText(settings, "exposure_modulation_type")).some(
    (token) => !["", "NONE", "OFF"].includes(token),
  );

function readModulation({ frames }: SeriesView): (frame: number) => boolean {
  const isModulated = frames.settings.map(namesModulation);
  return (frame) => isModulated[frames.setting[frame] as number] ?? false;
}

/** Whether two of the sets share more than half of the smaller one. */
const hasOverlap = (places: readonly ReadonlySet<number>[]): boolean =>
  places.some((a, index) =>
    places.slice(index + 1).some((b) => a.intersection(b).size * 2 > Math.min(a.size, b.size)),
  );
