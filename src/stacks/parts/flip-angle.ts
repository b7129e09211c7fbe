import { labelFrames } from "#stacks/group.ts";
import type { GroupingStep } from "./grouping-step.ts";

/** 0.1°: the smallest step wanted is 0.5° to 1° (variable flip angle T1 mapping); noise is some 10⁻⁵. */
const FLIP_ANGLE_DECIMALS = 1;

/** FA, degrees. */
export const flipAngle: GroupingStep = {
  part: "FA",
  prepare(modality) {
    const { labelOf } = modality.clusters("flip_angle", FLIP_ANGLE_DECIMALS);
    return (group) => labelFrames(group.frames, labelOf);
  },
};
