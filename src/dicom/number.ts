/**
 * Numbers of DS and IS text and of the binary VRs (PS3.5 §6.2), and how numbers are written: as text
 * that is the same on every platform, for columns and for keys.
 */
import type { Warn } from "./problem.ts";
import { isPadding, trimSpaces } from "./spaces.ts";
import { splitValues } from "./text.ts";

const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const BACKSLASH = 0x5c;
const SPACE = 0x20;

/** Range of an IS (PS3.5 §6.2). */
const LOWEST_IS = -(2 ** 31);
const HIGHEST_IS = 2 ** 31 - 1;

/** Added before rounding to a quantum, so that a tie such as 2.345 at 0.01 goes away from zero. */
const TIE_TOLERANCE = 1e-6;

/** Significant digits that tell any two single precision numbers apart (IEEE 754). */
const SINGLE_PRECISION_DIGITS = 9;

/** Decimals of so many digits survive single precision, so none shorter needs to be tried. */
const SAFE_SINGLE_PRECISION_DIGITS = 6;

/** Below this, single precision is subnormal and holds fewer digits. */
const LOWEST_NORMAL_SINGLE = 2 ** -126;

/**
 * The number in one value of a DS, of any length. One comma without a dot is a decimal comma
 * (`number-comma`). Null and `number-invalid` for what is no number of the grammar, or infinite.
 */
export function parseDecimal(text: string, warn: Warn): number | null {
  const trimmed = trimSpaces(text);
  const value = readDecimal(trimmed);
  if (value !== null) return value;
  const comma = trimmed.indexOf(",");
  if (comma >= 0 && !trimmed.includes(".")) {
    const repaired = readDecimal(`${trimmed.slice(0, comma)}.${trimmed.slice(comma + 1)}`);
    if (repaired !== null) {
      warn("number-comma");
      return repaired;
    }
  }
  warn("number-invalid");
  return null;
}

/**
 * The numbers of a DS in order, null where a value is none. `expected`: how many the attribute has, null
 * if any number. Commas separate the values where there is no backslash and as many as expected result.
 */
export function parseDecimals(
  text: string,
  expected: number | null,
  warn: Warn,
): (number | null)[] {
  if (expected !== null && expected > 1 && !text.includes("\\")) {
    const values = text.split(",").map((part) => readDecimal(trimSpaces(part)));
    if (values.length === expected && !values.includes(null)) {
      warn("number-comma");
      return values;
    }
  }
  return splitValues(text).map((value) => parseDecimal(value, warn));
}

/** Digits that a whole number always holds exactly (IEEE 754). */
const EXACT_DIGITS = 15;

/**
 * The number in a DS or IS of one value that is written as plainly as nearly all are, `[-+]?digits[.digits]` within
 * padding and of at most 15 digits: what `parseDecimal` makes of its text, without one. NaN for any other.
 */
export function readPlainDecimal(bytes: Uint8Array, start: number, end: number): number {
  let last = end;
  while (last > start && isPadding(bytes[last - 1])) last--;
  let at = start;
  while (at < last && bytes[at] === SPACE) at++;
  const isNegative = bytes[at] === MINUS;
  if (isNegative || bytes[at] === PLUS) at++;
  let digits = 0;
  let value = 0;
  let decimals = -1; // digits behind the dot; -1 before it
  for (; at < last; at++) {
    const byte = bytes[at] as number;
    if (isDigit(byte)) {
      value = value * 10 + (byte - ZERO);
      digits++;
      if (decimals >= 0) decimals++;
    } else if (byte === DOT && decimals < 0) decimals = 0;
    else return Number.NaN;
  }
  if (digits === 0 || digits > EXACT_DIGITS) return Number.NaN;
  // Both are exact, so that their quotient is the double nearest to the decimal.
  const size = decimals > 0 ? value / (POWERS_OF_TEN[decimals] as number) : value;
  return isNegative && size !== 0 ? -size : size;
}

const POWERS_OF_TEN = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, power) => 10 ** power);

/**
 * Are the numbers of a DS, of any number of values, written as `formatNumber` writes them? Their text is the
 * column's then. False for long numbers and those with an exponent, though some would be.
 */
