/** Rules of MR: classic terms made of enhanced attributes, and the codes of makers. */
import type { Rule } from "#catalogue/conversion.ts";
import { isMadeBy } from "#catalogue/makers.ts";
import {
  absent,
  digitsAt,
  found,
  joinNumbers,
  numberOf,
  numbersOf,
  refused,
  textsOf,
  tokensOf,
} from "./results.ts";

/** MHz per tesla of ¹H: gyromagnetic ratio over 2π (CODATA, rounded). */
const protonMhzPerTesla = 42.577;

/** Strongest field in T; larger numbers are in another unit. */
const strongestField = 25;

const inversionTime = {
  needs: ["inversion_recovery"],
  convert: (value, { get }) =>
    get("inversion_recovery") === "NO" ? absent : found(numberOf(value)),
} satisfies Rule;

const inversionPrepulse: Rule = {
  needs: ["philips_prepulse_type", ...inversionTime.needs],
  convert: (value, context) =>
    context.get("philips_prepulse_type") === "INV" ? inversionTime.convert(value, context) : absent,
};

/** Terms of Scanning Sequence (PS3.3 §C.8.3.1) from the flags of MR Pulse Sequence (PS3.3 §C.8.13.4). */
const scanningSequence: Rule = {
  needs: ["echo_pulse_sequence", "inversion_recovery", "echo_planar_pulse_sequence"],
  convert(_, { get }) {
    const echo = get("echo_pulse_sequence");
    const terms: string[] = [];
    if (echo === "SPIN" || echo === "BOTH") terms.push("SE");
    if (echo === "GRADIENT" || echo === "BOTH") terms.push("GR");
    if (get("inversion_recovery") === "YES") terms.push("IR");
    if (get("echo_planar_pulse_sequence") === "YES") terms.push("EP");
    return found(terms.join("\\") || null);
  },
};

/** Flag of an enhanced object, the value that means no, and the term of Sequence Variant that a yes makes. */
const variantFlags = [
  ["segmented_k_space_traversal", "SINGLE", "SK"],
  ["magnetization_transfer_written", "NONE", "MTC"],
  ["steady_state_pulse_sequence", "NONE", "SS"],
  ["spoiling", "NONE", "SP"],
] as const;

/** Terms of Sequence Variant (PS3.3 §C.8.3.1) of the flags that say yes. */
const sequenceVariantTerms = {
  needs: variantFlags.map(([column]) => column),
  convert(_, { get }) {
    const said = variantFlags.filter(([column, no]) => {
      const flag = get(column);
      return flag !== null && flag !== no;
    });
    return said.length === 0 ? absent : found(said.map(([, , term]) => term).join("\\"));
  },
} satisfies Rule;

/** As `sequenceVariantTerms`; NONE where all flags that are there say no. */
const sequenceVariant: Rule = {
  needs: sequenceVariantTerms.needs,
  convert(value, context) {
    const isKnown = variantFlags.some(([column]) => context.get(column) !== null);
    const terms = sequenceVariantTerms.convert(value, context);
    return terms.isAbsent === true && isKnown ? found("NONE") : terms;
  },
};

const magnetizationTransfer: Rule = {
  needs: ["sequence_variant"],
  convert: (_, { get }) => found(tokensOf(get("sequence_variant")).includes("MTC") ? "MTC" : null),
};

/** Highest frequency in MHz, above any magnet's; larger numbers are in Hz, as United Imaging writes them (R002). */
const highestMegahertz = 2000;

const megahertz: Rule = {
  convert(value) {
    const frequency = numberOf(value);
    return frequency === null || frequency <= highestMegahertz
      ? found(frequency)
      : { value: frequency / 1e6, warnings: ["unit-assumed"] };
  },
};

/** Longest acquisition in s; United Imaging writes milliseconds (R002: 190713 for a scan of three minutes). */
const longestAcquisition = 7200;

const acquisitionSeconds: Rule = {
  needs: ["manufacturer"],
  convert(value, { get }) {
    const duration = numberOf(value);
    const isLong = duration !== null && duration > longestAcquisition;
    return !isLong || !isMadeBy(get("manufacturer"), "uih")
      ? found(duration)
      : { value: duration / 1000, warnings: ["unit-assumed"] };
  },
};

/** Gauss or millitesla, if that agrees within 5 % with the frequency of ¹H. */
const fieldStrength: Rule = {
  needs: ["imaging_frequency"],
  convert(value, { get }) {
    const field = numberOf(value);
    if (field === null || field <= strongestField) return found(field);
    const frequency = numberOf(get("imaging_frequency"));
    const expected = frequency === null ? 0 : frequency / protonMhzPerTesla;
    const tesla = [field / 1e4, field / 1e3].find(
      (candidate) => Math.abs(candidate - expected) <= 0.05 * expected,
    );
    return tesla === undefined
      ? refused("value-out-of-range")
      : { value: tesla, warnings: ["unit-assumed"] };
  },
};

