/** TYPE of one tuple of settings, and the qualifiers that say more without being part of it. */
import { compareUtf8 } from "#base/byte-order.ts";
import { roundedText } from "#stacks/numbers.ts";
import { type Settings, settingNumber, settingText } from "#stacks/series-frames.ts";
import {
  type Component,
  componentTerms,
  componentTokens,
  philipsComponents,
} from "./component-terms.ts";
import { readTypeInput, splitTokens, type TypeInput, toToken } from "./image-tokens.ts";
import { ctTypeRules, ptTypeRules, type TypeRule, typeRules } from "./type-rules.ts";

export interface ImageType {
  readonly code: string;
  /** Nothing says which component of the signal an MR image shows: M is assumed. */
  readonly isAssumed: boolean;
  /** Tokens that did not give the code, sorted, each once. */
  readonly qualifiers: readonly string[];
}

/**
 * Reads the type of images with these settings. `isIsotropicTrace`: the frame is a processed isotropic
 * diffusion image (diffusion.ts), which its own settings alone cannot tell.
 */
export function readImageType(
  modality: string,
  settings: Settings,
  isIsotropicTrace: boolean,
): ImageType {
  const input = readTypeInput(settings);
  switch (modality) {
    case "MR":
      return readMrType(input, settings, isIsotropicTrace);
    case "CT":
      return readCtType(input);
    case "PT":
      return readPtType(input, settings);
    default:
      return readOtherType(input);
  }
}

function readMrType(input: TypeInput, settings: Settings, isIsotropicTrace: boolean): ImageType {
  const rule = findRule(typeRules, input, isIsotropicTrace);
  const component = readComponent(input, settings);
  const diffusionCode = settingNumber(settings, "ge_diffusion_code");
  const extra = isProcessedGeDiffusion(diffusionCode) ? [`GEDIR${diffusionCode}`] : [];
  if (rule !== null) {
    const suffix = component === null || component === "M" ? "" : `+${component}`;
    return {
      code: rule.code + suffix,
      isAssumed: false,
      qualifiers: qualifiersOf(input.tokens, tokensOfCode(typeRules, rule.code), extra),
    };
  }
  const code = component ?? "M";
  const used = input.tokens.filter((token) => componentTokens.get(token) === code);
  return {
    code,
    isAssumed: component === null,
    qualifiers: qualifiersOf(input.tokens, new Set(used), extra),
  };
}

/** GE's diffusion code (0043,xx30) of anything but b = 0 (0, 14) and a direction (16) (dcm2niix#690). */
const isProcessedGeDiffusion = (code: number): boolean =>
  Number.isInteger(code) && code !== 0 && code !== 14 && code !== 16;

/**
 * The component of the complex signal; null = nothing says. The standard's attribute goes first, because
 * Philips writes real images with Image Type M (dcm2niix#256).
 */
function readComponent(input: TypeInput, settings: Settings): Component | null {
  const attribute = toToken(settingText(settings, "complex_image_component") ?? "");
  const privateType = toToken(settingText(settings, "philips_image_type") ?? "");
  const token = input.tokens.find((each) => componentTokens.has(each));
  return (
    componentTerms[attribute] ??
    philipsComponents[attribute] ??
    philipsComponents[privateType] ??
    (token === undefined ? undefined : componentTokens.get(token)) ??
    null
  );
}

/** CT: what is no map, localizer or special energy is `AXIAL`, which covers any cross-section (PS3.3 §C.8.2.1.1.1). */
function readCtType(input: TypeInput): ImageType {
  const rule = findRule(ctTypeRules, input, false);
  const code = rule?.code ?? "AXIAL";
  const energy = code === "VMI" && input.energy > 0 ? roundedText(input.energy, 1) : "";
  return {
    code: code + energy,
    isAssumed: false,
    qualifiers: qualifiersOf(input.tokens, tokensOfCode(ctTypeRules, code, ["AXIAL"]), []),
  };
}

/** PET: the Series Type's value 2, unless a token names a projection, a reformat or a capture. */
function readPtType(input: TypeInput, settings: Settings): ImageType {
  const rule = findRule(ptTypeRules, input, false);
  const written = splitTokens(settingText(settings, "series_type"))[1];
  const code = rule?.code ?? (written === "REPROJECTION" ? "REPROJ" : "IMAGE");
  return {
    code,
    isAssumed: false,
    qualifiers: qualifiersOf(input.tokens, tokensOfCode(ptTypeRules, code), []),
  };
}

/** Other modalities: a rule, else the first of the tokens (`STATIC`, `RECON_TOMO`), else `IMAGE`. */
function readOtherType(input: TypeInput): ImageType {
  const rule = findRule(typeRules, input, false);
  const code = rule?.code ?? input.tokens[0] ?? "IMAGE";
  const used = rule === null ? new Set([code]) : tokensOfCode(typeRules, code);
  return { code, isAssumed: false, qualifiers: qualifiersOf(input.tokens, used, []) };
}

function findRule(
  rules: readonly TypeRule[],
  input: TypeInput,
  isIsotropicTrace: boolean,
): TypeRule | null {
  const isFatWater = input.isPhilips || input.tokens.includes("DIXON");
  const hits = (rule: TypeRule): boolean =>
    (rule.isotropicTrace === true && isIsotropicTrace) ||
    (rule.technique !== undefined && rule.technique === input.technique) ||
    (rule.monoenergetic === true && input.energy > 0) ||
    (rule.aslContext !== undefined && rule.aslContext === input.aslContext) ||
    (rule.sopClasses?.includes(input.sopClass ?? "") ?? false) ||
    (rule.philips?.some((value) => input.philips.includes(value)) ?? false) ||
    (input.isColour &&
      (rule.colourTokens?.some((token) => input.tokens.includes(token)) ?? false)) ||
    (isFatWater && (rule.fatWaterTokens?.some((token) => input.tokens.includes(token)) ?? false)) ||
    (!(rule.withoutTechnique && input.technique !== null) &&
      (rule.tokens?.some((token) => input.tokens.includes(token)) ?? false));
  return rules.find(hits) ?? null;
}

/** All tokens that stand for a code. */
const tokensOfCode = (
  rules: readonly TypeRule[],
  code: string,
  others: readonly string[] = [],
): ReadonlySet<string> =>
  new Set([
    ...others,
    ...rules
      .filter((rule) => rule.code === code)
      .flatMap((rule) => [
        ...(rule.tokens ?? []),
        ...(rule.colourTokens ?? []),
        ...(rule.fatWaterTokens ?? []),
      ]),
  ]);

const qualifiersOf = (
  tokens: readonly string[],
  used: ReadonlySet<string>,
  extra: readonly string[],
): string[] =>
  [...new Set([...tokens.filter((token) => !used.has(token)), ...extra])].sort(compareUtf8);
