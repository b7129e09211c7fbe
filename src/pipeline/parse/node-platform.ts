import type { Platform } from "#dicom/platform.ts";

/** A method of Buffer that works on any Uint8Array (Node's buffer.js binds it to the bytes it is called on). */
const latin1Slice = Buffer.prototype.latin1Slice as (
  this: Uint8Array,
  start: number,
  end: number,
) => string;

/** Node's own decoder of Latin-1, a third quicker than building text character by character. */
export const nodePlatform: Platform = {
  latin1: (bytes, start, end) => latin1Slice.call(bytes, start, end),
};
