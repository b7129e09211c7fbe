/** The ways a conversion can end, and the values in what it is given. */
import type { ConversionResult, Value } from "#catalogue/conversion.ts";
import { formatNumber } from "#dicom/number.ts";

/** The element says nothing of the column. */
export const absent: ConversionResult = { value: null, isAbsent: true };

export const found = (value: Value): ConversionResult => (value === null ? absent : { value });

/** The value cannot be what the column holds; its raw text is kept. */
export const refused = (code: string): ConversionResult => ({ value: null, warnings: [code] });

/** Values of a text, or the one number as text. Empty ones are kept: place can carry meaning. */
export function textsOf(value: Value): string[] {
  return value === null || value === "" ? [] : String(value).split("\\");
}

/** Upper-cased, trimmed values. */
export const tokensOf = (value: Value): string[] =>
  textsOf(value).map((text) => text.trim().toUpperCase());

/** Numbers of a value; NaN where a part is none. */
export function numbersOf(value: Value): number[] {
  if (typeof value === "number") return [value];
  return textsOf(value).map((text) => (text.trim() === "" ? Number.NaN : Number(text)));
}

/** The first number, null where there is none. */
export function numberOf(value: Value): number | null {
  const first = numbersOf(value)[0];
  return first === undefined || !Number.isFinite(first) ? null : first;
}

export const joinNumbers = (numbers: readonly number[]): string =>
  numbers.map(formatNumber).join("\\");

/** Digits of `text` from `start` on as a number, with one point at most; null where there is none. */
export function digitsAt(text: string, start: number): number | null {
  let end = start;
  let hasPoint = false;
  while (end < text.length) {
    const character = text.charAt(end);
    if (character === "." && !hasPoint) hasPoint = true;
    else if (character < "0" || character > "9") break;
    end += 1;
  }
  const value = Number(text.slice(start, end));
  return end === start || !Number.isFinite(value) ? null : value;
}
