/** The full header of one file, lossless, as it is kept in the database. */
import { createHash } from "node:crypto";
import { HeaderReader } from "#dicom/header-reader.ts";
import { formatTag } from "#dicom/tag.ts";
import { buildHeaderTree, type HeaderElement } from "#dicom/whole-header.ts";
import { errorCode, systemPath } from "#pipeline/discover/walk.ts";
import { openFile } from "./open-file.ts";

export interface FullHeader {
  /** How `content` is written; `outline-1` is described at `HeaderOutline`. */
  readonly encoding: string;
  readonly content: Uint8Array;
}

/**
 * What a kept header begins with, as JSON in UTF-8 after its own length in bytes (4 bytes, little endian). The
 * values follow as they are in the file, one after the other.
 */
export interface HeaderOutline {
  /** As `Header.encoding` and `Header.charsets`. */
  readonly encoding: string | null;
  readonly charsets: readonly (string | null)[];
  readonly elements: readonly StoredElement[];
}

/**
 * One element: tag, VR, then how many bytes of the values are its own, or its items, or for a value that is
 * not kept its length and SHA-256. Order is that of the file.
 */
export type StoredElement = readonly [
  tag: string,
  vr: string,
  value:
    | number
    | readonly (readonly StoredElement[])[]
    | { readonly length: number; readonly sha256: string },
];

export const headerEncoding = "outline-1";

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
      const values: Uint8Array[] = [];
      const outline: HeaderOutline = {
        encoding: header.encoding,
        charsets: header.charsets,
        elements: buildHeaderTree(header).map((element) => store(element, values, digest)),
      };
      return { encoding: headerEncoding, content: joinContent(outline, values) };
    } finally {
      file.close();
    }
  } catch (error) {
    errorCode(error); // what is not the system's refusal is a fault of ours
    return null;
  }
}

function joinContent(outline: HeaderOutline, values: readonly Uint8Array[]): Uint8Array {
  const json = Buffer.from(JSON.stringify(outline));
  const start = Buffer.alloc(4);
  start.writeUInt32LE(json.length);
  return new Uint8Array(Buffer.concat([start, json, ...values]));
}

/** Adds the element's bytes to `values`. */
function store(
  element: HeaderElement,
  values: Uint8Array[],
  digest: (element: HeaderElement) => string,
): StoredElement {
  const { vr, value, items } = element;
  const tag = formatTag(element.tag);
  if (items !== null) {
    return [tag, vr, items.map((item) => item.map((inner) => store(inner, values, digest)))];
  }
  if (value === null || value.length > keptValueBytes) {
    return [tag, vr, { length: element.declared, sha256: digest(element) }];
  }
  values.push(value);
  return [tag, vr, value.length];
}
