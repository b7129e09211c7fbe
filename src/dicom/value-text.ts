/** Short texts that the walk through a header needs for itself: UIDs, character sets. */
import type { HeaderWindow } from "./header-window.ts";

/** Bytes of a value that are read at most. */
export const LONGEST_TEXT = 1024;

/** Whether a value is `text`, a byte of padding aside. Makes no string: most files of an archive say the same. */
export function spells(
  window: HeaderWindow,
  position: number,
  length: number,
  text: string,
): boolean {
  if (length < text.length || length > text.length + 1 || !window.cover(position, length)) {
    return false;
  }
  const { view } = window;
  const at = position - window.base;
  for (let index = 0; index < text.length; index++) {
    if (view[at + index] !== text.charCodeAt(index)) return false;
  }
  const last = view[at + text.length];
  return length === text.length || last === 0 || last === 0x20;
}

/** Text of a value, each byte one character, as far as the bytes are there. */
export function readText(window: HeaderWindow, position: number, length: number): string {
  const bytes = Math.min(length, LONGEST_TEXT);
  window.cover(position, bytes);
  const at = position - window.base;
  const end = Math.min(at + bytes, window.end - window.base);
  let text = "";
  for (let index = at; index < end; index++) {
    text += String.fromCharCode(window.view[index] as number);
  }
  return text;
}
