/** Text that a spreadsheet would take for a formula when it opens a CSV file (OWASP, "CSV injection"). */
const FORMULA_START = /^[=+\-@\t\r]/;

/** A number, or numbers joined by backslashes: what begins with a sign and is none the worse for it. */
const NUMBERS = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?:\\[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)*$/i;

/** The text with an apostrophe in front where a spreadsheet would compute it. */
export function makeSpreadsheetSafe(text: string): string {
  return FORMULA_START.test(text) && !NUMBERS.test(text) ? `'${text}` : text;
}
