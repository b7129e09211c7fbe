/** Rules that know nothing of a modality: units, lists, dates, identities. */
import type { Rule } from "#catalogue/conversion.ts";
import { formatNumber, parseInteger } from "#dicom/number.ts";
import {
  absent,
  found,
  joinNumbers,
  numberOf,
  numbersOf,
  refused,
  textsOf,
  tokensOf,
} from "./results.ts";

/** µA, µAs and µs to mA, mAs and ms; ms to s. */
const perThousand: Rule = {
  convert(value) {
    const number = numberOf(value);
    return found(number === null ? null : number / 1000);
  },
};

const microsecondsToSeconds: Rule = {
  convert(value) {
    const number = numberOf(value);
    return found(number === null ? null : number / 1e6);
  },
};

const firstNumber: Rule = { convert: (value) => found(numberOf(value)) };

const firstPositive: Rule = {
  convert: (value) => found(numbersOf(value).find((number) => number > 0) ?? null),
};

/** A length of 1 is a default, not a measurement (dcm2niix#717). */
const aboveOne: Rule = {
  convert(value) {
    const number = numberOf(value);
    return found(number !== null && number > 1 ? number : null);
  },
};

/** Distinct numbers, ascending, if there are several. */
const severalDistinct: Rule = {
  convert(value) {
    const distinct = [...new Set(numbersOf(value).filter(Number.isFinite))].sort((a, b) => a - b);
    return found(distinct.length > 1 ? joinNumbers(distinct) : null);
  },
};

/** Whole numbers joined by `+`, as keys print them. */
const joinByPlus: Rule = {
  convert(value) {
    const warnings: string[] = [];
    const numbers: number[] = [];
    for (const text of textsOf(value)) {
      const number = parseInteger(text, (code) => warnings.push(code));
      if (number === null) return { value: null, warnings };
      numbers.push(number);
    }
    return { value: numbers.map(formatNumber).join("+"), warnings };
  },
};

const joinBySemicolon: Rule = {
  convert: (value) =>
    found(
      textsOf(value)
        .filter((text) => text !== "")
        .join(";") || null,
    ),
};

/** Day of a date-time by its own wall clock. */
const dateOfDateTime: Rule = {
  convert: (value) => found(typeof value === "string" ? value.slice(0, 10) : null),
};

/** Time of day of a date-time by its own wall clock, without the zone. */
const timeOfDateTime: Rule = {
  convert(value) {
    if (typeof value !== "string") return absent;
    if (value.charAt(2) === ":") return found(value);
    const start = value.indexOf("T");
    if (start < 0) return absent;
    const time = value.slice(start + 1);
    const zone = Math.max(time.indexOf("+"), time.indexOf("-"));
    return found(zone < 0 ? time : time.slice(0, zone));
  },
};

/** The UID of the meta group, where it says something else than the data set's. */
const unlessSameUid: Rule = {
  needs: ["sop_instance_uid"],
  convert: (value, { get }) =>
    value === get("sop_instance_uid") ? absent : { value, warnings: ["sop-uid-meta-mismatch"] },
};

/** Union in the order of appearance; the sequence's numbers after those of the retired attribute. */
const unitePatientIds: Rule = {
  needs: ["other_patient_ids_in_sequence"],
  convert(value, { get }) {
    const all = [...textsOf(value), ...textsOf(get("other_patient_ids_in_sequence"))];
    return found([...new Set(all)].filter((text) => text !== "").join("\\") || null);
  },
};

/** Spacing at the detector says nothing of the patient; slices of MR, CT and PET have one of their own. */
const unlessTomographic: Rule = {
  needs: ["modality"],
  convert: (value, { get }) =>
    ["MR", "CT", "PT"].includes(String(get("modality"))) ? absent : found(value),
};

/** Most powerful generator in kW; larger numbers are in watts, as GE writes them. */
const mostKilowatts = 500;

const kilowatts: Rule = {
  convert(value) {
    const power = numberOf(value);
    return power === null || power <= mostKilowatts
      ? found(power)
      : { value: power / 1000, warnings: ["unit-assumed"] };
  },
};

/** Tiles are told of files that are none, so the image type has to agree. */
const tiles: Rule = {
  needs: ["image_type"],
  convert(value, { get }) {
    const tokens = tokensOf(get("image_type"));
    return tokens.includes("MOSAIC") || tokens.includes("VFRAME") ? found(numberOf(value)) : absent;
  },
};

/** `+HHMM` or `-HHMM`, -1200 to +1400 (PS3.3 §C.12.1.1.8). */
const timezoneOffset: Rule = {
  convert(value) {
    const text = String(value);
    const digits = text.slice(1);
    const isForm = text.length === 5 && [...digits].every((digit) => digit >= "0" && digit <= "9");
    const hours = Number(digits.slice(0, 2));
    const latest = text.startsWith("+") ? 14 : text.startsWith("-") ? 12 : -1;
    const minutes = Number(digits.slice(2));
    const isValid = isForm && minutes < 60 && hours * 60 + minutes <= latest * 60;
    return isValid ? found(text) : refused("value-invalid");
  },
};

export const generalRules = {
  "per-thousand": perThousand,
  "microseconds-to-seconds": microsecondsToSeconds,
  "first-number": firstNumber,
  "first-positive": firstPositive,
  "above-one": aboveOne,
  "several-distinct": severalDistinct,
  "join-by-plus": joinByPlus,
  "join-by-semicolon": joinBySemicolon,
  "date-of-datetime": dateOfDateTime,
  "time-of-datetime": timeOfDateTime,
  "unless-same-uid": unlessSameUid,
  "unite-patient-ids": unitePatientIds,
  "unless-tomographic": unlessTomographic,
  kilowatts,
  tiles,
  "timezone-offset": timezoneOffset,
} as const satisfies Readonly<Record<string, Rule>>;
