/**
 * Specific Character Set (0008,0005) (PS3.3 §C.12.1.1.2): from its terms to a decoder of the bytes of
 * one element. What is done with the text after that is left to text.ts.
 */

import { doubleByteIsoNumbers, type InitialSets, setsByIsoNumber } from "./character-sets.ts";
import type { Decoded } from "./decoded.ts";
import { isAllDigits } from "./digits.ts";
import { decodeGb18030 } from "./gb18030.ts";
import { decodeIso2022 } from "./iso2022.ts";
import type { Warn } from "./problem.ts";
import { decodeUtf8 } from "./utf8.ts";

/** What of an element matters to the decoder of its bytes. */
export interface TextKind {
  /** A backslash separates values; otherwise it is a character. */
  readonly separatesValues: boolean;
  readonly isPersonName: boolean;
}

/** Opaque: made by `parseCharset`, used by `decodeText`. */
export interface Charset {
  /** Bytes 00 to 7F, but ESC, are ASCII whatever stands around them. */
  readonly keepsAscii: boolean;
  /** Text of bytes start…end, with `\` between values where the kind has several. Never throws. */
  decode(bytes: Uint8Array, start: number, end: number, kind: TextKind, warn: Warn): string;
}

/** ASCII, the set where none is declared. Bytes above 7F are taken for UTF-8, else ISO 8859-1. */
export const defaultCharset: Charset = makeIso2022Charset({ low: "ascii", high: null }, false);

const utf8Charset: Charset = makeStatelessCharset(decodeUtf8);
const gb18030Charset: Charset = makeStatelessCharset(decodeGb18030);

/** What a term stands for: the number of a set, or an encoding that knows no other beside it. */
type Term =
  | { readonly kind: "iso"; readonly number: number; readonly hasEscapes: boolean }
  | { readonly kind: "stateless"; readonly charset: Charset };

/**
 * The character set of a data set, from the value of (0008,0005): terms separated by `\`, null if
 * absent. A term that is not known counts as absent (`charset-unknown`). Beside UTF-8, GB18030 or GBK
 * as the first term others have no meaning, and those three have none further on. Parse once per text.
 */
export function parseCharset(terms: string | null, warn: Warn): Charset {
  const names = (terms ?? "").split("\\").map(normalizeTerm);
  while (names.at(-1) === "") names.pop();
  const parsed = names.map((name) => (name === "" ? null : parseTerm(name)));
  parsed.forEach((term, index) => {
    if (term === null && names[index] !== "") warn("charset-unknown");
  });
  const first = parsed[0] ?? null;
  if (first?.kind === "stateless") return first.charset;
  const hasEscapes =
    names.length > 1 || parsed.some((term) => term?.kind === "iso" && term.hasEscapes);
  const initial = first === null ? undefined : setsByIsoNumber.get(first.number);
  if (initial === undefined && !hasEscapes) return defaultCharset;
  return makeIso2022Charset(initial ?? { low: "ascii", high: null }, hasEscapes);
}

/** Capitals and digits of a term: `ISO-IR 100`, `ISO_IR100` and `iso ir 100` are the same. */
function normalizeTerm(term: string): string {
  let name = "";
  for (const character of term.toUpperCase()) {
    if ((character >= "A" && character <= "Z") || (character >= "0" && character <= "9")) {
      name += character;
    }
  }
  return name;
}

function parseTerm(name: string): Term | null {
  if (name === "UTF8") return { kind: "stateless", charset: utf8Charset };
  if (name === "GB18030" || name === "GBK") return { kind: "stateless", charset: gb18030Charset };
  const prefix = ["ISO2022IR", "ISO2022", "ISOIR"].find((start) => name.startsWith(start));
  if (prefix === undefined) return null;
  const digits = name.slice(prefix.length);
  const number = isAllDigits(digits) ? Number(digits) : 0;
  if (number === 192) return { kind: "stateless", charset: utf8Charset };
  if (!setsByIsoNumber.has(number)) return null;
  return {
    kind: "iso",
    number,
    hasEscapes: prefix !== "ISOIR" || doubleByteIsoNumbers.has(number),
  };
}

function makeIso2022Charset(initial: InitialSets, hasEscapes: boolean): Charset {
  return {
    keepsAscii: initial.low === "ascii",
    decode(bytes, start, end, kind, warn) {
      const decoded = decodeIso2022(bytes, start, end, { ...kind, initial, hasEscapes });
      const { text, hasInvalid, hasAssumed, hasEscape } = decoded;
      if ((hasInvalid || hasAssumed) && !hasEscape) {
        const utf8 = decodeUtf8(bytes, start, end);
        if (!utf8.hasInvalid) {
          warn("charset-assumed");
          return utf8.text;
        }
      }
      if (hasAssumed) warn("charset-assumed");
      if (hasInvalid) warn("charset-invalid-bytes");
      return text;
    },
  };
}

function makeStatelessCharset(
  decode: (bytes: Uint8Array, start: number, end: number) => Decoded,
): Charset {
  return {
    keepsAscii: true,
    decode(bytes, start, end, _kind, warn) {
      const { text, hasInvalid } = decode(bytes, start, end);
      if (!hasInvalid) return text;
      const utf8 = decodeUtf8(bytes, start, end);
      if (!utf8.hasInvalid) {
        warn("charset-assumed");
        return utf8.text;
      }
      warn("charset-invalid-bytes");
      return text;
    },
  };
}
