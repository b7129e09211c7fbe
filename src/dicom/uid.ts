/**
 * UIDs as identities (PS3.5 §9). Comparison is exact on the text that `parseUid` gives: zeros are not
 * stripped, because two archives that write `1.02` and `1.2` mean two objects.
 */
import type { Warn } from "./problem.ts";
import { trimSpaces } from "./spaces.ts";

/** Longest UID (PS3.5 §9.1). */
const LONGEST_CONFORMANT = 64;

/** Longest text taken for an identity: de-identifiers append to UIDs, and longer than twice is no UID. */
const LONGEST_USABLE = 128;

const DOT = 0x2e;
const ZERO = 0x30;
const TWO = 0x32;
const NINE = 0x39;

/**
 * The identity in the text of a UI, null if there is none: empty, longer than 128, or holding a blank
 * or a control character (U+FFFD included: `decodeText` leaves it where a UI had one).
 * A text that is no UID of the standard but can tell objects apart is returned with `uid-nonconformant`;
 * of several values the first is returned with `uid-multivalued`.
 */
export function parseUid(text: string, warn: Warn): string | null {
  const separator = text.indexOf("\\");
  const uid = trimSpaces(separator < 0 ? text : text.slice(0, separator));
  if (uid === "" || uid.length > LONGEST_USABLE || holdsUnusable(uid)) return null;
  if (separator >= 0 && hasValueAfter(text, separator)) warn("uid-multivalued");
  if (!isConformantUid(uid)) warn("uid-nonconformant");
  return uid;
}

/** `[0-2](\.(0|[1-9][0-9]*))+`, at most 64 characters. */
function isConformantUid(uid: string): boolean {
  if (uid.length > LONGEST_CONFORMANT) return false;
  const root = uid.charCodeAt(0);
  if (root < ZERO || root > TWO || uid.length < 3) return false;
  let index = 1;
  while (index < uid.length) {
    if (uid.charCodeAt(index) !== DOT) return false;
    const start = index + 1;
    index = start;
    while (index < uid.length && isDigit(uid.charCodeAt(index))) index++;
    const length = index - start;
    if (length === 0 || (length > 1 && uid.charCodeAt(start) === ZERO)) return false;
  }
  return true;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/** Is the UI one UID as the standard has it, up to its padding? `parseUid` takes the text as it is then. */
export function isPlainUid(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 3 || end - start > LONGEST_CONFORMANT) return false;
  const root = bytes[start] as number;
  if (root < ZERO || root > TWO) return false;
  let index = start + 1;
  while (index < end) {
    if (bytes[index] !== DOT) return false;
    const first = ++index;
    while (index < end && isDigit(bytes[index] as number)) index++;
    const length = index - first;
    if (length === 0 || (length > 1 && bytes[first] === ZERO)) return false;
  }
  return true;
}

/** Space, C0, DEL, C1, or the mark of a character that could not be kept. */
function holdsUnusable(uid: string): boolean {
  for (let index = 0; index < uid.length; index++) {
    const code = uid.charCodeAt(index);
    if (code <= 0x20 || (code >= 0x7f && code <= 0x9f) || code === 0xfffd) return true;
  }
  return false;
}

function hasValueAfter(text: string, separator: number): boolean {
  for (let index = separator; index < text.length; index++) {
    const character = text.charAt(index);
    if (character !== "\\" && character !== " " && character !== "\0") return true;
  }
  return false;
}
