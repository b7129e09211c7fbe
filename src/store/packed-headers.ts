/**
 * How the headers of one series are kept: the first one written is their base, compressed by itself; each
 * header is compressed with the base as dictionary (zstd, RFC 8878), so that what images of a series have in
 * common is kept once. Measured in docs/benchmarks.md; why in docs/decisions/0015.
 */
import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { readStored } from "./stored-value.ts";

const nothing = new Uint8Array(0);

/** Window sizes as powers of 2: the smallest that there is, and the largest that zstd unpacks unasked. */
const smallestWindow = 10;
const largestWindow = 27;
/** Beyond this window zstd's table forgets the beginning of a base before it has seen the end. */
const windowOfUsualTable = 20;
/** 16 MiB of table, for bases of up to about 10 MB. */
const largestTable = 22;

/** A sum of 4 bytes, with which neither damage nor a wrong base gives wrong text without a word. */
const withChecksum = { [constants.ZSTD_c_checksumFlag]: 1 } as const;

export function packBase(base: Uint8Array): Uint8Array {
  return zstdCompressSync(base, { params: withChecksum });
}

/** Throws a DamagedValueError for what `packBase` did not make. */
export function unpackBase(packed: Uint8Array): Uint8Array {
  return readStored(() => zstdDecompressSync(packed));
}

/** Nothing for the base itself. */
export function packHeader(content: Uint8Array, base: Uint8Array): Uint8Array {
  if (Buffer.compare(content, base) === 0) return nothing;
  // What lies further back than the window is not found again.
  const reach = Math.ceil(Math.log2(base.length + content.length));
  const window = Math.min(largestWindow, Math.max(smallestWindow, reach));
  return zstdCompressSync(content, {
    dictionary: base,
    params: {
      [constants.ZSTD_c_windowLog]: window,
      ...(window > windowOfUsualTable
        ? { [constants.ZSTD_c_hashLog]: Math.min(largestTable, window - 1) }
        : {}),
      ...withChecksum,
    },
  });
}

/** Unpacks headers that come with their bases; the base of the one before is not unpacked again. */
export class HeaderUnpacker {
  #packedBase: Uint8Array = nothing;
  #base: Uint8Array = nothing;

  /** Throws a DamagedValueError, also when `packedBase` is not the one that the header was packed with. */
  unpack(packed: Uint8Array, packedBase: Uint8Array): Uint8Array {
    return readStored(() => this.#unpack(packed, packedBase));
  }

  #unpack(packed: Uint8Array, packedBase: Uint8Array): Uint8Array {
    if (Buffer.compare(packedBase, this.#packedBase) !== 0) {
      this.#base = unpackBase(packedBase);
      this.#packedBase = packedBase;
    }
    if (packed.length === 0) return this.#base;
    return zstdDecompressSync(packed, { dictionary: this.#base });
  }
}
