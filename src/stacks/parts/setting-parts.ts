/** Discriminators that the settings of a frame say outright: images that differ in them are no one volume. */

import { findSopClass } from "#catalogue/sop-classes.ts";
import { type Settings, settingNumber, settingText } from "#stacks/series-frames.ts";
import { tileGrid } from "#stacks/tile-grid.ts";
import { discriminator, labelSettings } from "./discriminator.ts";
import type { GroupingStep } from "./grouping-step.ts";

const ofSettings = (
  part: GroupingStep["part"],
  read: (settings: Settings) => string | null,
): GroupingStep => discriminator(part, (modality) => labelSettings(modality, read));

const objectKinds = { classic: "CLASSIC", enhanced: "ENH", "legacy-converted": "LEGACY" } as const;

/** OBJ: one acquisition exported in two forms under one series UID is two stacks (Philips, Canon). */
export const objectKind = ofSettings("OBJ", (settings) => {
  const uid = settingText(settings, "sop_class_uid");
  return uid === null ? null : objectKinds[findSopClass(uid)?.form ?? "classic"];
});

/** Interpretations of one sample; all others have three (PS3.3 §C.7.6.3.1.2). */
const oneSample: readonly string[] = ["MONOCHROME1", "MONOCHROME2", "PALETTE COLOR"];

/** PHOT: the photometric interpretation, with the number of samples where it is not the natural one. */
export const pixelFormat = ofSettings("PHOT", (settings) => {
  const interpretation = settingText(settings, "photometric_interpretation");
  if (interpretation === null) return null;
  const samples = settingNumber(settings, "samples_per_pixel");
  const natural = oneSample.includes(interpretation.toUpperCase()) ? 1 : 3;
  return Number.isNaN(samples) || samples === natural
    ? interpretation
    : `${interpretation}/${samples}`;
});

/** DIM: rows and columns, `512X512`; of a sheet of tiles those of one tile. */
export const matrix = ofSettings("DIM", (settings) => {
  const grid = tileGrid(settingNumber(settings, "tiles"), settingText(settings, "manufacturer"));
  const rows = Math.floor(settingNumber(settings, "rows") / grid.rows);
  const columns = Math.floor(settingNumber(settings, "columns") / grid.columns);
  return rows > 0 && columns > 0 ? `${rows}X${columns}` : null;
});

/** KER: the convolution kernel; Siemens writes two values, `I31F/3`. */
export const kernel = ofSettings(
  "KER",
  (settings) => settingText(settings, "convolution_kernel")?.replaceAll("\\", "/") ?? null,
);

const corrections: Readonly<Record<string, string>> = { Y: "AC", N: "NAC" };

/** CORR: with or without attenuation correction. */
export const attenuationCorrection = ofSettings(
  "CORR",
  (settings) => corrections[settingText(settings, "attenuation_corrected") ?? ""] ?? null,
);

/** UNITS: unit of the pixel values, `BQML`. */
export const pixelUnits = ofSettings("UNITS", (settings) => settingText(settings, "units"));
