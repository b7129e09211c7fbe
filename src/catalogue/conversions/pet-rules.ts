/** Rules of PET: dose, nuclide, corrections, units. */

import type { ConversionContext, Rule } from "#catalogue/conversion.ts";
import { findNuclide } from "#catalogue/nuclides.ts";
import { absent, found, numberOf, refused, tokensOf } from "./results.ts";

const enhancedPet = "1.2.840.10008.5.1.4.1.1.130";

/** Smallest activity in Bq, and the largest in MBq, that a patient may be given. */
const smallestBecquerel = 1e5;
const largestMegabecquerel = 1e4;

/**
 * Unit of a dose as written. Enhanced PET and NM: megabecquerel by the standard (PS3.3 §C.8.22.4,
 * §C.8.4.10.1.7), unless no patient could have had as many. Others: becquerel, unless no patient could have
 * had as few; between the two it may be kilobecquerel, and nobody knows.
 */
function doseUnit(dose: number, { get }: ConversionContext): "Bq" | "MBq" | null {
  if (dose >= smallestBecquerel) return "Bq";
  if (get("sop_class_uid") === enhancedPet || get("modality") === "NM") return "MBq";
  return dose < largestMegabecquerel ? "MBq" : null;
}

const totalDose: Rule = {
  needs: ["sop_class_uid", "modality"],
  convert(value, context) {
    const dose = numberOf(value);
    if (dose === null || dose <= 0) return { value: dose };
    const unit = doseUnit(dose, context);
    if (unit === null) return refused("unit-unknown");
    if (unit === "Bq") return found(dose);
    const isStandard =
      context.get("sop_class_uid") === enhancedPet || context.get("modality") === "NM";
    return { value: dose * 1e6, warnings: isStandard ? [] : ["unit-assumed-mbq"] };
  },
};

const totalDoseUnit: Rule = {
  needs: ["sop_class_uid", "modality"],
  convert(value, context) {
    const dose = numberOf(value);
    return found(dose === null || dose <= 0 ? null : doseUnit(dose, context));
  },
};

/** As written, of the place that the dose is taken from. */
const totalDoseWritten: Rule = {
  needs: ["sop_class_uid", "modality"],
  convert(value, context) {
    const unit = totalDoseUnit.convert(value, context);
    return unit.value === null ? absent : found(numberOf(value));
  },
};

const nuclide: Rule = { convert: (value) => found(findNuclide(String(value)) ?? value) };

/** Half-lives in s of the nuclides of PET. */
const halfLives: Readonly<Record<string, number>> = {
  "F-18": 6586,
  "C-11": 1222,
  "N-13": 598,
  "O-15": 122,
  "Ga-68": 4063,
  "Rb-82": 76,
  "Cu-64": 45_720,
  "Zr-89": 282_300,
  "I-124": 360_800,
  "Cu-62": 580,
  "Y-90": 230_700,
};

/** Off by more than 5 % of the nuclide's, or of all where the nuclide is not written: kept, with a warning. */
const halfLife: Rule = {
  needs: ["radionuclide", "modality"],
  convert(value, { get }) {
    const written = numberOf(value);
    if (written === null || written <= 0) return { value: written };
    const name = get("radionuclide");
    const own = name === null ? undefined : halfLives[String(name)];
    const candidates = own !== undefined ? [own] : name === null ? Object.values(halfLives) : [];
    const isExpected = candidates.some((life) => Math.abs(written - life) <= 0.05 * life);
    const isChecked = candidates.length > 0 && get("modality") === "PT";
    return { value: written, warnings: isChecked && !isExpected ? ["half-life-unexpected"] : [] };
  },
};

/** What a flag means; one that says neither yes nor no is not valid. */
const flag = (yes: string): Rule => ({
  convert(value) {
    if (value === "YES") return found(yes);
    return value === "NO" ? found("NONE") : refused("value-invalid");
  },
});

const attenuationSource: Rule = {
  needs: ["attenuation_correction_source"],
  convert(value, { get }) {
    if (value === "NO") return found("NONE");
    return value === "YES" ? found(get("attenuation_correction_source") ?? "YES") : absent;
  },
};

const attenuationCorrected: Rule = {
  needs: ["attenuation_corrected_flag", "corrected_image", "attenuation_correction_method"],
  convert(_, { get }) {
    const flag = get("attenuation_corrected_flag");
    if (flag === "YES") return found("Y");
    if (flag === "NO") return found("N");
    const corrections = tokensOf(get("corrected_image"));
    if (corrections.includes("ATTN")) return found("Y");
    const [method] = tokensOf(get("attenuation_correction_method"));
    if (method !== undefined) return found(method === "NONE" ? "N" : "Y");
    return found(corrections.length > 0 ? "N" : null);
  },
};

const reconstructionType: Rule = {
  needs: ["number_of_iterations", "number_of_subsets"],
  convert(value, { get }) {
    const details = [
      [get("number_of_iterations"), "iterations"],
      [get("number_of_subsets"), "subsets"],
    ]
      .filter(([count]) => count !== null)
      .map(([count, what]) => `${count} ${what}`);
    return found(details.length === 0 ? value : `${value} (${details.join(", ")})`);
  },
};

/** Units of PET images as codes of UCUM (CID 84), and the terms of (0054,1001) for them. */
const unitTerms: Readonly<Record<string, string>> = {
  "{counts}": "CNTS",
  "{counts}/s": "CPS",
  "{propcounts}": "PROPCNTS",
  "{propcounts}/s": "PROPCPS",
  "Bq/ml": "BQML",
  "Bq/mL": "BQML",
  "mg/min/ml": "MGMINML",
  "umol/min/ml": "UMOLMINML",
  "ml/min/g": "MLMING",
  "ml/g": "MLG",
  "/cm": "1CM",
  "1/cm": "1CM",
  "umol/ml": "UMOLML",
  "g/ml": "GML",
  "cm2/ml": "CM2ML",
  "ml/min/ml": "MLMINML",
  "ml/ml": "MLML",
  "%": "PCNT",
  "1": "NONE",
};

/** Real world values have units in every modality; the column is about those of PET. */
const petUnits: Rule = {
  needs: ["modality"],
  convert(value, { get }) {
    if (get("modality") !== "PT") return absent;
    const term = unitTerms[dropAnnotation(String(value))];
    return term === undefined ? refused("value-invalid") : found(term);
  },
};

/** `g/ml` of `g/ml{SUVbw}`; what begins with a brace is a unit by itself. */
function dropAnnotation(unit: string): string {
  const brace = unit.indexOf("{");
  return brace > 0 ? unit.slice(0, brace) : unit;
}

/** Value 3 of the frame type of enhanced PET (PS3.3 §C.8.22.5), every kind of gating as GATED. */
const seriesType: Rule = {
  needs: ["sop_class_uid", "image_type"],
  convert(_, { get }) {
    if (get("sop_class_uid") !== enhancedPet) return absent;
    const flavour = tokensOf(get("image_type"))[2];
    if (flavour === undefined || flavour === "") return absent;
    return found(flavour.endsWith("_GATED") ? "GATED" : flavour);
  },
};

export const petRules = {
  "total-dose": totalDose,
  "total-dose-unit": totalDoseUnit,
  "total-dose-written": totalDoseWritten,
  nuclide,
  "half-life": halfLife,
  "decay-corrected": flag("START"),
  "corrected-or-none": flag("YES"),
  "attenuation-source": attenuationSource,
  "attenuation-corrected": attenuationCorrected,
  "reconstruction-type": reconstructionType,
  "pet-units": petUnits,
  "series-type": seriesType,
} as const satisfies Readonly<Record<string, Rule>>;
