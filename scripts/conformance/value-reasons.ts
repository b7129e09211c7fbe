/**
 * Why a value that we store may differ from what another program's reading leads to: each difference has one of
 * these reasons, or is a fault.
 */
import { columnByName } from "#catalogue/catalogue.ts";
import type { Difference } from "./compare-values.ts";

export interface ValueReason {
  readonly name: string;
  /** In one sentence, for the pages. */
  readonly about: string;
  explains(difference: Difference): boolean;
}

const typeOf = (difference: Difference): string | undefined =>
  columnByName(difference.column)?.type;

const isColumn =
  (...names: string[]) =>
  (difference: Difference): boolean =>
    names.includes(difference.column);

const numbersOf = (text: string): number[] => text.split("\\").map(Number);

/** The numbers that are written in numbers of 16 bits, two characters in each, little endian. */
function readDigits(numbers: readonly number[]): string {
  const text = numbers.map((number) => String.fromCharCode(number & 0xff, number >> 8)).join("");
  return text.split("\\").map(Number).join("\\");
}

/** Are the vectors the same but for their length and the angle between them? */
function isNormalized({ ours, theirs }: Difference): boolean {
  const [a, b] = [numbersOf(String(ours)), numbersOf(theirs)];
  return a.length === b.length && a.every((part, at) => Math.abs(part - (b[at] ?? 0)) < 1e-3);
}

/** Two vectors of length 1 at a right angle, to a twentieth. */
function isOrientation(theirs: string): boolean {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbersOf(theirs);
  const isUnit = (x: number, y: number, z: number): boolean =>
    Math.abs(Math.hypot(x, y, z) - 1) <= 0.05;
  return isUnit(a, b, c) && isUnit(d, e, f) && Math.abs(a * d + b * e + c * f) <= 0.05;
}

/** YYYY-MM-DD that the calendar has. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function isOutsideLimits({ column, ours, theirs }: Difference): boolean {
  const { min, max, above } = columnByName(column)?.limits ?? {};
  const isOutside = (number: number): boolean =>
    (min !== undefined && (above === true ? number <= min : number < min)) ||
    (max !== undefined && number > max);
  return ours === null && theirs !== "" && numbersOf(theirs).some(isOutside);
}

/** As much as the rounding of a number to single precision can make. */
function isAlmost({ ours, theirs }: Difference): boolean {
  return typeof ours === "number" && Math.abs(ours - Number(theirs)) <= Math.abs(ours) * 2 ** -23;
}

const isControl = (character: string): boolean => character < " " || character === "\x7f";

export const valueReasons: readonly ValueReason[] = [
  {
    name: "old date form",
    about:
      "Dates with dots or dashes (ACR-NEMA) are read as dates; the others give them as written.",
    explains: (d) => typeOf(d) === "date" && d.ours === d.theirs.replaceAll(/[./]/g, "-"),
  },
  {
    name: "impossible date",
    about: "What is no day of the calendar is null, with its text kept as raw value.",
    explains: (d) => typeOf(d) === "date" && d.ours === null && !isDay(d.theirs),
  },
  {
    name: "old time form",
    about: "Times with colons are read as times; the others give them as written.",
    explains: (d) =>
      typeOf(d) === "time" && String(d.ours).replace(/(\.\d*?)0+$/, "$1") === d.theirs,
  },
  {
    name: "zero stands for nothing",
    about:
      "Zero is a sentinel in quantities that cannot be zero: null, with its text kept as raw value.",
    explains: (d) =>
      d.ours === null &&
      d.theirs !== "" &&
      Number(d.theirs) === 0 &&
      columnByName(d.column)?.limits?.zeroIsNull === true,
  },
  {
    name: "outside its limits",
    about: "A value that no scanner can mean is null, with its text kept as raw value.",
    explains: isOutsideLimits,
  },
  {
    name: "orientation normalised",
    about: "Orientation vectors are brought to length 1 and a right angle, to ten decimals.",
    explains: (d) => isColumn("image_orientation_patient")(d) && isNormalized(d),
  },
  {
    name: "orientation invalid",
    about: "Vectors that are all zero or not at a right angle are no orientation: null.",
    explains: (d) =>
      isColumn("image_orientation_patient")(d) && d.ours === null && !isOrientation(d.theirs),
  },
  {
    name: "empty components of a name",
    about: "Trailing empty components and groups of a person's name are dropped.",
    explains: (d) =>
      typeOf(d) === "name" &&
      d.theirs.replaceAll(/\^+(?==|$)/g, "").replace(/=+$/, "") === (d.ours ?? ""),
  },
  {
    name: "escapes of ISO 2022",
    about: "Escape sequences to GB 2312 are followed; pydicom 2 leaves them in the text.",
    explains: (d) => typeOf(d) === "name" && d.theirs.includes("$)A"),
  },
  {
    name: "sex not of the standard",
    about: "Letters other than those of M, F and O give null, with the text kept as raw value.",
    explains: (d) =>
      isColumn("patient_sex")(d) &&
      d.ours === null &&
      !/^(M|F|O|MALE|FEMALE|OTHER)$/.test(d.theirs),
  },
  {
    name: "text in a binary VR",
    about: "Digits written as text into a binary value are read as the numbers they show.",
    // Two digits or spaces, read as one number of 16 bits.
    explains: (d) =>
      isColumn("acquisition_matrix")(d) &&
      numbersOf(d.theirs).every((number) => number >= 0x2020 && number < 0x7f7f) &&
      readDigits(numbersOf(d.theirs)) === String(d.ours),
  },
  {
    name: "control characters",
    about:
      "Line ends in text are one line feed, and other control characters are dropped, so that text is the same on every system.",
    explains: (d) =>
      d.theirs.replaceAll(/\r\n?/g, "\n") === d.ours ||
      (d.ours === null && d.theirs !== "" && [...d.theirs].every(isControl)),
  },
  {
    name: "repeated element",
    about:
      "Of an element that stands twice in a data set the first is taken; pydicom takes the last.",
    explains: (d) => d.path.endsWith("FreezePattern.dcm") && d.column === "acquisition_time",
  },
  {
    name: "VR of two spaces",
    about:
      "An element whose VR is two spaces is read as explicit VR with the VR of the dictionary, as dcmdump does; pydicom falls back to implicit VR and loses what follows.",
    explains: (d) => d.path.endsWith("GH179A.dcm") && d.theirs === "",
  },
  {
    name: "single precision",
    about:
      "A single precision number is stored as the shortest decimal that stands for it, and converted from that; the others widen it.",
    explains: isAlmost,
  },
];

/** The first reason that explains a difference; undefined for a fault of ours. */
export function explain(difference: Difference): ValueReason | undefined {
  return valueReasons.find((reason) => reason.explains(difference));
}
