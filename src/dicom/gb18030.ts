import { makeDoubleByteSet } from "./character-set.ts";
import { type Decoded, REPLACEMENT } from "./decoded.ts";

const pairs = makeDoubleByteSet("gb18030");
let decoder: TextDecoder | undefined;

/**
 * Text of GB18030, of which GBK is a part: codes of one, two and four bytes, without escapes. A byte
 * below 80 after a leading byte belongs to its code, even 5C, so values are separated after this.
 */
export function decodeGb18030(bytes: Uint8Array, start: number, end: number): Decoded {
  let text = "";
  let hasInvalid = false;
  let index = start;
  while (index < end) {
    const lead = bytes[index] as number;
    if (lead < 0x80) {
      text += String.fromCharCode(lead);
      index++;
      continue;
    }
    const pair = index + 1 < end ? pairs.find(lead, bytes[index + 1] as number) : null;
    const character = pair ?? findFourByteCharacter(bytes, index, end);
    text += character ?? REPLACEMENT;
    if (character === null) hasInvalid = true;
    index += pair !== null ? 2 : character !== null ? 4 : 1;
  }
  return { text, hasInvalid };
}

/** The character of a code such as 81 30 81 30, null if none begins at `index`. */
function findFourByteCharacter(bytes: Uint8Array, index: number, end: number): string | null {
  if (index + 4 > end) return null;
  const isCode =
    isFourByteLead(bytes[index]) &&
    isDigit(bytes[index + 1]) &&
    isFourByteLead(bytes[index + 2]) &&
    isDigit(bytes[index + 3]);
  if (!isCode) return null;
  decoder ??= new TextDecoder("gb18030", { ignoreBOM: true });
  const text = decoder.decode(bytes.slice(index, index + 4));
  return text === REPLACEMENT || [...text].length !== 1 ? null : text;
}

function isFourByteLead(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x81 && byte <= 0xfe;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
