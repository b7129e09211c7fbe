/** Texts of DT (PS3.5 §6.2): `YYYYMMDDHHMMSS.FFFFFF&ZZXX`, where all after the year may be left out. */

import { isPartialDate, parseDay } from "./date.ts";
import { isAllDigits, readDigits } from "./digits.ts";
import { readFirstValue } from "./first-value.ts";
import type { Warn } from "./problem.ts";
import { trimSpaces } from "./spaces.ts";
import { parseTime } from "./time.ts";

/** Offsets from UTC in hours and minutes as one number, -1200 to +1400 (PS3.5 §6.2). */
const LOWEST_OFFSET = -1200;
const HIGHEST_OFFSET = 1400;

/**
 * The first value of a DT as `YYYY-MM-DDTHH:MM:SS[.ffffff][±HH:MM]`, never converted to UTC; null
 * without a day (`date-partial`) or with a day or time that do not exist. A DT that ends at the day is
 * `YYYY-MM-DD`: no time is invented, and a zone says nothing without one. Without a suffix the zone is
 * `timezoneOffset`, (0008,0201) as written, if valid. A suffix out of range costs the zone only (`time-invalid`).
 */
export function parseDateTime(
  text: string,
  timezoneOffset: string | null,
  warn: Warn,
): string | null {
  const { wallClock, suffix } = splitSuffix(readFirstValue(text));
  const { date, time } = parseWallClock(wallClock, warn);
  if (date === null) return null;
  if (time === null) return wallClock.length > 8 ? null : date;
  if (suffix === null) return `${date}T${time}${formatOffset(trimSpaces(timezoneOffset ?? ""))}`;
  const zone = formatOffset(suffix);
  if (zone === "") warn("time-invalid");
  return `${date}T${time}${zone}`;
}

/** Date and time of the wall clock of a DT's first value, as `parseDate` and `parseTime` give them. */
export function splitDateTime(
  text: string,
  warn: Warn,
): { date: string | null; time: string | null } {
  return parseWallClock(splitSuffix(readFirstValue(text)).wallClock, warn);
}

function parseWallClock(
  wallClock: string,
  warn: Warn,
): { date: string | null; time: string | null } {
  if (wallClock === "") return { date: null, time: null };
  if (wallClock.length < 8) {
    warn(isPartialDate(wallClock) ? "date-partial" : "date-invalid");
    return { date: null, time: null };
  }
  const date = parseDay(wallClock.slice(0, 8), warn);
  if (date === null || wallClock.length === 8) return { date, time: null };
  return { date, time: parseTime(wallClock.slice(8), warn) };
}

/** Parts a value at the sign of its zone; `suffix` is null if there is no sign. */
function splitSuffix(value: string): { wallClock: string; suffix: string | null } {
  const sign = Math.max(value.lastIndexOf("+"), value.lastIndexOf("-"));
  if (sign < 0) return { wallClock: value, suffix: null };
  return { wallClock: trimSpaces(value.slice(0, sign)), suffix: value.slice(sign) };
}

/** `±ZZXX` as `±HH:MM`, empty if it is no valid offset. The unknown offset -0000 is +00:00. */
function formatOffset(offset: string): string {
  const sign = offset.charAt(0);
  const digits = offset.slice(1);
  if ((sign !== "+" && sign !== "-") || digits.length !== 4 || !isAllDigits(digits)) return "";
  const size = readDigits(digits, 0, 4);
  const signed = sign === "-" ? -size : size;
  if (signed < LOWEST_OFFSET || signed > HIGHEST_OFFSET || size % 100 > 59) return "";
  return `${size === 0 ? "+" : sign}${digits.slice(0, 2)}:${digits.slice(2)}`;
}
