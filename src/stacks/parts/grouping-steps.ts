import { bed } from "./bed.ts";
import { exposure, tubeCurrent } from "./dose.ts";
import { echoNumber } from "./echo-number.ts";
import { echoTime } from "./echo-time.ts";
import { flipAngle } from "./flip-angle.ts";
import { frameType } from "./frame-type.ts";
import type { GroupingStep } from "./grouping-step.ts";
import { imageType } from "./image-type.ts";
import { inversionTime } from "./inversion-time.ts";
import { orientation } from "./orientation.ts";
import { tubeVoltage } from "./tube-voltage.ts";

/**
 * The parts in the order of evaluation: each divides the groups that those before it left. First what a
 * frame says by itself, then what a group must be looked at for. The order in the key is another one
 * (key-parts.ts).
 */
export const groupingSteps: readonly GroupingStep[] = [
  echoTime,
  flipAngle,
  echoNumber,
  imageType,
  tubeVoltage,
  frameType,
  orientation,
  inversionTime,
  bed,
  tubeCurrent,
  exposure,
];
