const NUL = 0x00;
const SPACE = 0x20;

/** Text without leading spaces and without trailing spaces and NULs, the two paddings of PS3.5 §6.2. */
export function trimSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (end > 0 && isPadding(text.charCodeAt(end - 1))) end--;
  while (start < end && text.charCodeAt(start) === SPACE) start++;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** Whether a byte or character code pads the end of a value: space, or NUL. */
export function isPadding(code: number | undefined): boolean {
  return code === SPACE || code === NUL;
}
