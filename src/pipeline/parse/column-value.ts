/**
 * One value from the bytes of one element, decoded by the type of the column it is for. What cannot be
 * understood gives null with a warning; it never throws.
 */
import type { Column, ColumnType } from "#catalogue/column.ts";
import type { Charset } from "#dicom/charset.ts";
import { parseDate } from "#dicom/date.ts";
import { parseDateTime, splitDateTime } from "#dicom/date-time.ts";
import {
  areShortestDecimals,
  formatNumber,
  parseDecimals,
  parseInteger,
  readBinaryNumbers,
  readPlainDecimal,
} from "#dicom/number.ts";
import type { Platform } from "#dicom/platform.ts";
import type { Warn } from "#dicom/problem.ts";
import { isPadding } from "#dicom/spaces.ts";
import { decodeText, splitValues } from "#dicom/text.ts";
import { parseTime } from "#dicom/time.ts";
import { isPlainUid, parseUid } from "#dicom/uid.ts";

export type ColumnValue = string | number | null;

/** The element that a value is read from. */
export interface ElementBytes {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly vr: string;
  readonly isBigEndian: boolean;
  readonly charset: Charset;
  readonly platform: Platform;
}

/** VRs whose values are binary numbers (PS3.5 §6.2). */
const binaryVrs: ReadonlySet<string> = new Set("US SS UL SL UV SV FL FD AT".split(" "));

/** VRs of bytes that a text may hide in, read as LO. */
const byteVrs: ReadonlySet<string> = new Set(["OB", "UN", "OW"]);

/** Text of the element as it stands. */
export function readText(element: ElementBytes, warn: Warn): string | null {
  const { bytes, start, end, vr, isBigEndian, charset, platform } = element;
  if (binaryVrs.has(vr)) {
    const numbers = readBinaryNumbers(bytes, start, end, vr, isBigEndian, ignore);
    return numbers.length === 0
      ? null
      : numbers.map((number) => (number === null ? "" : formatNumber(number))).join("\\");
  }
  return decodeText(bytes, start, end, byteVrs.has(vr) ? "LO" : vr, charset, platform, warn);
}

/**
 * Decodes an element as a type. `count`: number of values where it is fixed; `zone`: the data set's
 * (0008,0201), which date-times without one take.
 */
export function readColumnValue(
  type: ColumnType,
  count: number | null,
  element: ElementBytes,
  zone: string | null,
  warn: Warn,
): ColumnValue {
  const plain = readPlain(type, element);
  if (plain !== undefined) return plain;
  switch (type) {
    case "text":
    case "name":
    case "texts":
      return readText(element, warn);
    case "code":
    case "codes":
      return readText(element, warn)?.toUpperCase() ?? null;
    case "uid":
      return parse(element, (text) => parseUid(text, warn));
    case "integer":
      return readInteger(element, warn);
    case "real":
      return readNumbers(element, count, warn)[0] ?? null;
    case "reals":
      return joinNumbers(readNumbers(element, count, warn));
    case "date":
      return parse(element, (text) =>
        element.vr === "DT" ? splitDateTime(text, warn).date : parseDate(text, warn),
      );
    case "time":
      return parse(element, (text) =>
        element.vr === "DT" ? splitDateTime(text, warn).time : parseTime(text, warn),
      );
    case "datetime":
      return parse(element, (text) => parseDateTime(text, zone, warn));
  }
}

/**
 * The value of a UI, DS or IS that is written as nearly all are, from its bytes: a third of what it takes by way of
 * its text and parts. Undefined for any other, which is read as usual.
 */
function readPlain(type: ColumnType, element: ElementBytes): ColumnValue | undefined {
  const { bytes, start, vr, platform } = element;
  if (vr === "DS" || vr === "IS") {
    if (type === "real" || type === "integer") {
      const number = readPlainDecimal(bytes, start, element.end);
      if (Number.isNaN(number)) return undefined;
      return type === "real" || isPlainInteger(number) ? number : undefined;
    }
    if (type !== "reals") return undefined;
    const end = trimPadding(bytes, start, element.end);
    if (end - start > longestPlain) return undefined; // a text is cut somewhere
    return areShortestDecimals(bytes, start, end) ? platform.latin1(bytes, start, end) : undefined;
  }
  if (vr !== "UI" || type !== "uid") return undefined;
  const end = trimPadding(bytes, start, element.end);
  return isPlainUid(bytes, start, end) ? platform.latin1(bytes, start, end) : undefined;
}

/** Bytes of a list that is read plainly. */
const longestPlain = 1_024;

/** No warning is due of it. */
function isPlainInteger(number: number): boolean {
  return number === (number | 0);
}

function trimPadding(bytes: Uint8Array, start: number, end: number): number {
  let last = end;
  while (last > start && isPadding(bytes[last - 1])) last--;
  return last;
}

function parse(element: ElementBytes, read: (text: string) => string | null): string | null {
  const text = readText(element, ignore);
  return text === null ? null : read(text);
}

function readNumbers(element: ElementBytes, count: number | null, warn: Warn): (number | null)[] {
  const { bytes, start, end, vr, isBigEndian } = element;
  if (binaryVrs.has(vr)) return readBinaryNumbers(bytes, start, end, vr, isBigEndian, warn);
  const text = readText(element, ignore);
  return text === null ? [] : parseDecimals(text, count, warn);
}

/** First value as a whole number; a fraction is no integer and costs the value. */
function readInteger(element: ElementBytes, warn: Warn): number | null {
  const { bytes, start, end, vr, isBigEndian } = element;
  if (binaryVrs.has(vr)) {
    return readBinaryNumbers(bytes, start, end, vr, isBigEndian, warn)[0] ?? null;
  }
  const text = readText(element, ignore);
  const first = text === null ? undefined : splitValues(text)[0];
  return first === undefined || first === "" ? null : parseInteger(first, warn);
}

/** A list is valid as a whole or not at all: a position that lacks a number is none. */
function joinNumbers(numbers: readonly (number | null)[]): string | null {
  if (numbers.length === 0 || numbers.includes(null)) return null;
  return numbers.map((number) => formatNumber(number as number)).join("\\");
}

/** Checks limits and number of values of a decoded and converted value; null where it breaks them. */
export function checkValue(column: Column, value: ColumnValue, warn: Warn): ColumnValue {
  if (value === null) return null;
  if (typeof value === "number") return checkLimits(column, value, warn) ? value : null;
  if (column.type !== "reals") return value;
  if (column.count !== undefined && countValues(value) !== column.count) {
    warn("value-count");
    return null;
  }
  if (column.limits === undefined) return value;
  const numbers = value.split("\\").map(Number);
  return numbers.every((number) => checkLimits(column, number, warn)) ? value : null;
}

function countValues(value: string): number {
  let count = 1;
  for (let at = value.indexOf("\\"); at >= 0; at = value.indexOf("\\", at + 1)) count += 1;
  return count;
}

function checkLimits({ limits }: Column, value: number, warn: Warn): boolean {
  if (limits === undefined) return true;
  if (value === 0 && limits.zeroIsNull === true) return false;
  const { min, max, above } = limits;
  const isTooSmall = min !== undefined && (above === true ? value <= min : value < min);
  if (!isTooSmall && (max === undefined || value <= max)) return true;
  warn("value-out-of-range");
  return false;
}

const ignore: Warn = () => undefined;
