/** The look at a few element headers that tells a data set from other bytes, and one encoding from another. */
import { isVr, LONG_LENGTH, vrTraits } from "./vr.ts";

/** Elements that must look right. */
const PROBED = 3;
/** No element at the start of a data set has a longer value. */
const LONGEST = 64 * 1024;

/** How element headers are written. */
export interface Encoding {
  readonly explicit: boolean;
  readonly bigEndian: boolean;
}

/** Reads an unsigned 16-bit number; the caller keeps it inside `bytes`. */
export function readUint16(bytes: Uint8Array, at: number, bigEndian: boolean): number {
  const first = bytes[at] as number;
  const second = bytes[at + 1] as number;
  return bigEndian ? (first << 8) | second : first | (second << 8);
}

/** Reads an unsigned 32-bit number; the caller keeps it inside `bytes`. */
export function readUint32(bytes: Uint8Array, at: number, bigEndian: boolean): number {
  const first = readUint16(bytes, at, bigEndian);
  const second = readUint16(bytes, at + 2, bigEndian);
  return (bigEndian ? (first << 16) | second : first | (second << 16)) >>> 0;
}

/** Reads a tag as group × 65536 + element; the caller keeps it inside `bytes`. */
export function readTag(bytes: Uint8Array, at: number, bigEndian: boolean): number {
  return ((readUint16(bytes, at, bigEndian) << 16) | readUint16(bytes, at + 2, bigEndian)) >>> 0;
}

/** The two bytes that are the VR of an explicit element header at `at`. */
export function readVr(bytes: Uint8Array, at: number): number {
  return ((bytes[at + 4] as number) << 8) | (bytes[at + 5] as number);
}

/** Groups that data sets, DICOMDIRs and meta groups begin with (PS3.3, PS3.10 §7.1, §8.6). */
const BEGINNING_GROUPS: ReadonlySet<number> = new Set([0x0002, 0x0004, 0x0008]);

/** Whether the header at `at` has one of the groups that files begin with. */
export function isBeginningGroup(bytes: Uint8Array, at: number, bigEndian: boolean): boolean {
  return BEGINNING_GROUPS.has(readUint16(bytes, at, bigEndian));
}

/** Whether a data set that begins with one of the usual groups is at `at`. */
export function looksLikeDataSet(bytes: Uint8Array, at: number, size: number): boolean {
  if (bytes.length < at + 8) return false;
  const explicit = isVr(readVr(bytes, at));
  const bigEndian = explicit && isBeginningGroup(bytes, at, true);
  return looksLikeElements(bytes, at, size, { explicit, bigEndian });
}

/**
 * Whether three elements can be read: tags ascending, VRs legal if explicit, every length inside the file of
 * `size` bytes and at most 64 KiB. Fewer will do where the file or the bytes at hand end exactly or inside a value.
 */
export function looksLikeElements(
  bytes: Uint8Array,
  start: number,
  size: number,
  { explicit, bigEndian }: Encoding,
): boolean {
  let at = start;
  let last = -1;
  for (let count = 0; count < PROBED; count++) {
    if (count > 0 && (at === size || (at + 12 > bytes.length && at + 8 <= size))) return true;
    if (at + 8 > bytes.length) return false;
    const tag = readTag(bytes, at, bigEndian);
    if (tag <= last) return false;
    last = tag;
    let header = 8;
    let length: number;
    if (!explicit) {
      length = readUint32(bytes, at + 4, bigEndian);
    } else {
      const traits = vrTraits[readVr(bytes, at)] ?? 0;
      if (traits === 0) return false;
      if ((traits & LONG_LENGTH) === 0) {
        length = readUint16(bytes, at + 6, bigEndian);
      } else {
        if (at + 12 > bytes.length) return false;
        length = readUint32(bytes, at + 8, bigEndian);
        header = 12;
      }
    }
    at += header + length;
    if (length > LONGEST || at > size) return false;
  }
  return true;
}
