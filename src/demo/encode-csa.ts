/**
 * Siemens CSA headers, second form (`SV10`): names with text values inside an element of the creator
 * `SIEMENS CSA HEADER`. Layout: the mark, 04 03 02 01, the number of tags and 77; per tag a name of 64 bytes,
 * its number of values, a VR of 4 bytes, a type number, the number of items and 77; per item its length
 * (first and third of four words; the second again, and 77), then the text, padded to 4 bytes.
 */
import { ByteWriter } from "./byte-writer.ts";
import { encodeText } from "./encode-text.ts";

export interface CsaTag {
  readonly name: string;
  readonly vr: string;
  readonly values: readonly string[];
}

const MARKER = 77;

/** Number that goes with a VR in the header; others are written as text. */
const TYPE_NUMBERS: Readonly<Record<string, number>> = {
  IS: 6,
  DS: 3,
  FD: 4,
  CS: 16,
  LO: 19,
  SH: 22,
};

export function encodeCsaHeader(tags: readonly CsaTag[]): Uint8Array {
  const writer = new ByteWriter({ littleEndian: true });
  writer.bytes(Uint8Array.of(0x53, 0x56, 0x31, 0x30, 4, 3, 2, 1));
  writer.uint32(tags.length);
  writer.uint32(MARKER);
  for (const tag of tags) writeTag(writer, tag);
  return writer.written().slice();
}

function writeTag(writer: ByteWriter, tag: CsaTag): void {
  writer.bytes(padText(tag.name, 64));
  writer.uint32(tag.values.length);
  writer.bytes(padText(tag.vr, 4));
  writer.uint32(TYPE_NUMBERS[tag.vr] ?? 19);
  writer.uint32(tag.values.length);
  writer.uint32(MARKER);
  for (const value of tag.values) {
    const length = value.length + 1;
    for (const word of [length, length, MARKER, length]) writer.uint32(word);
    writer.bytes(padText(value, Math.ceil(length / 4) * 4));
  }
}

function padText(text: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes.set(encodeText(text, "ascii"));
  return bytes;
}
