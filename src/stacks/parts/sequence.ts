import { compareUtf8 } from "#base/byte-order.ts";
import { isMadeBy } from "#catalogue/makers.ts";
import { type Settings, settingText } from "#stacks/series-frames.ts";
import { splitTokens } from "#stacks/types/image-tokens.ts";
import { discriminator, labelSettings } from "./discriminator.ts";

/** Terms of Scanning Sequence and Sequence Variant that change contrast (PS3.3 §C.8.3.1.1.1, §C.8.3.1.1.2). */
const contrasts: ReadonlySet<string> = new Set(["IR", "SE", "GR", "EP", "MTC"]);

/** Value 5 of Philips' Image Type, which tells apart what its Scanning Sequence calls `IR\SE` throughout (heudiconv#856). */
const philipsSequences: ReadonlySet<string> = new Set(["SE", "IR", "FFE"]);

/** Values of Magnetization Transfer (0018,9020) that are one: how enhanced objects say MTC. */
const transfers: ReadonlySet<string> = new Set(["ON_RESONANCE", "OFF_RESONANCE", "MTC"]);

/** SEQ: what the sequence and its variant say of contrast, sorted and joined by `+`. */
export const sequence = discriminator("SEQ", (modality) => labelSettings(modality, readSequence));

function readSequence(settings: Settings): string | null {
  const written = splitTokens(settingText(settings, "image_type"))[4] ?? "";
  if (isMadeBy(settingText(settings, "manufacturer"), "philips") && philipsSequences.has(written)) {
    return written;
  }
  const terms = new Set([
    ...splitTokens(settingText(settings, "scanning_sequence")),
    ...splitTokens(settingText(settings, "sequence_variant")),
  ]);
  const transfer = splitTokens(settingText(settings, "magnetization_transfer"))[0] ?? "";
  if (transfers.has(transfer)) terms.add("MTC");
  const found = [...terms].filter((term) => contrasts.has(term)).sort(compareUtf8);
  return found.length === 0 ? null : found.join("+");
}
