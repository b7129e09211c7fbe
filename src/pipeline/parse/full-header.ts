/** The full header of one file, lossless, as it is kept in the database. */
import { createHash } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { HeaderReader } from "#dicom/header-reader.ts";
import { formatTag } from "#dicom/tag.ts";
import { buildHeaderTree, type HeaderElement } from "#dicom/whole-header.ts";
import { errorCode, systemPath } from "#pipeline/discover/walk.ts";
import { openFile } from "./open-file.ts";

export interface FullHeader {
  /** How `content` is written; `json-1` is described at `StoredElement`. */
  readonly encoding: string;
  readonly content: Uint8Array;
}

/**
 * One element of the stored JSON: tag, VR, then the value: text with one character per byte, an array of
 * items, or for values that are not kept their length and SHA-256. Order is that of the file.
 */
export type StoredElement = readonly [
  tag: string,
  vr: string,
  value:
    | string
    | readonly (readonly StoredElement[])[]
    | { readonly length: number; readonly sha256: string },
];

export const headerEncoding = "json-1";

/** Bytes of a value that are kept as they are; of longer ones length and digest. */
const keptValueBytes = 65_536;

/** Longest value of a deflated data set that is digested. */
const inflatedValueBytes = 64 * 1024 * 1024;

/** Bytes read at a time when a value is only digested. */
const digestChunk = 65_536;

/** Null when the file can no longer be read; the next job tries again. */
export function readFullHeader(
  source: string,
  path: string,
  onProgress: () => void,
): FullHeader | null {
  try {
    const file = openFile(systemPath(source, path), Number.MAX_SAFE_INTEGER, onProgress);
    try {
      const sized = { ...file, size: file.facts().size };
      const name = path.slice(path.lastIndexOf("/") + 1);
      let header = new HeaderReader("everything", { onProgress }).read(sized, name);
      if (header.encoding === "DEFL") {
        // Positions are those of inflated bytes, so what is digested has to be kept.
        const limits = { anyBytes: inflatedValueBytes };
        header = new HeaderReader("everything", { onProgress, limits }).read(sized, name);
      }
      const digest = (element: HeaderElement): string => {
        const hash = createHash("sha256");
        if (element.value !== null) return hash.update(element.value).digest("hex");
        const buffer = Buffer.alloc(digestChunk);
        let position = element.position;
        const end = Math.min(position + element.declared, sized.size);
        while (position < end) {
          const got = file.read(buffer, 0, Math.min(digestChunk, end - position), position);
          if (got === 0) break;
          hash.update(buffer.subarray(0, got));
          position += got;
        }
        return hash.digest("hex");
      };
      const stored = {
        encoding: header.encoding,
        charsets: header.charsets,
        elements: buildHeaderTree(header).map((element) => store(element, digest)),
      };
      return { encoding: headerEncoding, content: deflateRawSync(JSON.stringify(stored)) };
    } finally {
      file.close();
    }
  } catch (error) {
    errorCode(error); // what is not the system's refusal is a fault of ours
    return null;
  }
}

function store(element: HeaderElement, digest: (element: HeaderElement) => string): StoredElement {
  const tag = formatTag(element.tag);
  if (element.items !== null) {
    return [
      tag,
      element.vr,
      element.items.map((item) => item.map((inner) => store(inner, digest))),
    ];
  }
  if (element.value === null || element.value.length > keptValueBytes) {
    return [tag, element.vr, { length: element.declared, sha256: digest(element) }];
  }
  return [tag, element.vr, Buffer.from(element.value).toString("latin1")];
}
