/** How far a pile of images leans: gantry tilt that positions show, whatever the header says of it (dcm2niix#590). */

import { frameVectorsOf, type SeriesFrames, settingText } from "#stacks/series-frames.ts";
import type { Stack } from "#stacks/stack-series.ts";
import { parseOrientation } from "./orientation.ts";
import { dot, normalise, type Vector } from "./vector.ts";

const DEGREES = 180 / Math.PI;

/**
 * Angle in degrees, 0 to 90, between the normal of the images and the line from the first to the last position of
 * the stack with most frames (of equals the first); null where it has one orientation and two positions not.
 */
export function measureTilt(stacks: readonly Stack[], frames: SeriesFrames): number | null {
  const largest = stacks.reduce<Stack | null>(
    (best, stack) => (best === null || stack.frames.length > best.frames.length ? stack : best),
    null,
  );
  if (largest === null) return null;
  const texts = new Set(
    Array.from(largest.frames, (frame) =>
      settingText(
        frames.settings[frames.setting[frame] as number] ?? {},
        "image_orientation_patient",
      ),
    ),
  );
  const [text] = texts;
  const normal = texts.size === 1 && text != null ? parseOrientation(text)?.normal : undefined;
  if (normal === undefined) return null;
  const line = lineOf(largest, frames, normal);
  if (line === null) return null;
  const angle = Math.acos(Math.min(1, Math.abs(dot(line, normal)))) * DEGREES;
  return Math.round(angle * 100) / 100;
}

/** Direction from the lowest to the highest position along the normal; null where all are equally high. */
function lineOf(stack: Stack, frames: SeriesFrames, normal: Vector): Vector | null {
  const { x, y, z } = frameVectorsOf(frames, "image_position_patient");
  let lowest: Vector | null = null;
  let highest: Vector | null = null;
  for (const frame of stack.frames) {
    const position: Vector = [x[frame] as number, y[frame] as number, z[frame] as number];
    const height = dot(position, normal);
    if (Number.isNaN(height)) continue;
    if (lowest === null || height < dot(lowest, normal)) lowest = position;
    if (highest === null || height > dot(highest, normal)) highest = position;
  }
  if (lowest === null || highest === null) return null;
  if (!(dot(highest, normal) - dot(lowest, normal) > 1e-3)) return null;
  return normalise([highest[0] - lowest[0], highest[1] - lowest[1], highest[2] - lowest[2]]);
}