export function areShortestDecimals(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  for (;;) {
    const isNegative = bytes[at] === MINUS && at < end;
    if (isNegative) at++;
    const first = at;
    while (at < end && isDigit(bytes[at] as number)) at++;
    const whole = at - first;
    if (whole === 0 || (whole > 1 && bytes[first] === ZERO)) return false;
    let digits = whole;
    if (at < end && bytes[at] === DOT) {
      const fraction = ++at;
      while (at < end && isDigit(bytes[at] as number)) at++;
      if (at === fraction || bytes[at - 1] === ZERO) return false;
      digits += at - fraction;
      // Below a millionth `formatNumber` writes an exponent.
      if (bytes[first] === ZERO && digits > 7) return false;
    } else if (isNegative && bytes[first] === ZERO) return false;
    if (digits > EXACT_DIGITS) return false;
    if (at === end) return true;
    if (bytes[at] !== BACKSLASH) return false;
    at++;
  }
}

/**
 * The whole number in one value of an IS. A fraction of 0 is dropped; for another fraction the result is
 * null with `number-range`, and a column that may hold fractions reads the text by `parseDecimal`.
 * Beyond 32 bits `number-range`; null beyond ±(2⁵³ − 1), where numbers are no longer exact.
 */
export function parseInteger(text: string, warn: Warn): number | null {
  const value = parseDecimal(text, warn);
  if (value === null) return null;
  if (value < LOWEST_IS || value > HIGHEST_IS || !Number.isInteger(value)) warn("number-range");
  return Number.isSafeInteger(value) ? value : null;
}

/**
 * The numbers of a value of US SS UL SL UV SV FL FD or AT (a tag as 0xggggeeee), whole ones only; null
 * for NaN and infinity (`number-invalid`) and for 64 bits beyond ±(2⁵³ − 1) (`number-range`).
 * An FL is the shortest decimal of its single precision: 0.1, not 0.10000000149. Empty for other VRs.
 */
export function readBinaryNumbers(
  bytes: Uint8Array,
  start: number,
  end: number,
  vr: string,
  bigEndian: boolean,
  warn: Warn,
): (number | null)[] {
  const size = sizeOfNumber(vr);
  if (size === 0) return [];
  const written = readNumbersAsText(bytes, start, end);
  if (written !== null) {
    warn("number-as-text");
    return written;
  }
  const count = Math.floor(Math.max(0, end - start) / size);
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, count * size);
  const numbers: (number | null)[] = [];
  for (let index = 0; index < count; index++) {
    numbers.push(checkNumber(readNumber(view, index * size, vr, !bigEndian), vr, warn));
  }
  return numbers;
}

/**
 * Shortest decimal that reads back as the same number: no exponent for 1e-6 ≤ |x| < 1e15, otherwise
 * one such as `1.5e-7` or `1e+15`; no trailing zeros, no `.0`, no `-0`.
 */
export function formatNumber(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size >= 1e15 && size < 1e21 ? value.toExponential() : String(value);
}

/**
 * A number rounded to a multiple of `quantum` (above 0), ties away from zero, written with the fewest
 * decimals. For keys only: columns keep the number as it is.
 */
export function roundToQuantum(value: number, quantum: number): string {
  const quotient = Math.abs(value) / quantum;
  // Doubles of this size are further apart than the quantum.
  if (!(quotient < Number.MAX_SAFE_INTEGER)) return formatNumber(value);
  const multiple = Math.floor(quotient + 0.5 + TIE_TOLERANCE) * quantum;
  const size = Number(multiple.toFixed(countDecimals(quantum)));
  return formatNumber(value < 0 ? -size : size);
}

/**
 * `[+-]?(digits[.digits*]|.digits)([eEdD][+-]?digits)?` as a finite number, null for another text.
 * Fortran writes `1.5D3` for 1500.
 */
function readDecimal(text: string): number | null {
  let index = skipSign(text, 0);
  const whole = skipDigits(text, index);
  let digits = whole - index;
  index = whole;
  if (text.charCodeAt(index) === DOT) {
    const fraction = skipDigits(text, index + 1);
    digits += fraction - index - 1;
    index = fraction;
  }
  if (digits === 0) return null;
  if (index === text.length) return requireFinite(Number(text));
  if (!isExponentLetter(text.charAt(index))) return null;
  const exponent = skipSign(text, index + 1);
  const end = skipDigits(text, exponent);
  if (end === exponent || end !== text.length) return null;
  return requireFinite(Number(`${text.slice(0, index)}e${text.slice(index + 1)}`));
}

