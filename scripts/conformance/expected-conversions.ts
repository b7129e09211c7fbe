/**
 * The catalogue's conversions, stated a second time from the standard and the makers' facts: what a column has to
 * hold if an element reads so. Apart from src/catalogue/conversions on purpose, and short, since oddities are
 * told as reasons of differences and not here.
 */
import { formatNumber } from "#dicom/number.ts";
import type { Element } from "./reading.ts";

export type Expected = string | number | null;

/** Expected value of another column or input column in the same frame. */
export type Other = (column: string) => Expected;

type Conversion = (element: Element, other: Other) => Expected;

const first = ({ numbers }: Element): number | null => numbers[0] ?? null;
const token = ({ texts }: Element): string => (texts[0] ?? "").toUpperCase();
const known = (numbers: readonly (number | null)[]): number[] => numbers.filter((n) => n !== null);
const join = (numbers: readonly number[]): string => numbers.map(formatNumber).join("\\");
const numbersOf = (value: Expected): number[] =>
  value === null ? [] : String(value).split("\\").map(Number);
const scaled = (number: number | null, factor: number): number | null =>
  number === null ? null : number / factor;
const tokensOf = (value: Expected): string[] => String(value ?? "").split("\\");
const after = (text: string, ...marks: string[]): number | null => {
  const mark = marks.find((each) => text.includes(each));
  const digits = mark === undefined ? "" : text.slice(text.indexOf(mark) + mark.length);
  const match = /^[\d.]+/.exec(digits);
  return match === null ? null : Number(match[0]);
};
const iceItem = (element: Element, index: number): string | null => {
  const part = /^\d+/.exec((element.texts[0] ?? "").split("_")[index] ?? "");
  return part === null ? null : String(Number(part[0]));
};
const yesOrNo = (element: Element, yes: string, no: string): string | null =>
  ({ YES: yes, NO: no })[token(element)] ?? null;
const components = ["MAGNITUDE", "PHASE", "REAL", "IMAGINARY"];
const maker = (other: Other): string => String(other("manufacturer") ?? "").toUpperCase();
const enhancedPet = "1.2.840.10008.5.1.4.1.1.130";

/** Unit of a dose: patients get 10⁵ Bq or more, or less than 10⁴ MBq (PS3.3 §C.8.9.2, §C.8.22.4). */
function doseUnit(dose: number | null, other: Other): "Bq" | "MBq" | null {
  if (dose === null || dose <= 0) return null;
  if (dose >= 1e5) return "Bq";
  const isMega = other("sop_class_uid") === enhancedPet || other("modality") === "NM";
  return isMega || dose < 1e4 ? "MBq" : null;
}

