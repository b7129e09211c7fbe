/**
 * How a data set is written. The bytes decide; what the file declares decides only where they say nothing
 * (PS3.5 §10, PS3.6 Annex A).
 */
import type { DataSetEncoding } from "./header.ts";
import { type Encoding, isBeginningGroup, looksLikeElements, readUint16, readVr } from "./probe.ts";
import { isVr } from "./vr.ts";

const IMPLICIT: Encoding = { explicit: false, bigEndian: false };
const EXPLICIT: Encoding = { explicit: true, bigEndian: false };
const EXPLICIT_BIG: Encoding = { explicit: true, bigEndian: true };

/** Transfer syntaxes whose headers are not Explicit VR Little Endian. */
const OTHER_ENCODINGS: Readonly<Record<string, DataSetEncoding>> = {
  "1.2.840.10008.1.2": "ILE",
  "1.2.840.10008.1.2.2": "EBE",
  "1.2.840.10008.1.2.1.99": "DEFL",
  "1.2.840.10008.1.2.4.95": "DEFL",
  "1.2.840.10008.1.2.4.205": "ELE",
  // Papyrus 3, retired (PS3.6 Annex A).
  "1.2.840.10008.1.20": "ILE",
  // GE DLX: only the pixels are big-endian.
  "1.2.840.113619.5.2": "ILE",
};

/** Roots of the others (PS3.6 Annex A): encapsulated pixels, RFC 2557, XML, SMPTE, deflated frames. */
const EXPLICIT_ROOTS = ["4", "5", "6", "7", "8", "1.98"].map((part) => `1.2.840.10008.1.2.${part}`);

/** Encoding that a declared Transfer Syntax UID stands for; null for an unknown one. */
export function findDeclaredEncoding(transferSyntaxUid: string): DataSetEncoding | null {
  const other = OTHER_ENCODINGS[transferSyntaxUid];
  if (other !== undefined) return other;
  if (transferSyntaxUid === "1.2.840.10008.1.2.1") return "ELE";
  const isExplicit = EXPLICIT_ROOTS.some(
    (root) => transferSyntaxUid === root || transferSyntaxUid.startsWith(`${root}.`),
  );
  return isExplicit ? "ELE" : null;
}

/** How element headers of an encoding are written; a deflated data set is explicit inside. */
export function elementEncoding(encoding: DataSetEncoding): Encoding {
  if (encoding === "ILE") return IMPLICIT;
  return encoding === "EBE" ? EXPLICIT_BIG : EXPLICIT;
}

/**
 * Encoding that the element header at `at` shows. Letters of a VR make it explicit; one of the groups that files
 * begin with gives the byte order. Where another group comes first, it takes more than a swapped reading to
 * doubt what is declared: group 5200 read backwards is 0052.
 */
function seeEncoding(
  bytes: Uint8Array,
  at: number,
  size: number,
  declared: DataSetEncoding | null,
): Encoding {
  if (!isVr(readVr(bytes, at))) return IMPLICIT;
  if (isBeginningGroup(bytes, at, false)) return EXPLICIT;
  if (isBeginningGroup(bytes, at, true)) return EXPLICIT_BIG;
  const isSmallerBackwards = readUint16(bytes, at, true) < readUint16(bytes, at, false);
  const isBig = declared === null ? isSmallerBackwards : declared === "EBE";
  const likely = isBig ? EXPLICIT_BIG : EXPLICIT;
  const other = isBig ? EXPLICIT : EXPLICIT_BIG;
  const isOther =
    !looksLikeElements(bytes, at, size, likely) && looksLikeElements(bytes, at, size, other);
  return isOther ? other : likely;
}

/** Groups that a data set can begin with: up to the image groups, and pixel data alone. */
function isFirstGroup(group: number): boolean {
  return (group >= 0x0002 && group <= 0x0100) || group === 0x7fe0;
}

/**
 * Encoding of the data set whose first bytes are `bytes` from `at` on, in a file of `size` bytes. Null where
 * there are no bytes to judge and nothing is declared.
 */
export function detectDataSetEncoding(
  bytes: Uint8Array,
  at: number,
  size: number,
  declared: DataSetEncoding | null,
): DataSetEncoding | null {
  if (bytes.length < at + 8) return declared;
  const seen = seeEncoding(bytes, at, size, declared);
  const detected = !seen.explicit ? "ILE" : seen.bigEndian ? "EBE" : "ELE";
  if (detected === declared || declared === null) return detected;
  if (declared === "DEFL") {
    // Compressed bytes can begin like an element header, so more than one must look right.
    const isPlain =
      isFirstGroup(readUint16(bytes, at, seen.bigEndian)) &&
      looksLikeElements(bytes, at, size, seen);
    return isPlain ? detected : "DEFL";
  }
  // One odd first element does not outweigh a data set that reads well as declared.
  const readsAsDetected = looksLikeElements(bytes, at, size, seen);
  const readsAsDeclared = looksLikeElements(bytes, at, size, elementEncoding(declared));
  return readsAsDeclared && !readsAsDetected ? declared : detected;
}
