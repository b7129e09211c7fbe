/** Element headers of an explicit-VR data set whose VR bytes are not a VR of the standard. */
import { UNDEFINED_LENGTH } from "./header.ts";
import type { HeaderWindow } from "./header-window.ts";
import { readTag, readUint16, readUint32, readVr } from "./probe.ts";
import { isTwoCapitals, isVr, vrCode } from "./vr.ts";

const UN = vrCode("UN");
const BLANK = vrCode("  ");
const FIRST_DELIMITER = 0xfffe_e000;

export interface OddHeader {
  /** UN where the VR is none that is known, 0 where there is none. */
  readonly vr: number;
  readonly headerBytes: number;
  readonly length: number;
  readonly code: "vr-missing" | "vr-unknown";
}

/**
 * Reads the element header at `position`, of which 8 bytes are in the window; the item it is in ends at `end`.
 *
 * Two capital letters are a VR that is not known, with the long form of length if the reserved bytes are 0. Other
 * bytes are the length of an implicit element in an otherwise explicit file. Blank ones and lengths that do not
 * fit may also be a VR that a writer left out or garbled: the element that follows decides.
 */
export function readOddHeader(
  window: HeaderWindow,
  position: number,
  end: number,
  bigEndian: boolean,
): OddHeader {
  const at = position - window.base;
  const vr = readVr(window.view, at);
  const short = readUint16(window.view, at + 6, bigEndian);
  if (isTwoCapitals(vr)) {
    if (short === 0 && position + 12 <= window.end) {
      const length = readUint32(window.view, at + 8, bigEndian);
      if (length === UNDEFINED_LENGTH || position + 12 + length <= end) {
        return { vr: UN, headerBytes: 12, length, code: "vr-unknown" };
      }
    }
    return { vr: UN, headerBytes: 8, length: short, code: "vr-unknown" };
  }
  const length = readUint32(window.view, at + 4, bigEndian);
  const fits = length === UNDEFINED_LENGTH || position + 8 + length <= end;
  const isBlank = (vr === BLANK || vr === 0) && length !== 0;
  if ((isBlank || !fits) && leadsOn(window, position, short, end, bigEndian)) {
    return { vr: UN, headerBytes: 8, length: short, code: "vr-unknown" };
  }
  return { vr: 0, headerBytes: 8, length, code: "vr-missing" };
}

/** Whether the element at `position`, read with a 2-byte length, ends where its item does or before another. */
function leadsOn(
  window: HeaderWindow,
  position: number,
  length: number,
  end: number,
  bigEndian: boolean,
): boolean {
  const next = position + 8 + length;
  if (next === end) return true;
  if (next + 8 > end || !window.cover(position, 8 + length + 8)) return false;
  const { view, base } = window;
  const tag = readTag(view, next - base, bigEndian);
  if (tag >= FIRST_DELIMITER) return true;
  return tag > readTag(view, position - base, bigEndian) && isVr(readVr(view, next - base));
}
