/**
 * Value representations as the header reader sees them: two bytes, the form of their length field, and how
 * much of a value is worth keeping (PS3.5 §6.2, §7.1.2).
 */

/** A VR as one number: first letter × 256 + second letter. 0 stands for a VR that the file does not state. */
export type VrCode = number;

/** VRs whose explicit length takes 4 bytes after 2 reserved ones (PS3.5 §7.1.2). */
const LONG_FORM = "OB OD OF OL OV OW SQ SV UC UN UR UT UV".split(" ");

/** The others: 2 bytes of length right after the VR (PS3.5 §7.1.2). */
const SHORT_FORM = "AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US".split(" ");

/** VRs that hold characters (PS3.5 §6.2). */
const TEXT = "AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UR UT".split(" ");

/** VRs of bytes without a known inner form; vendors keep whole headers in them. */
const BLOB = "OB UN".split(" ");

/** Bits of `vrTraits`. */
export const SHORT_LENGTH = 1;
export const LONG_LENGTH = 2;
export const TEXT_VALUE = 4;
export const BLOB_VALUE = 8;

/** Code of a VR given by its letters. */
export function vrCode(vr: string): VrCode {
  return (vr.charCodeAt(0) << 8) | vr.charCodeAt(1);
}

/** Names asked for before: one text per VR, since a file has a hundred elements of ten VRs. */
const names = new Map<VrCode, string>([[0, ""]]);

/** Letters of a VR code; empty for 0. */
export function vrName(code: VrCode): string {
  let name = names.get(code);
  if (name === undefined) {
    name = String.fromCharCode(code >> 8, code & 0xff);
    names.set(code, name);
  }
  return name;
}

/**
 * Traits of every two-byte combination, 0 for one that is no VR. Indexed by the code itself: a lookup is one
 * load, and a file touches a few cache lines of the 64 KiB.
 */
export const vrTraits: Uint8Array = buildTraits();

function buildTraits(): Uint8Array {
  const traits = new Uint8Array(0x1_0000);
  const mark = (vrs: readonly string[], trait: number) => {
    for (const vr of vrs) traits[vrCode(vr)] = (traits[vrCode(vr)] ?? 0) | trait;
  };
  mark(LONG_FORM, LONG_LENGTH);
  mark(SHORT_FORM, SHORT_LENGTH);
  mark(TEXT, TEXT_VALUE);
  mark(BLOB, BLOB_VALUE);
  return traits;
}

/** Whether two bytes are a VR of the standard. */
export function isVr(code: VrCode): boolean {
  return (vrTraits[code] ?? 0) !== 0;
}

/** Whether two bytes are capital letters, as every VR is. */
export function isTwoCapitals(code: VrCode): boolean {
  const first = code >> 8;
  const second = code & 0xff;
  return first >= 0x41 && first <= 0x5a && second >= 0x41 && second <= 0x5a;
}
