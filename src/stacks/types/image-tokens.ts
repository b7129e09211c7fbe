import { isMadeBy } from "#catalogue/makers.ts";
import { type Settings, settingNumber, settingText } from "#stacks/series-frames.ts";

/** What the type rules look at in one tuple of settings. */
export interface TypeInput {
  /** Values 3…n of Image Type and all of Siemens' image type text; upper case, inner blanks as `_`; no `MIXED`. */
  readonly tokens: readonly string[];
  /** Philips' private image type, or value 4 of Image Type where Philips is the manufacturer. */
  readonly philips: readonly string[];
  readonly isPhilips: boolean;
  /** More than one sample per pixel. */
  readonly isColour: boolean;
  readonly sopClass: string | null;
  /** Volume Based Calculation Technique but `NONE`. */
  readonly technique: string | null;
  readonly aslContext: string | null;
  /** keV of a virtual monoenergetic image, NaN where there is none. */
  readonly energy: number;
}

export function readTypeInput(settings: Settings): TypeInput {
  const imageType = splitTokens(settingText(settings, "image_type"));
  const isPhilips = isMadeBy(settingText(settings, "manufacturer"), "philips");
  const privateType = toToken(settingText(settings, "philips_image_type") ?? "");
  const technique = toToken(settingText(settings, "volume_based_calculation_technique") ?? "");
  const aslContext = toToken(settingText(settings, "asl_context") ?? "");
  return {
    tokens: [
      ...imageType.slice(2),
      ...splitTokens(settingText(settings, "image_type_text")),
    ].filter((token) => token !== "" && token !== "MIXED"),
    philips: [privateType, isPhilips ? (imageType[3] ?? "") : ""].filter((value) => value !== ""),
    isPhilips,
    isColour: settingNumber(settings, "samples_per_pixel") > 1,
    sopClass: settingText(settings, "sop_class_uid"),
    technique: technique === "" || technique === "NONE" ? null : technique,
    aslContext: aslContext === "" ? null : aslContext,
    energy: settingNumber(settings, "monoenergetic_kev"),
  };
}

/** Values of a multi-valued code as tokens; empty ones keep their place. */
export const splitTokens = (text: string | null): string[] =>
  text === null ? [] : text.split("\\").map(toToken);

export const toToken = (text: string): string => text.trim().toUpperCase().replace(/\s+/g, "_");