/** Conversions of an element, by the names that the catalogue gives them. */
export const expectedConversions: Readonly<Record<string, Conversion>> = {
  "per-thousand": (e) => scaled(first(e), 1e3),
  "microseconds-to-seconds": (e) => scaled(first(e), 1e6),
  "first-number": first,
  "first-positive": (e) => known(e.numbers).find((number) => number > 0) ?? null,
  maximum: (e) => (known(e.numbers).length === 0 ? null : Math.max(...known(e.numbers))),
  "above-one": (e) => ((first(e) ?? 0) > 1 ? first(e) : null),
  "several-distinct": (e) => {
    const distinct = [...new Set(known(e.numbers))].sort((a, b) => a - b);
    return distinct.length < 2 ? null : join(distinct);
  },
  "join-by-plus": (e) => known(e.numbers).map(formatNumber).join("+") || null,
  "join-by-semicolon": (e) => e.texts.filter((text) => text !== "").join(";") || null,
  "date-of-datetime": (e) => dateText((e.texts[0] ?? "").slice(0, 8)) || null,
  "time-of-datetime": (e) => timeText((e.texts[0] ?? "").slice(8).replace(/[+-].*$/, "")) || null,
  "unless-same-uid": (e, other) =>
    e.texts[0] === other("sop_instance_uid") ? null : e.texts[0] || null,
  "unite-patient-ids": (e, other) => {
    const all = [...e.texts, ...tokensOf(other("other_patient_ids_in_sequence"))];
    return [...new Set(all)].filter((text) => text !== "").join("\\") || null;
  },
  "unless-tomographic": (e, other) =>
    ["MR", "CT", "PT"].includes(String(other("modality"))) ? null : join(known(e.numbers)) || null,
  kilowatts: (e) => scaled(first(e), (first(e) ?? 0) > 500 ? 1000 : 1),
  tiles: (e, other) =>
    tokensOf(other("image_type")).some((t) => t === "MOSAIC" || t === "VFRAME") ? first(e) : null,
  "timezone-offset": (e) => (/^[+-]\d{4}$/.test(e.texts[0] ?? "") ? (e.texts[0] ?? null) : null),
  sex: (e) => (/^(M|F|O|MALE|FEMALE|OTHER)$/.test(token(e)) ? token(e).charAt(0) : token(e)),
  weight: (e) => scaled(first(e), (first(e) ?? 0) > 500 ? 1000 : 1),
  size: (e) => scaled(first(e), (first(e) ?? 0) > 3 ? 100 : 1),
  modality: (e) => (token(e) === "PET" ? "PT" : token(e) || null),
  "inversion-time": (e, other) => (other("inversion_recovery") === "NO" ? null : first(e)),
  "inversion-prepulse": (e, other) =>
    other("philips_prepulse_type") === "INV" && other("inversion_recovery") !== "NO"
      ? first(e)
      : null,
  megahertz: (e) => scaled(first(e), (first(e) ?? 0) > 2000 ? 1e6 : 1),
  "acquisition-seconds": (e, other) =>
    scaled(first(e), (first(e) ?? 0) > 7200 && maker(other).includes("UIH") ? 1000 : 1),
  "field-strength": (e, other) => {
    const field = first(e);
    if (field === null || field <= 25) return field;
    const tesla = Number(other("imaging_frequency") ?? 0) / 42.577;
    const scale = [1e4, 1e3].find((each) => Math.abs(field / each - tesla) < tesla / 20);
    return scale === undefined ? null : field / scale;
  },
  "phase-encoding-direction": (e) => (token(e) === "COLUMN" ? "COL" : token(e) || null),
  "whole-body-rate": (e, other) => {
    const definitions = tokensOf(other("absorption_rate_definitions"));
    const isPaired = definitions.length === e.numbers.length;
    const wholeBody = isPaired ? e.numbers[definitions.indexOf("IEC_WHOLE_BODY")] : undefined;
    const ofStandard = known(
      e.numbers.filter((_, at) => !isPaired || definitions[at]?.startsWith("IEC_") === true),
    );
    return wholeBody ?? (ofStandard.length === 0 ? null : Math.max(...ofStandard));
  },
  "gradient-output": (e, other) => (other("gradient_output_type") === "DB_DT" ? first(e) : null),
  "reordering-of-ge": (e, other) =>
    maker(other).startsWith("GE") ? ({ LINEAR: 1, REVERSE_LINEAR: 0 }[token(e)] ?? null) : null,
  "ice-channel": (e) => iceItem(e, 0),
  "ice-echo": (e) => iceItem(e, 1),
  "b-value-of-ge": (e) => (first(e) === null ? null : (first(e) as number) % 1e9),
  "b-value-of-canon": (e, other) =>
    /CANON|TOSHIBA/.test(maker(other)) && /^\s*b=/i.test(e.texts[0] ?? "")
      ? after((e.texts[0] ?? "").toLowerCase(), "b=")
      : null,
  age: (e) => (/^\s*\d{1,3}[DWMY]\s*$/i.test(e.texts[0] ?? "") ? (e.texts[0] ?? "").trim() : null),
  "directionality-of-philips": (e, other) => {
    if (token(e) === "I")
      return Number(other("diffusion_b_value") ?? 1) === 0 ? "NONE" : "ISOTROPIC";
    if (token(e) === "N") return "NONE";
    return /^[OPMS]$/.test(token(e)) ? "DIRECTIONAL" : null;
  },
  component: (e) => (token(e) === "MIXED" ? null : token(e) || null),
  "component-of-ge": (e) => components[first(e) ?? -1] ?? null,
  "component-of-philips": (e) =>
    components.find((name) => token(e).length === 1 && name.startsWith(token(e))) ?? null,
  "technique-of-ge": (e) => (first(e) === null || first(e) === 1 ? null : "ASSET"),
  "reciprocal-first": (e) => (first(e) ? 1 / (first(e) as number) : null),
  "reciprocal-second": (e) => (e.numbers[1] ? 1 / e.numbers[1] : null),
  "in-plane-factor": (e) => after(e.texts[0] ?? "", "p", ":"),
  "slice-factor": (e) => after(e.texts[0] ?? "", "s"),
  orientation: (e) => join(known(e.numbers)) || null,
  "gradient-direction": (e) => join(known(e.numbers)) || null,
  "velocity-vector": (e, other) => {
    const maxima = numbersOf(other("velocity_encoding_maxima"));
    const parts = known(e.numbers).map(
      (part, index) => part * (maxima[maxima.length === 1 ? 0 : Math.floor(index / 3)] ?? 0) || 0,
    );
    return join(parts) || null;
  },
  "total-dose": (e, other) => {
    const unit = doseUnit(first(e), other);
    return unit === null ? null : (first(e) as number) * (unit === "MBq" ? 1e6 : 1);
  },
  "total-dose-unit": (e, other) => doseUnit(first(e), other),
  "total-dose-written": (e, other) => (doseUnit(first(e), other) === null ? null : first(e)),
  nuclide: (e) => nuclideOf(e.texts[0] ?? "") || null,
  "half-life": first,
  "decay-corrected": (e) => yesOrNo(e, "START", "NONE"),
  "corrected-or-none": (e) => yesOrNo(e, "YES", "NONE"),
  "attenuation-source": (e, other) =>
    yesOrNo(e, String(other("attenuation_correction_source") ?? "YES"), "NONE"),
  "reconstruction-type": (e, other) => {
    const counts = [
      [other("number_of_iterations"), "iterations"],
      [other("number_of_subsets"), "subsets"],
    ].flatMap(([count, what]) => (count === null ? [] : [`${count} ${what}`]));
    const type = e.texts[0] || null;
    return type === null || counts.length === 0 ? type : `${type} (${counts.join(", ")})`;
  },
  "pet-units": (e, other) =>
    other("modality") === "PT" && /^Bq\/ml$/i.test(e.texts[0] ?? "") ? "BQML" : null,
};

