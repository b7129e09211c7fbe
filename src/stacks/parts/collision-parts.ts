/** Discriminators that separate only where nothing but they tells frames apart (collision.ts). */
import { isTrace } from "#stacks/diffusion.ts";
import { roundedText } from "#stacks/numbers.ts";
import { type Settings, settingText } from "#stacks/series-frames.ts";
import type { ModalityFrames } from "#stacks/series-view.ts";
import { splitTokens } from "#stacks/types/image-tokens.ts";
import { collisionTest } from "./collision.ts";
import { discriminator, labelSettings } from "./discriminator.ts";
import type { GroupingStep } from "./grouping-step.ts";

const tested = (
  part: GroupingStep["part"],
  read: (settings: Settings, setting: number) => string | null,
): GroupingStep =>
  discriminator(
    part,
    (modality) => labelSettings(modality, read),
    ({ series }) => collisionTest(series),
  );

const sources: Readonly<Record<string, string>> = { ORIGINAL: "ORIG", DERIVED: "DERIV" };

/** SRC: value 1 of Image Type. GE writes combined b-images as DERIVED beside an ORIGINAL b = 0: no reason to separate. */
export const imageSource = tested(
  "SRC",
  (settings) => sources[splitTokens(settingText(settings, "image_type"))[0] ?? ""] ?? null,
);

/** Decimals of a velocity in cm/s. */
const VELOCITY_DECIMALS = 1;

/** VENC: direction and size of velocity encoding, `0/0/100`, in cm/s. */
export const velocityEncoding = tested("VENC", (settings) => {
  const text = settingText(settings, "velocity_encoding");
  if (text === null) return null;
  const numbers = text.split("\\").map(Number);
  if (!numbers.every(Number.isFinite)) return null;
  return numbers.map((value) => roundedText(value, VELOCITY_DECIMALS)).join("/");
});

/** COIL: coil elements, for channels that were saved uncombined (dcm2niix#235, #631). */
export const coil = tested("COIL", (settings) => settingText(settings, "coil_string"));

/** QUAL: tokens of Image Type that TYPE does not use, sorted and joined by `+`: ND beside DIS2D, MOCO beside raw. */
export const qualifiers: GroupingStep = {
  part: "QUAL",
  prepare(modality) {
    const ofPlain = separateQualifiers(modality, false);
    let ofTrace: ReturnType<GroupingStep["prepare"]> | null = null;
    return (group) => {
      if (!isTrace(group)) return ofPlain(group);
      ofTrace ??= separateQualifiers(modality, true);
      return ofTrace(group);
    };
  },
};

const separateQualifiers = (
  modality: ModalityFrames,
  isTraceImage: boolean,
): ReturnType<GroupingStep["prepare"]> =>
  tested("QUAL", (_, setting) => {
    const { qualifiers: tokens } = modality.imageType(setting, isTraceImage);
    return tokens.length === 0 ? null : tokens.join("+");
  }).prepare(modality);
