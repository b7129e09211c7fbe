const ZERO = 0x30;

/** Number written by the digits at `start` to `end`, or -1 if one of them is no digit. */
export function readDigits(text: string, start: number, end: number): number {
  if (end > text.length) return -1;
  let value = 0;
  for (let index = start; index < end; index++) {
    const digit = text.charCodeAt(index) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Whether a text is not empty and made of the digits 0 to 9 only. */
export function isAllDigits(text: string): boolean {
  return text !== "" && readDigits(text, 0, text.length) >= 0;
}
