import { findIsotropicTraces } from "#stacks/diffusion.ts";
import { LabelSet, labelFrames, type PartLabel } from "#stacks/group.ts";
import { type ImageType, readImageType } from "#stacks/types/image-type.ts";
import { valueText } from "#stacks/value-text.ts";
import type { GroupingStep } from "./grouping-step.ts";

/** Components come first, in this order; other types follow in the order of their text. */
const FIRST_TYPES = ["M", "P", "R", "I", "CR"];

/** TYPE. Tokens are read once per tuple of settings. */
export const imageType: GroupingStep = {
  part: "TYPE",
  prepare({ series, modality, members }) {
    const { frames, flags } = series;
    const isTrace =
      modality === "MR" ? findIsotropicTraces(series.diffusion, members) : (): boolean => false;
    const set = new LabelSet();
    const readTyped = (setting: number, isIsotropicTrace: boolean): Typed => {
      const type = readImageType(modality, frames.settings[setting] ?? {}, isIsotropicTrace);
      const text = valueText(type.code);
      const place = FIRST_TYPES.indexOf(text);
      return { ...type, label: set.label(text, place < 0 ? FIRST_TYPES.length : place) };
    };
    const plain: (Typed | undefined)[] = [];
    const traces: (Typed | undefined)[] = [];
    const labelOf = (frame: number): PartLabel => {
      const isIsotropicTrace = isTrace(frame);
      const setting = frames.setting[frame] as number;
      const known = isIsotropicTrace ? traces : plain;
      let typed = known[setting];
      if (typed === undefined) {
        typed = readTyped(setting, isIsotropicTrace);
        known[setting] = typed;
      }
      if (typed.isAssumed) flags.mark(frame, "type-assumed");
      return typed.label;
    };
    return (group) => labelFrames(group.frames, labelOf);
  },
};

interface Typed extends ImageType {
  readonly label: PartLabel;
}
