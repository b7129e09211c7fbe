/** Texts of TM to `HH:MM:SS` or `HH:MM:SS.ffffff` (PS3.5 §6.2), so that text sorts as time. */
import { isAllDigits, readDigits } from "./digits.ts";
import { readFirstValue } from "./first-value.ts";
import type { Warn } from "./problem.ts";

/** Digits of a fraction of a second that are kept: the standard has up to six. */
const FRACTION_DIGITS = 6;

/**
 * The first value of a TM as `HH:MM:SS`, with six more digits where the fraction is not zero; minutes
 * and seconds that are not written are 0. A leap second is the last microsecond before it (`time-leap`).
 * `time-form-old` for colons (ACR-NEMA), a missing dot or a fraction of more than six digits, which is cut.
 */
export function parseTime(text: string, warn: Warn): string | null {
  const value = readFirstValue(text);
  if (value === "") return null;
  const parts = splitTime(value);
  const time = parts === null ? null : formatClock(parts, warn);
  if (parts === null || time === null) {
    warn("time-invalid");
    return null;
  }
  if (parts.isOldForm) warn("time-form-old");
  return time;
}

/** What is written of a time, not yet checked against the clock. `fraction` is digits, maybe none. */
interface TimeParts {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly fraction: string;
  readonly isOldForm: boolean;
}

function splitTime(value: string): TimeParts | null {
  const dot = value.indexOf(".");
  const whole = dot < 0 ? value : value.slice(0, dot);
  const written = dot < 0 ? "" : value.slice(dot + 1);
  if (written !== "" && !isAllDigits(written)) return null;
  const hasColons = whole.charAt(2) === ":";
  const digits = hasColons ? dropColons(whole) : whole;
  if (digits === null || !isAllDigits(digits)) return null;
  if (dot >= 0 && digits.length !== 6) return null;
  const hasFractionWithoutDot = !hasColons && digits.length >= 7 && digits.length <= 12;
  if (!hasFractionWithoutDot && digits.length !== 2 && digits.length !== 4 && digits.length !== 6) {
    return null;
  }
  return {
    hour: readDigits(digits, 0, 2),
    minute: digits.length < 4 ? 0 : readDigits(digits, 2, 4),
    second: digits.length < 6 ? 0 : readDigits(digits, 4, 6),
    fraction: hasFractionWithoutDot ? digits.slice(6) : written,
    isOldForm:
      hasColons ||
      hasFractionWithoutDot ||
      written.length > FRACTION_DIGITS ||
      (dot >= 0 && written === ""),
  };
}

/** `HH:MM` or `HH:MM:SS` without the colons, null for another form. */
function dropColons(whole: string): string | null {
  if (whole.length === 5) return whole.slice(0, 2) + whole.slice(3);
  if (whole.length !== 8 || whole.charAt(5) !== ":") return null;
  return whole.slice(0, 2) + whole.slice(3, 5) + whole.slice(6);
}

/** Null if no clock shows this time. Second 60 is allowed in every minute: zones move the leap second. */
function formatClock(parts: TimeParts, warn: Warn): string | null {
  const { hour, minute, second } = parts;
  if (hour > 23 || minute > 59 || second > 60) return null;
  const start = `${twoDigits(hour)}:${twoDigits(minute)}:`;
  if (second === 60) {
    warn("time-leap");
    return `${start}59.999999`;
  }
  const fraction = parts.fraction.slice(0, FRACTION_DIGITS).padEnd(FRACTION_DIGITS, "0");
  const isWhole = readDigits(fraction, 0, FRACTION_DIGITS) === 0;
  return `${start}${twoDigits(second)}${isWhole ? "" : `.${fraction}`}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
