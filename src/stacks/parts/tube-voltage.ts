import { LabelSet, labelFrames, type PartLabel } from "#stacks/group.ts";
import { clusterNumbers, clusterOf, roundedText } from "#stacks/numbers.ts";
import { settingsOf, settingText } from "#stacks/series-frames.ts";
import type { ModalityFrames } from "#stacks/series-view.ts";
import type { GroupingStep } from "./grouping-step.ts";

/** 1 kV: 80, 100, 120, 140 are wanted apart, 119.7 and 120 together. */
const VOLTAGE_DECIMALS = 0;

/** KVP, kV. An image of several tubes has the tuple of their values: `80+140`. */
export const tubeVoltage: GroupingStep = {
  part: "KVP",
  prepare(modality) {
    const { frames } = modality.series;
    const single = modality.clusters("kvp", VOLTAGE_DECIMALS);
    const tuples = labelTuples(modality);
    const labelOf = (frame: number): PartLabel =>
      tuples.get(frames.setting[frame] as number) ?? single.labelOf(frame);
    return (group) => labelFrames(group.frames, labelOf);
  },
};

/** Labels of the settings that have voltages of several tubes. */
function labelTuples({ series, members }: ModalityFrames): Map<number, PartLabel> {
  const { frames } = series;
  const tuples = new Map<number, number[]>();
  for (const setting of settingsOf(frames, members)) {
    const text = settingText(frames.settings[setting] ?? {}, "kvp_values");
    if (text?.includes("\\")) tuples.set(setting, text.split("\\").map(Number));
  }
  const clusters = clusterNumbers(Float64Array.from([...tuples.values()].flat()), VOLTAGE_DECIMALS);
  const set = new LabelSet();
  return new Map(
    Array.from(tuples, ([setting, values]) => {
      const smallest = values.map((value) => clusters.values[clusterOf(clusters, value)] ?? value);
      const text = smallest.map((value) => roundedText(value, VOLTAGE_DECIMALS)).join("+");
      return [setting, set.label(text, smallest[0] ?? 0, smallest[0] ?? null)];
    }),
  );
}