/**
 * Frequency rows, frequency columns, phase rows, phase columns. Phase encoding along the rows (ROW) leaves
 * the frequency to the columns (PS3.3 §C.8.3.1, Acquisition Matrix).
 */
const acquisitionMatrix: Rule = {
  needs: ["frequency_encoding_steps", "phase_encoding_steps", "phase_encoding_direction"],
  convert(_, { get }) {
    const frequency = numberOf(get("frequency_encoding_steps"));
    const phase = numberOf(get("phase_encoding_steps"));
    if (frequency === null || phase === null) return absent;
    switch (get("phase_encoding_direction")) {
      case "ROW":
        return found(joinNumbers([0, frequency, phase, 0]));
      case "COL":
        return found(joinNumbers([frequency, 0, 0, phase]));
      default:
        return absent;
    }
  },
};

/** Enhanced objects write COLUMN for what classic ones call COL. */
const phaseEncodingDirection: Rule = {
  convert(value) {
    const axis = String(value).trim().toUpperCase();
    if (axis === "COLUMN") return found("COL");
    return ["ROW", "COL", "OTHER"].includes(axis) ? found(axis) : refused("value-invalid");
  },
};

/**
 * The rate of the whole body, which is what the classic SAR (0018,1316) is (PS3.3 §C.8.3.1). Where none is given
 * the largest of the standard's (IEC_…); makers add quantities that are no such rate (SMR_B1RMS of Siemens XA30).
 */
const wholeBodyRate: Rule = {
  needs: ["absorption_rate_definitions"],
  convert(value, { get }) {
    const rates = numbersOf(value);
    const definitions = tokensOf(get("absorption_rate_definitions"));
    const isPaired = definitions.length === rates.length;
    const wholeBody = isPaired ? rates[definitions.indexOf("IEC_WHOLE_BODY")] : undefined;
    if (wholeBody !== undefined && Number.isFinite(wholeBody)) return found(wholeBody);
    const ofStandard = rates.filter(
      (rate, index) =>
        Number.isFinite(rate) && (!isPaired || definitions[index]?.startsWith("IEC_")),
    );
    return ofStandard.length === 0 ? absent : found(Math.max(...ofStandard));
  },
};

/** Gradient Output is T/s where its type is DB_DT, else another quantity (PS3.3 §C.8.13.5.2). */
const gradientOutput: Rule = {
  needs: ["gradient_output_type"],
  convert: (value, { get }) =>
    get("gradient_output_type") === "DB_DT" ? found(numberOf(value)) : absent,
};

/** GE tells the sign by the order of lines, from software Rx27 on. */
const reorderingOfGe: Rule = {
  needs: ["manufacturer"],
  convert(value, { get }) {
    if (!isMadeBy(get("manufacturer"), "ge")) return absent;
    if (value === "LINEAR") return found(1);
    return value === "REVERSE_LINEAR" ? found(0) : absent;
  },
};

/** Item of the ICE dimensions, 1-based, where it is a number: `X_4_1_…` has echo 4 and no channel. */
const iceItem = (item: number): Rule => ({
  convert(value) {
    const part = String(value).split("_")[item - 1] ?? "";
    const number = digitsAt(part, 0);
    return found(number === null ? null : String(number));
  },
});

/** GE adds multiples of 10⁹ to the first of four numbers (dcm2niix#602). */
const bValueOfGe: Rule = {
  convert(value) {
    const number = numberOf(value);
    return found(number === null ? null : number % 1e9);
  },
};

/** `b=1500(…)` at the beginning of the comments of Canon and Toshiba. */
const bValueOfCanon: Rule = {
  needs: ["manufacturer"],
  convert(value, { get }) {
    if (!isMadeBy(get("manufacturer"), "canon")) return absent;
    const text = String(value).trimStart();
    return text.slice(0, 2).toLowerCase() === "b=" ? found(digitsAt(text, 2)) : absent;
  },
};

/** The trace of the b matrix is the b-value (PS3.3 §C.8.13.5.9). */
const bValueOfMatrix: Rule = {
  needs: ["b_matrix_xx", "b_matrix_yy", "b_matrix_zz"],
  convert(_, { get }) {
    const diagonal = [get("b_matrix_xx"), get("b_matrix_yy"), get("b_matrix_zz")].map(numberOf);
    if (diagonal.includes(null)) return absent;
    return found((diagonal as number[]).reduce((sum, part) => sum + part, 0));
  },
};