function skipSign(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code === PLUS || code === MINUS ? index + 1 : index;
}

function skipDigits(text: string, start: number): number {
  let index = start;
  while (isDigit(text.charCodeAt(index))) index++;
  return index;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

function isExponentLetter(letter: string): boolean {
  return letter === "e" || letter === "E" || letter === "d" || letter === "D";
}

/** The number with 0 for -0, null for NaN and infinity. */
function requireFinite(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  return value === 0 ? 0 : value;
}

/** Bytes of one number of a VR, 0 if the VR holds none. */
function sizeOfNumber(vr: string): 0 | 2 | 4 | 8 {
  switch (vr) {
    case "US":
    case "SS":
      return 2;
    case "UL":
    case "SL":
    case "FL":
    case "AT":
      return 4;
    case "UV":
    case "SV":
    case "FD":
      return 8;
    default:
      return 0;
  }
}

function readNumber(view: DataView, offset: number, vr: string, littleEndian: boolean): number {
  switch (vr) {
    case "US":
      return view.getUint16(offset, littleEndian);
    case "SS":
      return view.getInt16(offset, littleEndian);
    case "UL":
      return view.getUint32(offset, littleEndian);
    case "SL":
      return view.getInt32(offset, littleEndian);
    case "AT":
      return (
        view.getUint16(offset, littleEndian) * 0x1_0000 + view.getUint16(offset + 2, littleEndian)
      );
    case "FL":
      return shortenSingle(view.getFloat32(offset, littleEndian));
    case "FD":
      return view.getFloat64(offset, littleEndian);
    case "SV":
      return Number(view.getBigInt64(offset, littleEndian));
    default:
      return Number(view.getBigUint64(offset, littleEndian));
  }
}

function checkNumber(value: number, vr: string, warn: Warn): number | null {
  const finite = requireFinite(value);
  if (finite === null) {
    warn("number-invalid");
    return null;
  }
  if ((vr === "UV" || vr === "SV") && !Number.isSafeInteger(finite)) {
    warn("number-range");
    return null;
  }
  return finite;
}

/** The decimal of fewest digits that rounds to this single precision number. */
function shortenSingle(value: number): number {
  if (!Number.isFinite(value) || (Number.isInteger(value) && Math.abs(value) < 2 ** 24)) {
    return value;
  }
  const isNormal = Math.abs(value) >= LOWEST_NORMAL_SINGLE;
  const fewest = isNormal ? SAFE_SINGLE_PRECISION_DIGITS : 1;
  for (let digits = fewest; digits < SINGLE_PRECISION_DIGITS; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return shorter;
  }
  return Number(value.toPrecision(SINGLE_PRECISION_DIGITS));
}

/**
 * The numbers of a binary value into which a writer put text, null if it holds no such text. Two bytes
 * are never taken for text: `12` is also the US 12849, a likely pixel value.
 */
function readNumbersAsText(
  bytes: Uint8Array,
  start: number,
  end: number,
): (number | null)[] | null {
  if (end - start <= 2) return null;
  for (let index = start; index < end; index++) {
    if (!isNumberCharacter(bytes[index] as number)) return null;
  }
  let text = "";
  for (let index = start; index < end; index++) text += String.fromCharCode(bytes[index] as number);
  const numbers = splitValues(text).map(readDecimal);
  return numbers.length === 0 || numbers.includes(null) ? null : numbers;
}

function isNumberCharacter(byte: number): boolean {
  return (
    isDigit(byte) ||
    byte === DOT ||
    byte === PLUS ||
    byte === MINUS ||
    byte === SPACE ||
    byte === BACKSLASH ||
    byte === 0x45 ||
    byte === 0x65
  );
}

/** Decimals of a number as `formatNumber` writes it, exponent counted in; 100 at most, as `toFixed` has. */
function countDecimals(value: number): number {
  const [mantissa = "", exponent = "0"] = formatNumber(value).split("e");
  const dot = mantissa.indexOf(".");
  const decimals = dot < 0 ? 0 : mantissa.length - dot - 1;
  return Math.min(100, Math.max(0, decimals - Number(exponent)));
}
