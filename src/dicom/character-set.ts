/**
 * Sets of characters that DICOM names, as functions from codes to characters. The mappings come from
 * the TextDecoder of the platform, asked once for each code, so that only "which character is this"
 * is left to it and never how an invalid byte is treated, in which platforms differ.
 */

/** A set whose codes are single bytes 80 to FF (hexadecimal). */
export interface SingleByteSet {
  readonly width: 1;
  /** The character of a byte 80 to FF, null if the set has none. */
  find(byte: number): string | null;
}

/** A set whose codes are two bytes. */
export interface DoubleByteSet {
  readonly width: 2;
  /** The character of two bytes, the first of them 80 to FF; null if the set has none. */
  find(lead: number, trail: number): string | null;
}

/** Characters of the 256 possible last bytes of a code. */
type Row = readonly (string | null)[];

/** ISO 8859-1, where the byte is the code point: TextDecoder has windows-1252 under this name. */
export const latin1Set: SingleByteSet = {
  width: 1,
  find: (byte) => String.fromCharCode(byte),
};

/** Half-width kana of JIS X 0201, A1 to DF, which Unicode has in the same order from U+FF61. */
export const kanaSet: SingleByteSet = {
  width: 1,
  find: (byte) => (byte >= 0xa1 && byte <= 0xdf ? String.fromCharCode(0xff61 + byte - 0xa1) : null),
};

/** The set of a single-byte encoding, by its name in the Encoding Standard. */
export function makeSingleByteSet(encoding: string): SingleByteSet {
  let row: Row | undefined;
  return {
    width: 1,
    find(byte) {
      row ??= decodeRow(encoding, []);
      return row[byte] ?? null;
    },
  };
}

/** The same set with 80 to 9F as the controls C1 of ISO 6429, where its encoding has letters. */
export function withControlsC1(set: SingleByteSet): SingleByteSet {
  return {
    width: 1,
    find: (byte) => (byte < 0xa0 ? String.fromCharCode(byte) : set.find(byte)),
  };
}

/** The set that an encoding codes in two bytes after `prefix`. */
export function makeDoubleByteSet(encoding: string, prefix: readonly number[] = []): DoubleByteSet {
  const rows = new Map<number, Row>();
  return {
    width: 2,
    find(lead, trail) {
      let row = rows.get(lead);
      if (row === undefined) {
        row = decodeRow(encoding, [...prefix, lead]);
        rows.set(lead, row);
      }
      return row[trail] ?? null;
    },
  };
}

/**
 * The same set without private use characters: what an encoding leaves to its users, one platform maps
 * there and another does not.
 */
export function withoutPrivateUse(set: DoubleByteSet): DoubleByteSet {
  return {
    width: 2,
    find(lead, trail) {
      const character = set.find(lead, trail);
      const code = character?.charCodeAt(0) ?? 0;
      return code >= 0xe000 && code <= 0xf8ff ? null : character;
    },
  };
}

function decodeRow(encoding: string, lead: readonly number[]): Row {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  return Array.from({ length: 256 }, (_, byte) => {
    const text = decoder.decode(Uint8Array.of(...lead, byte));
    return text === "\ufffd" || [...text].length !== 1 ? null : text;
  });
}