/** Symbol and mass number of the names and codes (CID 4020) that are in the samples. */
function nuclideOf(text: string): string {
  const codes: Readonly<Record<string, string>> = { "C-111A1": "F-18", "C-B1038": "O-15" };
  const names = { FLUORINE: "F", OXYGEN: "O", CARBON: "C", TECHNETIUM: "Tc" } as const;
  const name = Object.entries(names).find(([each]) => text.toUpperCase().includes(each));
  const mass = /\d+m?/.exec(text)?.[0];
  if (name !== undefined && mass !== undefined) return `${name[1]}-${mass}`;
  return (
    codes[text] ??
    text.replace(/^(\d+m?)([A-Z][a-z]?)$/, "$2-$1").replace(/^([A-Z][a-z]?)(\d+m?)$/, "$1-$2")
  );
}

const variantFlags = [
  ["segmented_k_space_traversal", "SINGLE", "SK"],
  ["magnetization_transfer_written", "NONE", "MTC"],
  ["steady_state_pulse_sequence", "NONE", "SS"],
  ["spoiling", "NONE", "SP"],
] as const;

function variantTerms(other: Other): string | null {
  const said = variantFlags.filter(([flag, no]) => other(flag) !== null && other(flag) !== no);
  return said.map(([, , term]) => term).join("\\") || null;
}

