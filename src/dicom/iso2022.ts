/**
 * Text of single-byte sets and of sets that escape sequences switch between (ISO 2022; PS3.5 §6.1.2.4
 * and §6.1.2.5). Works for one element; knows nothing of the names of sets.
 */
import {
  type Escape,
  escapes,
  type HighSet,
  type InitialSets,
  type LowSet,
} from "./character-sets.ts";
import { type Decoded, REPLACEMENT } from "./decoded.ts";

const TAB = 0x09;
const LF = 0x0a;
const FF = 0x0c;
const CR = 0x0d;
const ESC = 0x1b;
const EQUALS = 0x3d;
const BACKSLASH = 0x5c;
const CARET = 0x5e;
const TILDE = 0x7e;
const LOWEST_CODE = 0x21;
const LOWEST_HIGH_CODE = 0xa1;

/** How an element's bytes are to be read. */
export interface Iso2022Reading {
  /** The sets of value 1 of Specific Character Set. */
  readonly initial: InitialSets;
  /** Escape sequences switch sets; otherwise ESC is a byte like others. */
  readonly hasEscapes: boolean;
  /** 5C separates values: a backslash in the text, whatever the set shows for it, and a return to `initial`. */
  readonly separatesValues: boolean;
  /** `^` and `=` return to `initial`. */
  readonly isPersonName: boolean;
}

export interface Iso2022Decoded extends Decoded {
  /** Bytes above 7F came while no set was chosen for them; they are read as ISO 8859-1. */
  readonly hasAssumed: boolean;
  /** An escape character was met, where escapes were looked for. */
  readonly hasEscape: boolean;
}

/** Reads bytes start…end. Each byte without meaning becomes U+FFFD; an unknown escape loses its ESC. */
export function decodeIso2022(
  bytes: Uint8Array,
  start: number,
  end: number,
  reading: Iso2022Reading,
): Iso2022Decoded {
  const { initial } = reading;
  let low: LowSet = initial.low;
  let high: HighSet = initial.high;
  let text = "";
  let hasInvalid = false;
  let hasAssumed = false;
  let hasEscape = false;
  let index = start;
  while (index < end) {
    const byte = bytes[index] as number;
    if (byte === ESC && reading.hasEscapes) {
      const designation = findEscape(bytes, index + 1, end);
      hasEscape = true;
      if (designation === null) hasInvalid = true;
      else if ("low" in designation) low = designation.low;
      else high = designation.high;
      index += 1 + (designation?.sequence.length ?? 0);
      continue;
    }
    const set = byte < LOWEST_CODE || byte === 0x7f ? "ascii" : byte < 0x80 ? low : high;
    if (typeof set === "string") {
      const separates = byte === BACKSLASH && reading.separatesValues;
      text += set === "roman" && !separates ? romanCharacter(byte) : String.fromCharCode(byte);
      if (separates || endsSets(byte, reading.isPersonName)) ({ low, high } = initial);
      index++;
      continue;
    }
    if (set === null) {
      text += String.fromCharCode(byte);
      hasAssumed = true;
      index++;
      continue;
    }
    if (set.width === 1) {
      const character = set.find(byte);
      text += character ?? REPLACEMENT;
      if (character === null) hasInvalid = true;
      index++;
      continue;
    }
    const trail = index + 1 < end ? (bytes[index + 1] as number) : 0;
    if (!isPair(byte, trail)) {
      text += REPLACEMENT;
      hasInvalid = true;
      index++;
      continue;
    }
    const character = set.find(byte | 0x80, trail | 0x80);
    // Both bytes are spent even without a character: reading on from the second would lose step.
    text += character ?? REPLACEMENT + REPLACEMENT;
    if (character === null) hasInvalid = true;
    index += 2;
  }
  return { text, hasInvalid, hasAssumed, hasEscape };
}

/** The escape sequence that goes on at `index`, after its ESC. */
function findEscape(bytes: Uint8Array, index: number, end: number): Escape | null {
  return escapes.find(({ sequence }) => isAt(sequence, bytes, index, end)) ?? null;
}

function isAt(sequence: string, bytes: Uint8Array, index: number, end: number): boolean {
  if (index + sequence.length > end) return false;
  for (let offset = 0; offset < sequence.length; offset++) {
    if (bytes[index + offset] !== sequence.charCodeAt(offset)) return false;
  }
  return true;
}

function romanCharacter(byte: number): string {
  if (byte === BACKSLASH) return "¥";
  return byte === TILDE ? "‾" : String.fromCharCode(byte);
}

/** Whether the sets return to those of value 1 after this character (PS3.5 §6.1.2.5.3). */
function endsSets(byte: number, isPersonName: boolean): boolean {
  if (byte === TAB || byte === LF || byte === FF || byte === CR) return true;
  return isPersonName && (byte === CARET || byte === EQUALS);
}

/** Whether two bytes can be one code of a 94 × 94 set: both in its range, in the same half. */
function isPair(lead: number, trail: number): boolean {
  const lowest = lead < 0x80 ? LOWEST_CODE : LOWEST_HIGH_CODE;
  const highest = lead < 0x80 ? TILDE : 0xfe;
  return lead >= lowest && lead <= highest && trail >= lowest && trail <= highest;
}
