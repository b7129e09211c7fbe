/** Texts of DA to `YYYY-MM-DD` (PS3.5 §6.2). Only the calendar is checked: shifted dates are wanted. */
import { isCalendarDay, isCalendarMonth } from "./calendar.ts";
import { isAllDigits, readDigits } from "./digits.ts";
import { readFirstValue } from "./first-value.ts";
import type { Warn } from "./problem.ts";

/**
 * The first value of a DA as `YYYY-MM-DD`, null if it is no whole date of the calendar.
 * `date-form-old` for other ways to write a date (ACR-NEMA wrote `2013.04.22`) and for a DT;
 * `date-partial` for a year or a month; `date-invalid` for the rest.
 */
export function parseDate(text: string, warn: Warn): string | null {
  const value = readFirstValue(text);
  if (value === "") return null;
  if (value.length === 8) return parseDay(value, warn);
  if (isSeparatedDate(value)) {
    const date = parseDay(value.slice(0, 4) + value.slice(5, 7) + value.slice(8), warn);
    if (date !== null) warn("date-form-old");
    return date;
  }
  if (isDateTime(value)) {
    const date = parseDay(value.slice(0, 8), warn);
    if (date !== null) warn("date-form-old");
    return date;
  }
  warn(isPartialDate(value) ? "date-partial" : "date-invalid");
  return null;
}

/** Eight digits as a date; `date-invalid` and null if they are not one. */
export function parseDay(digits: string, warn: Warn): string | null {
  const year = readDigits(digits, 0, 4);
  const month = readDigits(digits, 4, 6);
  const day = readDigits(digits, 6, 8);
  if (isCalendarDay(year, month, day)) {
    return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;
  }
  warn("date-invalid");
  return null;
}

/** Whether a text is a year, or a year and a month, of the calendar: four or six digits. */
export function isPartialDate(text: string): boolean {
  if (text.length !== 4 && text.length !== 6) return false;
  return isCalendarMonth(readDigits(text, 0, 4), text.length === 4 ? 1 : readDigits(text, 4, 6));
}

/** `2013.04.22`, `2013-04-22` or `2013/04/22`. */
function isSeparatedDate(value: string): boolean {
  if (value.length !== 10) return false;
  const separator = value.charAt(4);
  return (
    (separator === "." || separator === "-" || separator === "/") && value.charAt(7) === separator
  );
}

/** Whether a value has the form of a DT with at least an hour; its time need not be one of the clock. */
function isDateTime(value: string): boolean {
  let end = value.length;
  const sign = value.charAt(end - 5);
  if (sign === "+" || sign === "-") {
    if (!isAllDigits(value.slice(end - 4))) return false;
    end -= 5;
  }
  const dot = value.indexOf(".");
  const digits = dot < 0 ? value.slice(0, end) : value.slice(0, Math.min(dot, end));
  const fraction = dot < 0 ? "0" : value.slice(dot + 1, end);
  return digits.length >= 10 && isAllDigits(digits) && isAllDigits(fraction);
}
