/** Parts that are printed only on the groups that they separate; there a missing value is printed as `-`. */
import {
  absentLabel,
  type Group,
  type GroupLabels,
  LabelSet,
  type PartLabel,
} from "#stacks/group.ts";
import type { PartName } from "#stacks/key-parts.ts";
import type { Settings } from "#stacks/series-frames.ts";
import type { ModalityFrames } from "#stacks/series-view.ts";
import { valueText } from "#stacks/value-text.ts";
import type { GroupingStep } from "./grouping-step.ts";

const MISSING = "-";

export const missingLabel: PartLabel = { ...absentLabel, text: MISSING };

/** Label of a frame; absent or missing where it has no value. */
export type FrameLabeller = (frame: number) => PartLabel;

/** Whether labels that differ within a group separate it. */
export type GroupTest = (group: Group, labels: readonly PartLabel[]) => boolean;

/** A discriminator that separates wherever it differs, or where a test says so too. */
export function discriminator(
  part: PartName,
  prepareLabels: (modality: ModalityFrames) => FrameLabeller,
  prepareTest?: (modality: ModalityFrames) => GroupTest,
): GroupingStep {
  return {
    part,
    prepare(modality) {
      const given = prepareLabels(modality);
      const labelOf = (frame: number): PartLabel => {
        const label = given(frame);
        return label === absentLabel ? missingLabel : label;
      };
      if (areEqual(modality.members, labelOf)) return () => absentLabel;
      const test = prepareTest?.(modality);
      return (group) => separate(group, labelOf, test);
    },
  };
}

function separate(group: Group, labelOf: FrameLabeller, test: GroupTest | undefined): GroupLabels {
  if (areEqual(group.frames, labelOf)) return absentLabel;
  const labels = Array.from(group.frames, labelOf);
  return test === undefined || test(group, labels) ? labels : absentLabel;
}

function areEqual(frames: Int32Array, labelOf: FrameLabeller): boolean {
  if (frames.length <= 1) return true;
  const first = labelOf(frames[0] as number);
  for (const frame of frames) if (labelOf(frame) !== first) return false;
  return true;
}

/** Labels from the text that a tuple of settings (and its index) gives; null = no value. */
export function labelSettings(
  { series: { frames } }: ModalityFrames,
  read: (settings: Settings, setting: number) => string | null,
): FrameLabeller {
  const set = new LabelSet();
  const labels = frames.settings.map((settings, setting) => {
    const text = read(settings, setting);
    const printed = text === null ? MISSING : valueText(text);
    // A text may be the sign of a missing value, too: two labels of one text would make two equal keys.
    return printed === MISSING ? missingLabel : set.label(printed, 0);
  });
  return (frame) => labels[frames.setting[frame] as number] ?? missingLabel;
}