/** What a column holds where no place has a value; a rule that is not here is not compared. */
export const expectedDerivations: Readonly<Record<string, (other: Other) => Expected>> = {
  "age-years": (other) => {
    const match = /^(\d{1,3})([DWMY])$/.exec(String(other("patient_age") ?? ""));
    const [, count, unit] = match ?? [];
    const perYear = { D: 365.25, W: 365.25 / 7, M: 12, Y: 1 }[unit ?? ""];
    return perYear === undefined ? null : Number(count) / perYear;
  },
  "scanning-sequence": (other) => {
    const echo = other("echo_pulse_sequence");
    const terms = [
      ...(echo === "SPIN" || echo === "BOTH" ? ["SE"] : []),
      ...(echo === "GRADIENT" || echo === "BOTH" ? ["GR"] : []),
      ...(other("inversion_recovery") === "YES" ? ["IR"] : []),
      ...(other("echo_planar_pulse_sequence") === "YES" ? ["EP"] : []),
    ];
    return terms.join("\\") || null;
  },
  "sequence-variant-terms": variantTerms,
  "sequence-variant": (other) =>
    variantTerms(other) ?? (variantFlags.some(([flag]) => other(flag) !== null) ? "NONE" : null),
  "magnetization-transfer": (other) =>
    tokensOf(other("sequence_variant")).includes("MTC") ? "MTC" : null,
  "acquisition-matrix": (other) => {
    const [frequency, phase] = [other("frequency_encoding_steps"), other("phase_encoding_steps")];
    if (frequency === null || phase === null) return null;
    const axis = other("phase_encoding_direction");
    if (axis === "ROW") return `0\\${frequency}\\${phase}\\0`;
    return axis === "COL" ? `${frequency}\\0\\0\\${phase}` : null;
  },
  "b-value-of-matrix": (other) => {
    const diagonal = ["b_matrix_xx", "b_matrix_yy", "b_matrix_zz"].map(other);
    return diagonal.includes(null) ? null : diagonal.reduce<number>((sum, b) => sum + Number(b), 0);
  },
  "gradient-of-philips": (other) => {
    const parts = ["philips_gradient_rl", "philips_gradient_ap", "philips_gradient_fh"].map(other);
    return parts.includes(null) ? null : join(parts.map(Number));
  },
  "gradient-of-ge": (other) => {
    const parts = ["ge_gradient_phase", "ge_gradient_frequency", "ge_gradient_slice"].map(other);
    return parts.includes(null) ? null : join(parts.map(Number));
  },
  "gradient-correction": (other) => {
    const tokens = [...tokensOf(other("image_type")), ...tokensOf(other("image_type_text"))];
    if (tokens.includes("DIS2D") || tokens.includes("DIS3D")) return 1;
    return tokens.includes("ND") ? 0 : null;
  },
  "attenuation-corrected": (other) => {
    const flag = other("attenuation_corrected_flag");
    if (flag !== null) return flag === "YES" ? "Y" : "N";
    const corrections = other("corrected_image");
    if (tokensOf(corrections).includes("ATTN")) return "Y";
    const method = other("attenuation_correction_method");
    if (method !== null) return String(method).toUpperCase() === "NONE" ? "N" : "Y";
    return corrections === null ? null : "N";
  },
  "series-type": (other) => {
    if (other("sop_class_uid") !== enhancedPet) return null;
    const flavour = tokensOf(other("image_type"))[2] ?? "";
    return flavour.endsWith("_GATED") ? "GATED" : flavour || null;
  },
  "modality-of-sop-class": (other) => {
    const [, kind = ""] =
      /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.(\d+)/.exec(String(other("sop_class_uid"))) ?? [];
    return { "2": "CT", "4": "MR", "128": "PT", "130": "PT", "20": "NM", "7": "OT" }[kind] ?? null;
  },
};

/** YYYY-MM-DD of eight digits; anything else as it is. */
export function dateText(text: string): string {
  return text.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");
}

/** HH:MM:SS of a TM, with six digits of a second where they are not zero; anything else as it is. */
export function timeText(text: string): string {
  const match = /^(\d\d)(\d\d)?(\d\d)?(?:\.(\d{1,6}))?$/.exec(text);
  if (match === null) return text;
  const [, hours, minutes = "00", seconds = "00", fraction = ""] = match;
  const digits = fraction.padEnd(6, "0");
  return `${hours}:${minutes}:${seconds}${digits === "000000" ? "" : `.${digits}`}`;
}

/** A DT with its day, as the catalogue writes it; `zone`: that of the data set, for one without. */
export function dateTimeText(text: string, zone: string | null): string {
  const match = /^(\d{8})(\d{2,6}(?:\.\d{1,6})?)?([+-]\d{4})?$/.exec(text);
  if (match === null) return text;
  const [, date = "", time = "", own = zone] = match;
  const offset = own === null ? "" : own.replace(/(..)$/, ":$1").replace("-00:00", "+00:00");
  return `${dateText(date)}T${timeText(time) || "00:00:00"}${offset}`;
}
