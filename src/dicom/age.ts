import { isAllDigits } from "./digits.ts";
import { readFirstValue } from "./first-value.ts";
import type { Warn } from "./problem.ts";

const DAYS_PER_YEAR = 365.25;

/**
 * Years in the first value of an AS, `nnnD`, `nnnW`, `nnnM` or `nnnY` (PS3.5 §6.2); fewer digits and a
 * small letter are accepted. Null and `number-invalid` for another text: without its unit an age is no age.
 */
export function parseAgeYears(text: string, warn: Warn): number | null {
  const value = readFirstValue(text);
  if (value === "") return null;
  const digits = value.slice(0, -1);
  const isCount = digits.length <= 3 && isAllDigits(digits);
  const years = isCount ? convertToYears(Number(digits), value.charAt(digits.length)) : null;
  if (years === null) warn("number-invalid");
  return years;
}

function convertToYears(count: number, unit: string): number | null {
  switch (unit.toUpperCase()) {
    case "Y":
      return count;
    case "M":
      return count / 12;
    case "W":
      return (count * 7) / DAYS_PER_YEAR;
    case "D":
      return count / DAYS_PER_YEAR;
    default:
      return null;
  }
}
