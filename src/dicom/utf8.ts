import { type Decoded, REPLACEMENT } from "./decoded.ts";

/** Text of UTF-8 (RFC 3629). Each byte that belongs to no valid sequence becomes one U+FFFD. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): Decoded {
  let text = "";
  let hasInvalid = false;
  let index = start;
  while (index < end) {
    const length = lengthOfSequence(bytes, index, end);
    text += length === 0 ? REPLACEMENT : String.fromCodePoint(readSequence(bytes, index, length));
    if (length === 0) hasInvalid = true;
    index += length || 1;
  }
  return { text, hasInvalid };
}

/** Bytes of the sequence at `index`, 0 if it is cut, overlong, a surrogate or above U+10FFFF. */
function lengthOfSequence(bytes: Uint8Array, index: number, end: number): number {
  const lead = bytes[index] as number;
  if (lead < 0x80) return 1;
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (index + length > end) return 0;
  for (let next = 1; next < length; next++) {
    if (((bytes[index + next] as number) & 0xc0) !== 0x80) return 0;
  }
  return isWellFormed(lead, bytes[index + 1] as number) ? length : 0;
}

/** The second bytes that RFC 3629 §4 leaves out after four of the leading bytes. */
function isWellFormed(lead: number, second: number): boolean {
  switch (lead) {
    case 0xe0:
      return second >= 0xa0;
    case 0xed:
      return second < 0xa0;
    case 0xf0:
      return second >= 0x90;
    case 0xf4:
      return second < 0x90;
    default:
      return true;
  }
}

function readSequence(bytes: Uint8Array, index: number, length: number): number {
  const lead = bytes[index] as number;
  if (length === 1) return lead;
  let code = lead & (0x7f >> length);
  for (let next = 1; next < length; next++) {
    code = (code << 6) | ((bytes[index + next] as number) & 0x3f);
  }
  return code;
}
