/**
 * Tells what a file is from its first bytes: DICOM with or without preamble (PS3.10 §7.1), a bare data set, or
 * something else that has a name. Names of files decide nothing but what operating systems leave behind.
 */
import { looksLikeDataSet } from "./probe.ts";

/** Bytes that recognition looks at. */
export const RECOGNITION_BYTES = 4096;

/** What recognition found: where the meta group or the data set starts, or why there is none. */
export type Recognition =
  | { readonly kind: "meta"; readonly position: number; readonly warning: string | null }
  | { readonly kind: "bare"; readonly position: 0; readonly warning: "no-file-meta" }
  | { readonly kind: "not-dicom"; readonly code: string; readonly detail: string | null };

interface Magic {
  readonly format: string;
  readonly offset: number;
  /** One character per byte; `?` stands for any. */
  readonly bytes: string;
  readonly code?: "archive-file" | "appledouble";
}

/** Signatures of formats that lie beside DICOM in archives; first match wins. */
const FOREIGN_MAGICS: readonly Magic[] = [
  { format: "jpeg", offset: 0, bytes: "\xff\xd8\xff" },
  { format: "png", offset: 0, bytes: "\x89PNG\r\n\x1a\n" },
  { format: "pdf", offset: 0, bytes: "%PDF" },
  { format: "gif", offset: 0, bytes: "GIF8" },
  { format: "bmp", offset: 0, bytes: "BM????\0\0\0\0" },
  { format: "tiff", offset: 0, bytes: "II*\0" },
  { format: "tiff", offset: 0, bytes: "MM\0*" },
  { format: "gzip", offset: 0, bytes: "\x1f\x8b", code: "archive-file" },
  { format: "zip", offset: 0, bytes: "PK\x03\x04", code: "archive-file" },
  { format: "zip", offset: 0, bytes: "PK\x05\x06", code: "archive-file" },
  { format: "7z", offset: 0, bytes: "7z\xbc\xaf\x27\x1c", code: "archive-file" },
  { format: "rar", offset: 0, bytes: "Rar!\x1a\x07", code: "archive-file" },
  { format: "bzip2", offset: 0, bytes: "BZh", code: "archive-file" },
  { format: "xz", offset: 0, bytes: "\xfd7zXZ\0", code: "archive-file" },
  { format: "tar", offset: 257, bytes: "ustar", code: "archive-file" },
  { format: "hdf5", offset: 0, bytes: "\x89HDF\r\n\x1a\n" },
  { format: "netcdf", offset: 0, bytes: "CDF\x01" },
  { format: "netcdf", offset: 0, bytes: "CDF\x02" },
  { format: "netcdf", offset: 0, bytes: "CDF\x05" },
  { format: "nifti", offset: 344, bytes: "n+1\0" },
  { format: "nifti", offset: 344, bytes: "ni1\0" },
  { format: "nifti", offset: 4, bytes: "n+2\0" },
  { format: "nifti", offset: 4, bytes: "ni2\0" },
  { format: "nrrd", offset: 0, bytes: "NRRD" },
  { format: "elf", offset: 0, bytes: "\x7fELF" },
  { format: "exe", offset: 0, bytes: "MZ" },
  { format: "sqlite", offset: 0, bytes: "SQLite format 3\0" },
  { format: "appledouble", offset: 0, bytes: "\0\x05\x16\x07", code: "appledouble" },
  { format: "genesis", offset: 0, bytes: "IMGF" },
];

/** Files that operating systems leave in folders, by lower-case name. */
const SYSTEM_FILES: ReadonlySet<string> = new Set(["thumbs.db", ".ds_store", "desktop.ini"]);

const MARK = "DICM";