const philipsDirections: Readonly<Record<string, string>> = {
  I: "ISOTROPIC",
  N: "NONE",
  O: "DIRECTIONAL",
  P: "DIRECTIONAL",
  M: "DIRECTIONAL",
  S: "DIRECTIONAL",
};

/** I stands at images without weighting too, of which the standard says NONE (PS3.3 §C.8.13.5.9). */
const directionalityOfPhilips: Rule = {
  needs: ["diffusion_b_value"],
  convert(value, { get }) {
    const word = philipsDirections[String(value)];
    if (word === undefined) return refused("value-invalid");
    return found(word === "ISOTROPIC" && numberOf(get("diffusion_b_value")) === 0 ? "NONE" : word);
  },
};

const components: readonly string[] = ["MAGNITUDE", "PHASE", "REAL", "IMAGINARY"];

/** MIXED says only that frames differ. */
const component: Rule = {
  convert: (value) => (value === "MIXED" ? absent : found(value)),
};

const componentOfGe: Rule = {
  convert: (value) => found(components[numberOf(value) ?? -1] ?? null),
};

const componentOfPhilips: Rule = {
  convert: (value) => found(components.find((name) => name.charAt(0) === value) ?? null),
};

/** ASSET writes the reciprocal of its factors; 1 means that it was not used. */
const techniqueOfGe: Rule = {
  convert: (value) => {
    const factor = numberOf(value);
    return found(factor === null || factor === 1 ? null : "ASSET");
  },
};

const reciprocal = (index: number): Rule => ({
  convert(value) {
    const number = numbersOf(value)[index];
    return found(number !== undefined && number > 0 ? 1 / number : null);
  },
});

/** Number after the first of these marks: `p2s4` has 2 after p and 4 after s, `F:2S` has 2 after the colon. */
const numberAfter = (...marks: readonly string[]): Rule => ({
  convert(value) {
    const text = textsOf(value)[0] ?? "";
    for (const mark of marks) {
      const start = text.indexOf(mark);
      if (start >= 0) return found(digitsAt(text, start + mark.length));
    }
    return absent;
  },
});

/** Tokens of Siemens image types (dcm2niix#597). */
const gradientCorrection: Rule = {
  needs: ["image_type", "image_type_text"],
  convert(_, { get }) {
    const tokens = [...tokensOf(get("image_type")), ...tokensOf(get("image_type_text"))];
    if (tokens.includes("DIS2D") || tokens.includes("DIS3D")) return found(1);
    return found(tokens.includes("ND") ? 0 : null);
  },
};

/**
 * The name in Siemens' protocol text: `tProtocolName<tab> = <tab>""name""`, in older ones blanks and single quotes
 * (dcm_qa, dicom2nifti). Absent where the text has no such line.
 */
const phoenixProtocolName: Rule = {
  reads: "text",
  convert(value) {
    const text = String(value);
    const start = text.indexOf("tProtocolName");
    if (start < 0) return absent;
    const end = text.indexOf("\n", start);
    const line = text.slice(start, end < 0 ? undefined : end).trimEnd();
    const opening = line.indexOf('"');
    if (opening < 0 || !line.endsWith('"')) return absent;
    return found(line.slice(opening).replaceAll('"', "").trim() || null);
  },
};

export const mrRules = {
  "phoenix-protocol-name": phoenixProtocolName,
  "inversion-time": inversionTime,
  "inversion-prepulse": inversionPrepulse,
  "scanning-sequence": scanningSequence,
  "sequence-variant-terms": sequenceVariantTerms,
  "sequence-variant": sequenceVariant,
  "magnetization-transfer": magnetizationTransfer,
  megahertz,
  "acquisition-seconds": acquisitionSeconds,
  "field-strength": fieldStrength,
  "acquisition-matrix": acquisitionMatrix,
  "phase-encoding-direction": phaseEncodingDirection,
  "whole-body-rate": wholeBodyRate,
  "gradient-output": gradientOutput,
  "reordering-of-ge": reorderingOfGe,
  "ice-channel": iceItem(1),
  "ice-echo": iceItem(2),
  "b-value-of-ge": bValueOfGe,
  "b-value-of-canon": bValueOfCanon,
  "b-value-of-matrix": bValueOfMatrix,
  "directionality-of-philips": directionalityOfPhilips,
  component,
  "component-of-ge": componentOfGe,
  "component-of-philips": componentOfPhilips,
  "technique-of-ge": techniqueOfGe,
  "reciprocal-first": reciprocal(0),
  "reciprocal-second": reciprocal(1),
  "in-plane-factor": numberAfter("p", ":"),
  "slice-factor": numberAfter("s"),
  "gradient-correction": gradientCorrection,
} as const satisfies Readonly<Record<string, Rule>>;
