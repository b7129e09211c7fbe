import { acquisition } from "./acquisition.ts";
import { bed } from "./bed.ts";
import { coil, imageSource, qualifiers, velocityEncoding } from "./collision-parts.ts";
import { exposure, tubeCurrent } from "./dose.ts";
import { echoNumber } from "./echo-number.ts";
import { echoTime } from "./echo-time.ts";
import { flipAngle } from "./flip-angle.ts";
import { frameOfReference } from "./frame-of-reference.ts";
import { frameType } from "./frame-type.ts";
import type { GroupingStep } from "./grouping-step.ts";
import { imageType } from "./image-type.ts";
import { inversionTime } from "./inversion-time.ts";
import { orientation } from "./orientation.ts";
import { repetitionTime } from "./repetition-time.ts";
import { sequence } from "./sequence.ts";
import {
  attenuationCorrection,
  kernel,
  matrix,
  objectKind,
  pixelFormat,
  pixelUnits,
} from "./setting-parts.ts";
import { pixelSpacing, plane, sliceThickness } from "./spatial-parts.ts";
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
  objectKind,
  frameOfReference,
  pixelFormat,
  matrix,
  pixelSpacing,
  sliceThickness,
  kernel,
  plane,
  sequence,
  attenuationCorrection,
  pixelUnits,
  tubeCurrent,
  exposure,
  repetitionTime,
  acquisition,
  imageSource,
  velocityEncoding,
  coil,
  qualifiers,
];
