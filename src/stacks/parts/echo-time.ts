import { labelFrames } from "#stacks/group.ts";
import type { GroupingStep } from "./grouping-step.ts";

/**
 * 0.01 ms. Jitter seen is below 0.005 ms (30 and 30.001: dcm2niix#543); the smallest difference wanted is
 * some 0.1 ms (UTE, Dixon).
 */
export const ECHO_TIME_DECIMALS = 2;

/** TE, ms. An echo time of 0 (ZTE, UTE) leaves the part out. */
export const echoTime: GroupingStep = {
  part: "TE",
  prepare(modality) {
    const { labelOf } = modality.clusters("echo_time", ECHO_TIME_DECIMALS);
    return (group) => labelFrames(group.frames, labelOf);
  },
};
