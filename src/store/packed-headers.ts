/**
 * How the headers of one series are kept: the first one written is their base, compressed by itself; each
 * header is compressed with the base as dictionary (zstd, RFC 8878), so that what images of a series have in
 * common is kept once. Measured in docs/benchmarks.md; why in docs/decisions/0015.
 */
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";

const nothing = new Uint8Array(0);

export function packBase(base: Uint8Array): Uint8Array {
  return zstdCompressSync(base);
}

export function unpackBase(packed: Uint8Array): Uint8Array {
  return zstdDecompressSync(packed);
}

/** Nothing for the base itself. */
export function packHeader(content: Uint8Array, base: Uint8Array): Uint8Array {
  if (Buffer.compare(content, base) === 0) return nothing;
  return zstdCompressSync(content, { dictionary: base });
}

/** Throws when `base` is not the one that the header was packed with. */
export function unpackHeader(packed: Uint8Array, base: Uint8Array): Uint8Array {
  return packed.length === 0 ? base : zstdDecompressSync(packed, { dictionary: base });
}
