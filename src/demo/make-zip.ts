import { zipSync } from "fflate";

/** A zip archive with these files. Its dates are fixed: zip's first day. */
export function makeZip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  return zipSync(files, { mtime: new Date(1980, 0, 1) });
}
