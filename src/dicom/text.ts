/**
 * Text of elements in canonical form: decoded, trimmed by the rules of its VR (PS3.5 §6.2) and fit for
 * any database. What a text means as a number, date or UID is left to other files.
 */
import { type Charset, defaultCharset, type TextKind } from "./charset.ts";
import { canonicalPersonName } from "./person-name.ts";
import type { Platform } from "./platform.ts";
import type { Warn } from "./problem.ts";
import { isPadding, trimSpaces } from "./spaces.ts";

/** Characters (code points) of a text that are kept; the rest is cut with `text-truncated`. */
const LONGEST_TEXT = 10_240;

const TAB = 0x09;
const LF = 0x0a;
const FF = 0x0c;
const CR = 0x0d;
const ESC = 0x1b;
const SPACE = 0x20;
const BACKSLASH = 0x5c;

/** How a VR's bytes become text. */
interface TextRule extends TextKind {
  /** The VR is in the character set of the data set; the others are ASCII (PS3.5 §6.1.2.2). */
  readonly usesCharset: boolean;
  readonly trimsStart: boolean;
  readonly isUid: boolean;
  /** Nothing but trimming is done to a value that is alone. */
  readonly isTrimmedAlone: boolean;
}

const NAMED_VALUES: TextRule = {
  separatesValues: true,
  isPersonName: false,
  usesCharset: true,
  trimsStart: true,
  isUid: false,
  isTrimmedAlone: true,
};
const CODED_VALUES: TextRule = { ...NAMED_VALUES, usesCharset: false };
const FREE_TEXT: TextRule = { ...NAMED_VALUES, separatesValues: false, trimsStart: false };

/** VRs that differ from LO, SH and UC. */
const RULES: ReadonlyMap<string, TextRule> = new Map([
  ["AE", CODED_VALUES],
  ["AS", CODED_VALUES],
  ["CS", CODED_VALUES],
  ["DA", CODED_VALUES],
  ["DS", CODED_VALUES],
  ["DT", CODED_VALUES],
  ["IS", CODED_VALUES],
  ["TM", CODED_VALUES],
  ["UI", { ...CODED_VALUES, isUid: true }],
  ["PN", { ...NAMED_VALUES, isPersonName: true, isTrimmedAlone: false }],
  ["LT", FREE_TEXT],
  ["ST", FREE_TEXT],
  ["UT", FREE_TEXT],
  ["UR", { ...FREE_TEXT, usesCharset: false }],
]);

/**
 * The text of bytes start…end of an element, null if nothing is left of it. Values are trimmed and
 * joined by `\`, empty ones at the end dropped; names are in canonical form. Control characters are
 * removed but TAB, LF and FF (CR becomes LF); in a UI each becomes U+FFFD, because without it the UID
 * would be another one. Unicode is in NFC and well-formed: no decoder gives a lone surrogate. An
 * unknown VR is read as LO.
 */
export function decodeText(
  bytes: Uint8Array,
  start: number,
  end: number,
  vr: string,
  charset: Charset,
  platform: Platform,
  warn: Warn,
): string | null {
  const rule = RULES.get(vr) ?? NAMED_VALUES;
  let first = start;
  let last = end;
  while (last > first && isPadding(bytes[last - 1])) last--;
  if (rule.trimsStart) while (first < last && bytes[first] === SPACE) first++;
  if (first >= last) return null;

  let allBits = 0;
  let hasControl = false;
  let hasEscape = false;
  let hasSeparator = false;
  for (let index = first; index < last; index++) {
    const byte = bytes[index] as number;
    allBits |= byte;
    if (byte === BACKSLASH) hasSeparator = true;
    if (byte < SPACE) {
      hasControl = true;
      if (byte === ESC) hasEscape = true;
    }
  }
  const set = rule.usesCharset ? charset : defaultCharset;
  const isAscii = allBits < 0x80 && (set === defaultCharset || (set.keepsAscii && !hasEscape));
  const raw = isAscii
    ? platform.latin1(bytes, first, last)
    : set.decode(bytes, first, last, rule, warn);
  // One value of plain characters was trimmed above.
  if (
    isAscii &&
    rule.isTrimmedAlone &&
    !hasControl &&
    !hasSeparator &&
    last - first <= LONGEST_TEXT
  ) {
    return raw;
  }
  const clean = !hasControl ? raw : rule.isUid ? markControls(raw) : removeControls(raw);
  return finishText(clean, rule, isAscii, warn);
}

/**
 * The values of a canonical text. Empty ones between others are kept, because place can carry meaning
 * (Image Type); those at the end are dropped.
 */
export function splitValues(text: string): string[] {
  if (!text.includes("\\")) {
    const value = trimSpaces(text);
    return value === "" ? [] : [value];
  }
  const values = text.split("\\").map(trimSpaces);
  while (values.at(-1) === "") values.pop();
  return values;
}

function finishText(clean: string, rule: TextRule, isAscii: boolean, warn: Warn): string | null {
  const text = isAscii ? shapeText(clean, rule) : shapeUnicode(clean, rule);
  if (text.length <= LONGEST_TEXT) return text === "" ? null : text;
  const cut = cutText(text);
  if (cut.length === text.length) return text;
  warn("text-truncated");
  const shaped = shapeText(cut, rule);
  return shaped === "" ? null : shaped;
}

/** Where trimming brings a combining character next to another one, they compose: hence the second turn. */
function shapeUnicode(text: string, rule: TextRule): string {
  const shaped = shapeText(text.normalize("NFC"), rule);
  const composed = shaped.normalize("NFC");
  return composed === shaped ? shaped : shapeText(composed, rule);
}

/** Applies the trimming of the VR to each value. */
function shapeText(text: string, rule: TextRule): string {
  if (!rule.separatesValues) return trimEnd(text);
  if (rule.isPersonName) return shapeNames(text);
  return needsTrimming(text) ? splitValues(text).join("\\") : text;
}

/** Cheaper than to split values that are trimmed, as nearly all are. */
function needsTrimming(text: string): boolean {
  return (
    text.startsWith(" ") ||
    text.endsWith(" ") ||
    text.endsWith("\\") ||
    text.includes(" \\") ||
    text.includes("\\ ")
  );
}

function shapeNames(text: string): string {
  if (!text.includes("\\")) return canonicalPersonName(text) ?? "";
  const names = text.split("\\").map((name) => canonicalPersonName(name) ?? "");
  while (names.at(-1) === "") names.pop();
  return names.join("\\");
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isPadding(text.charCodeAt(end - 1))) end--;
  return text.slice(0, end);
}

/** The text without C0 controls but TAB, LF and FF; each line ends with LF alone. */
function removeControls(text: string): string {
  let clean = "";
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === CR) {
      if (text.charCodeAt(index + 1) !== LF) clean += "\n";
    } else if (code >= SPACE || code === TAB || code === LF || code === FF) {
      clean += text.charAt(index);
    }
  }
  return clean;
}

/** The values of a UI without their padding, each control inside as U+FFFD. */
function markControls(text: string): string {
  let marked = "";
  for (const character of splitValues(text).join("\\")) {
    marked += character < " " ? "\ufffd" : character;
  }
  return marked;
}

/** The first code points of a text, as many as are kept. */
function cutText(text: string): string {
  let end = 0;
  for (let count = 0; count < LONGEST_TEXT && end < text.length; count++) {
    end += (text.codePointAt(end) as number) > 0xffff ? 2 : 1;
  }
  return text.slice(0, end);
}
