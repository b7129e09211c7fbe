/** A file that cases are made of, with the places of its elements, so that a mutation can hit a length or a VR. */
import { memorySource } from "#dicom/byte-source.ts";
import { ITEM_TAG } from "#dicom/header.ts";
import { HeaderReader } from "#dicom/header-reader.ts";
import { readTag, readVr } from "#dicom/probe.ts";
import { isVr, SHORT_LENGTH, vrTraits } from "#dicom/vr.ts";

export interface SeedFile {
  /** `demo/…`, `odd/…` or `sample/…`. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Offset of the data set. */
  readonly dataSetAt: number;
  /** Explicit little endian: what a deflated data set is inside. */
  readonly isExplicit: boolean;
  readonly isBigEndian: boolean;
  /** Takes long to read: many elements, or much that inflates. */
  readonly isSlow: boolean;
  /** Parallel arrays of elements and item starts, in the order of the file; none of a deflated data set. */
  readonly starts: Uint32Array;
  readonly valuesAt: Uint32Array;
  readonly tags: Uint32Array;
  /** Declared lengths. */
  readonly lengths: Uint32Array;
}

const reader = new HeaderReader("everything");

/** Bytes of the pixels that are kept: nothing of them is read. */
const PIXEL_BYTES = 64;
const LARGEST = 128 * 1024;
const MANY_ELEMENTS = 1000;
const MUCH_DEFLATED = 16 * 1024;

/** Cuts a file behind the beginning of its pixels, or after 128 KiB, and finds its elements. */
export function makeSeedFile(name: string, content: Uint8Array): SeedFile {
  const beginning = content.subarray(0, LARGEST);
  const header = reader.read(memorySource(beginning), name);
  const isInflated = header.encoding === "DEFL";
  const pixelsAt = header.pixelData === null || isInflated ? LARGEST : header.pixelData.position;
  const bytes = new Uint8Array(beginning.subarray(0, pixelsAt + PIXEL_BYTES)); // a copy: a Buffer's slice is none
  const isBigEndian = header.encoding === "EBE";
  const found: { start: number; valueAt: number; tag: number; length: number }[] = [];
  const { records } = header;
  const add = (tag: number, valueAt: number, length: number): void => {
    const start = findStart(bytes, tag, valueAt);
    if (start !== null) found.push({ start, valueAt, tag, length });
  };
  for (let index = 0; index < (isInflated ? 0 : records.count); index++) {
    const [tag = 0, valueAt = 0] = [records.tag[index], records.position[index]];
    if (valueAt <= bytes.length) add(tag, valueAt, records.declared[index] ?? 0);
  }
  if (header.pixelData !== null && !isInflated) {
    add(header.pixelData.tag, header.pixelData.position, header.pixelData.declared);
  }
  return {
    name,
    bytes,
    dataSetAt: header.dataSetPosition,
    isExplicit: header.encoding === "ELE",
    isBigEndian,
    isSlow: header.elements > MANY_ELEMENTS || (isInflated && bytes.length > MUCH_DEFLATED),
    starts: Uint32Array.from(found, (each) => each.start),
    valuesAt: Uint32Array.from(found, (each) => each.valueAt),
    tags: Uint32Array.from(found, (each) => each.tag),
    lengths: Uint32Array.from(found, (each) => each.length),
  };
}

/** Where the header of a value begins: 8 bytes before it, or 12 with a long length (PS3.5 §7.1.2). */
function findStart(bytes: Uint8Array, tag: number, valueAt: number): number | null {
  for (const start of [valueAt - 8, valueAt - 12]) {
    if (start < 0) continue;
    if (readTag(bytes, start, false) === tag || readTag(bytes, start, true) === tag) return start;
  }
  return null;
}

/** Where the length field of an element stands, and how many bytes it has. */
export function findLengthField(
  bytes: Uint8Array,
  start: number,
  valueAt: number,
  tag: number,
): { readonly at: number; readonly size: 2 | 4 } {
  if (valueAt - start === 12) return { at: start + 8, size: 4 };
  const vr = readVr(bytes, start);
  const isShort = tag !== ITEM_TAG && isVr(vr) && ((vrTraits[vr] ?? 0) & SHORT_LENGTH) !== 0;
  return isShort ? { at: start + 6, size: 2 } : { at: start + 4, size: 4 };
}
