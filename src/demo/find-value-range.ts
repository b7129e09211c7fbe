/** Where a value lies in a file: bytes from its begin. */
export interface ValueRange {
  readonly offset: number;
  readonly length: number;
}

/** VRs whose length takes 4 bytes after 2 reserved ones, as far as this writer's headers hold them. */
const LONG_LENGTH_VRS: ReadonlySet<string> = new Set(["OB", "OW", "SQ", "UN", "UT"]);

/**
 * Finds the value of a top-level element in a Part 10 file of explicit little endian with defined lengths:
 * one that this folder has just written, not any file.
 */
export function findValueRange(bytes: Uint8Array, tag: number): ValueRange {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 132;
  while (at < bytes.length) {
    const found = view.getUint16(at, true) * 0x1_0000 + view.getUint16(at + 2, true);
    const vr = String.fromCharCode(view.getUint8(at + 4), view.getUint8(at + 5));
    const isLong = LONG_LENGTH_VRS.has(vr);
    const offset = at + (isLong ? 12 : 8);
    const length = isLong ? view.getUint32(at + 8, true) : view.getUint16(at + 6, true);
    if (found === tag) return { offset, length };
    at = offset + length;
  }
  throw new Error(`element ${tag.toString(16)} is not in the file`);
}
