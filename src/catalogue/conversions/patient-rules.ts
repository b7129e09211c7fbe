/** Rules of the patient: sex, age, weight, size; and the modality, which every rule below the patient asks for. */
import type { Rule } from "#catalogue/conversion.ts";
import { findSopClass } from "#catalogue/sop-classes.ts";
import { parseAgeYears } from "#dicom/age.ts";
import { found, numberOf, refused } from "./results.ts";

const sexes: Readonly<Record<string, string>> = {
  M: "M",
  F: "F",
  O: "O",
  MALE: "M",
  FEMALE: "F",
  OTHER: "O",
};

const sex: Rule = {
  convert(value) {
    const letter = sexes[String(value).trim().toUpperCase()];
    return letter === undefined ? refused("value-invalid") : found(letter);
  },
};

/** As it is written, if it is an age. */
const age: Rule = {
  convert(value) {
    const warnings: string[] = [];
    const years = parseAgeYears(String(value), (code) => warnings.push(code));
    return { value: years === null ? null : value, warnings };
  },
};

const ageYears: Rule = {
  needs: ["patient_age"],
  convert(_, { get }) {
    const age = get("patient_age");
    const warnings: string[] = [];
    const years = age === null ? null : parseAgeYears(String(age), (code) => warnings.push(code));
    return { value: years, warnings };
  },
};

/** Heaviest patient in kg; what is above and within 1000 times of it is in grams. */
const heaviest = 500;
const weight: Rule = { convert: (value) => rescale(numberOf(value), heaviest, 1000) };

/** Tallest patient in m; what is above and within 100 times of it is in centimetres. */
const tallest = 3;
const size: Rule = { convert: (value) => rescale(numberOf(value), tallest, 100) };

function rescale(number: number | null, largest: number, factor: number) {
  if (number === null || number <= largest || number > largest * factor) return found(number);
  return { value: number / factor, warnings: ["unit-assumed"] };
}

/** PT is the standard's term (PS3.3 §C.7.3.1.1.1). */
const modality: Rule = { convert: (value) => found(value === "PET" ? "PT" : value) };

const modalityOfSopClass: Rule = {
  needs: ["sop_class_uid"],
  convert: (_, { get }) => ({
    value: findSopClass(String(get("sop_class_uid")))?.modality ?? null,
    warnings: ["modality-missing"],
  }),
};

export const patientRules = {
  sex,
  age,
  "age-years": ageYears,
  weight,
  size,
  modality,
  "modality-of-sop-class": modalityOfSopClass,
} as const satisfies Readonly<Record<string, Rule>>;
