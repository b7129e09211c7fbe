import { findIsotropicTraces } from "#stacks/diffusion.ts";
import { LabelSet, labelFrames, type PartLabel } from "#stacks/group.ts";
import type { ImageType } from "#stacks/types/image-type.ts";
import { valueText } from "#stacks/value-text.ts";
import type { GroupingStep } from "./grouping-step.ts";

/** Components come first, in this order; other types follow in the order of their text. */
const FIRST_TYPES = ["M", "P", "R", "I", "CR"];

/** TYPE. Tokens are read once per tuple of settings. */
export const imageType: GroupingStep = {
  part: "TYPE",
  prepare({ series, modality, members, imageType: typeOf }) {
    const { frames, flags, diffusion } = series;
    const isTrace =
      modality === "MR" ? findIsotropicTraces(diffusion, members) : (): boolean => false;
    const labels = new LabelSet();
    const labelOfType = new Map<ImageType, PartLabel>();
    const labelOf = (frame: number): PartLabel => {
      const type = typeOf(frames.setting[frame] as number, isTrace(frame));
      if (type.isAssumed) flags.mark(frame, "type-assumed");
      let label = labelOfType.get(type);
      if (label === undefined) {
        const text = valueText(type.code);
        const place = FIRST_TYPES.indexOf(text);
        label = labels.label(text, place < 0 ? FIRST_TYPES.length : place);
        labelOfType.set(type, label);
      }
      return label;
    };
    return (group) => labelFrames(group.frames, labelOf);
  },
};
