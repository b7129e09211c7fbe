/** Text of values and keys: the alphabet of keys, and what happens to text outside of it. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

const LONGEST_KEY = 255;
const CUT_KEY = 240;

/**
 * Text of a value in a key: trimmed, upper case, characters outside `A-Z 0-9 . + _ / ~ -` replaced by `_`.
 * If that changed more than case, a digest of the original follows, so that two originals cannot meet.
 */
export function valueText(original: string): string {
  const trimmed = original.trim();
  // Only a–z: toUpperCase would make ß and ss one.
  const upper = trimmed.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
  const plain = upper.replace(/[^A-Z0-9.+_/~-]/gu, "_");
  return plain === upper ? plain : `${plain}~${digest(trimmed, 6)}`;
}

/** A key as stored: longer than 255 characters, it is cut to 240 and ends in a digest of the whole. */
export function limitKey(key: string): string {
  return key.length <= LONGEST_KEY ? key : `${key.slice(0, CUT_KEY)}~${digest(key, 12)}`;
}

const digest = (text: string, digits: number): string =>
  bytesToHex(sha256(utf8ToBytes(text)))
    .slice(0, digits)
    .toUpperCase();