/** Recognises a file by its first bytes (4,096, or all of a smaller file), its size in bytes and its name. */
export function recognizeFile(bytes: Uint8Array, size: number, fileName: string): Recognition {
  if (size === 0) return notDicom("empty-file");
  if (hasBytes(bytes, 128, MARK) && !isMarkInData(bytes, size)) {
    return {
      kind: "meta",
      position: 132,
      warning: isBlank(bytes, 128) ? null : "preamble-nonzero",
    };
  }
  if (hasBytes(bytes, 0, MARK)) return { kind: "meta", position: 4, warning: "dicm-at-zero" };
  if (hasBytes(bytes, 256, MARK))
    return { kind: "meta", position: 260, warning: "dicm-offset-256" };
  if (SYSTEM_FILES.has(baseName(fileName).toLowerCase())) return notDicom("system-file");
  for (const magic of FOREIGN_MAGICS) {
    if (hasBytes(bytes, magic.offset, magic.bytes)) {
      return notDicom(magic.code ?? "foreign-format", magic.format);
    }
  }
  const markup = findTextFormat(bytes);
  if (markup !== null) return notDicom("foreign-format", markup);
  if (hasBytes(bytes, 0, "\x02\0")) return { kind: "meta", position: 0, warning: "no-preamble" };
  if (startsIdentification(bytes) && looksLikeDataSet(bytes, 0, size)) {
    return { kind: "bare", position: 0, warning: "no-file-meta" };
  }
  return notDicom("no-dicom-signature");
}

function notDicom(code: string, detail: string | null = null): Recognition {
  return { kind: "not-dicom", code, detail };
}

function hasBytes(bytes: Uint8Array, offset: number, expected: string): boolean {
  if (bytes.length < offset + expected.length) return false;
  for (let index = 0; index < expected.length; index++) {
    const code = expected.charCodeAt(index);
    if (code !== 0x3f && bytes[offset + index] !== code) return false;
  }
  return true;
}

/** Whether the mark is part of a value of a bare data set: no meta group follows it, and one can be read from byte 0. */
function isMarkInData(bytes: Uint8Array, size: number): boolean {
  if (hasBytes(bytes, 132, "\x02\0") || hasBytes(bytes, 132, "\0\x02")) return false;
  return startsIdentification(bytes) && looksLikeDataSet(bytes, 0, size);
}

/** Whether the first `length` bytes are zeros. */
function isBlank(bytes: Uint8Array, length: number): boolean {
  let any = 0;
  for (let index = 0; index < length; index++) any |= bytes[index] as number;
  return any === 0;
}

/** Group 0008 in either byte order with an element up to SOP Instance UID (0008,0018). */
function startsIdentification(bytes: Uint8Array): boolean {
  if (hasBytes(bytes, 0, "\x08\0")) return bytes[3] === 0 && (bytes[2] ?? 0xff) <= 0x18;
  return hasBytes(bytes, 0, "\0\x08") && bytes[2] === 0 && (bytes[3] ?? 0xff) <= 0x18;
}

/** XML, HTML and JSON by how their text begins, after a byte order mark and white space. */
function findTextFormat(bytes: Uint8Array): string | null {
  let at = hasBytes(bytes, 0, "\xef\xbb\xbf") ? 3 : 0;
  at = skipWhiteSpace(bytes, at);
  const beginning = String.fromCharCode(...bytes.subarray(at, at + 14)).toLowerCase();
  if (beginning.startsWith("<?xml")) return "xml";
  if (beginning.startsWith("<!doctype html") || beginning.startsWith("<html")) return "html";
  const second = bytes[skipWhiteSpace(bytes, at + 1)];
  const opens = second === undefined ? "" : String.fromCharCode(second);
  if (beginning.startsWith("{") && '"}'.includes(opens) && opens !== "") return "json";
  if (beginning.startsWith("[") && '"[{]-0123456789tfn'.includes(opens) && opens !== "") {
    return "json";
  }
  return null;
}

function skipWhiteSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x09 || bytes[at] === 0x0a || bytes[at] === 0x0d) {
    at += 1;
  }
  return at;
}

function baseName(fileName: string): string {
  return fileName.slice(Math.max(fileName.lastIndexOf("/"), fileName.lastIndexOf("\\")) + 1);
}
