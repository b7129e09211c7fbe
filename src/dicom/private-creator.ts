/**
 * Private creators: (gggg,0010–00FF) of an odd group names the owner of (gggg,bb00–bbFF) (PS3.5 §7.8.1).
 * Names are compared trimmed, without regard to case, inner spaces collapsed: exports differ in all three.
 */

const SPACE = 0x20;

/** The form of a creator's name that is compared. */
export function normalizeCreator(name: string): string {
  return name.replaceAll("\0", " ").trim().replaceAll(/ +/g, " ").toLowerCase();
}

/** Whether the bytes start…end spell the normalised name. Makes no string: every private block asks. */
export function isCreator(
  bytes: Uint8Array,
  start: number,
  end: number,
  normalized: Uint8Array,
): boolean {
  let matched = 0;
  let gap = false;
  for (let index = start; index < end; index++) {
    const byte = bytes[index] as number;
    if (byte === SPACE || byte === 0) {
      gap = matched > 0;
      continue;
    }
    if (gap) {
      if (normalized[matched] !== SPACE) return false;
      matched += 1;
      gap = false;
    }
    const lower = byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
    if (normalized[matched] !== lower) return false;
    matched += 1;
  }
  return matched === normalized.length;
}
