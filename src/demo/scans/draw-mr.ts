import type { Plane } from "#demo/geometry.ts";
import type { Body } from "#demo/phantom/body.ts";
import { drawPlane, type Picture } from "#demo/phantom/draw-plane.ts";
import { findMrSignal, type MrContrast } from "#demo/phantom/mr-signal.ts";
import type { Tissue } from "#demo/phantom/tissue.ts";
import { instanceRandom, type SeriesContext } from "#demo/session.ts";

/** Stored values of 12 bits, as most MR scanners write. */
export const MR_BITS = 12;
export const MR_MAXIMUM = 4095;

/** A picture of MR: which body, where, how, and what is written on it. */
export interface MrPicture {
  readonly context: SeriesContext;
  /** Number of the image in its series, for the noise. */
  readonly number: number;
  readonly body: Body;
  readonly plane: Plane;
  readonly title?: string;
  readonly caption?: string;
}

/** Magnitude. `gain` is the stored value of a signal of 1. */
export function drawMagnitude(picture: MrPicture, contrast: MrContrast, gain: number): Uint16Array {
  return drawTissues(picture, (tissue) => findMrSignal(tissue, contrast) * gain);
}

/** One stored value per tissue. */
export function drawTissues(
  picture: MrPicture,
  findValue: (tissue: Tissue) => number,
): Uint16Array {
  const values = new Map<Tissue, number>();
  return drawPlane({
    ...frame(picture),
    value: (tissue) => {
      const known = values.get(tissue);
      if (known !== undefined) return known;
      const value = findValue(tissue);
      values.set(tissue, value);
      return value;
    },
  });
}

/**
 * Phase after `echoTime` ms: −π to π as 0 to 4095. The field is that of a head in a magnet with a poor shim:
 * it changes to the front and to the feet, and where there is no tissue there is only noise.
 */
export function drawPhase(picture: MrPicture, echoTime: number): Uint16Array {
  const { random } = frame(picture);
  return drawPlane({
    ...frame(picture),
    noise: 30,
    value: (tissue, [x, y, z]) => {
      if (tissue.density === 0) return random() * MR_MAXIMUM;
      const hertz = 40 + x * 0.25 - y * 0.5 - z * 0.4 + (y * y + z * z) * 0.004;
      const turns = (hertz * echoTime) / 1000 + (tissue.fat * -440 * echoTime) / 1000;
      return (turns - Math.floor(turns)) * MR_MAXIMUM;
    },
  });
}

function frame(picture: MrPicture): Omit<Picture, "value"> {
  return {
    body: picture.body,
    plane: picture.plane,
    noise: 25,
    maximum: MR_MAXIMUM,
    random: instanceRandom(picture.context, picture.number),
    ...(picture.title === undefined ? {} : { title: picture.title }),
    ...(picture.caption === undefined ? {} : { caption: picture.caption }),
  };
}
