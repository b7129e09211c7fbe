/** What the rules need to know of diffusion weighting. b-values and directions never split a series. */
import { isMadeBy } from "#catalogue/makers.ts";
import type { Group } from "./group.ts";
import {
  frameNumbersOf,
  frameVectorsOf,
  type SeriesFrames,
  settingText,
  type Vectors,
} from "./series-frames.ts";

/** Diffusion weighting of the frames of a series. */
export interface Diffusion {
  /** s/mm² per frame; NaN = not known. */
  readonly bValues: Float64Array;
  /** Direction of the gradient per frame, in the patient or else in the image; NaN = not known. */
  readonly directions: Vectors;
  /** Whether the frame says ISOTROPIC: a combination of directions. */
  isIsotropic(frame: number): boolean;
  /** Whether the frame was weighted along one direction. */
  isDirectional(frame: number): boolean;
}

/** Makers that write no b-value on images with b = 0; GE only as the standard's attribute. */
const silentAtZero = ["canon", "ge"] as const;

export function readDiffusion(frames: SeriesFrames): Diffusion {
  const directions = fillVectors(
    frameVectorsOf(frames, "diffusion_gradient_orientation"),
    // In the frame of the image: no direction in the patient, but it tells images apart as one does.
    frameVectorsOf(frames, "ge_gradient_image_frame"),
  );
  const directionality = frames.settings.map((settings) =>
    (settingText(settings, "diffusion_directionality") ?? "").toUpperCase(),
  );
  const directionalityOf = (frame: number): string =>
    directionality[frames.setting[frame] as number] ?? "";
  const hasDirection = (frame: number): boolean => {
    const x = directions.x[frame] as number;
    const y = directions.y[frame] as number;
    const z = directions.z[frame] as number;
    return x * x + y * y + z * z > 0;
  };
  return {
    bValues: fillZeros(frames),
    directions,
    isIsotropic: (frame) => directionalityOf(frame) === "ISOTROPIC",
    isDirectional(frame) {
      const said = directionalityOf(frame);
      return said === "DIRECTIONAL" || said === "BMATRIX" || hasDirection(frame);
    },
  };
}

/** The vectors, and others where they are not known. */
function fillVectors(vectors: Vectors, others: Vectors): Vectors {
  if (others.x.every(Number.isNaN)) return vectors;
  const fill = (axis: "x" | "y" | "z"): Float64Array =>
    vectors[axis].map((value, frame) =>
      Number.isNaN(vectors.x[frame] as number) ? (others[axis][frame] as number) : value,
    );
  return { x: fill("x"), y: fill("y"), z: fill("z") };
}

/** b-values as written, with 0 for the silence of some manufacturers where the series has any b > 0. */
function fillZeros(frames: SeriesFrames): Float64Array {
  const written = frameNumbersOf(frames, "diffusion_b_value");
  if (!written.some((value) => value > 0)) return written;
  const isSilent = frames.settings.map((settings) => {
    const manufacturer = settingText(settings, "manufacturer");
    return silentAtZero.some((maker) => isMadeBy(manufacturer, maker));
  });
  return written.map((value, frame) =>
    Number.isNaN(value) && isSilent[frames.setting[frame] as number] ? 0 : value,
  );
}

/** Whether a group is one of processed trace images. */
export const isTrace = ({ labels }: Group): boolean =>
  labels.TYPE?.text?.startsWith("TRACE") ?? false;

/**
 * Frames that are processed trace images although only their directionality says so: isotropic with b > 0,
 * in a series that also has a frame with b > 0 along a direction (dcm2niix#44). In a series without one,
 * b = 0/500/1500 all isotropic is a measurement of its own and stays M (dcm2niix#270, #405).
 */
export function findIsotropicTraces(
  diffusion: Diffusion,
  members: Int32Array,
): (frame: number) => boolean {
  const isWeighted = (frame: number): boolean => (diffusion.bValues[frame] as number) > 0;
  const hasDirectional = members.some(
    (frame) => isWeighted(frame) && !diffusion.isIsotropic(frame) && diffusion.isDirectional(frame),
  );
  if (!hasDirectional) return () => false;
  return (frame) => isWeighted(frame) && diffusion.isIsotropic(frame);
}
