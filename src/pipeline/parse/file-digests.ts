/**
 * Digests of a file that meets another with the same SOP Instance UID: of its bytes, of its data set, and of
 * what its header says whatever the encoding. Only such files are read to their end.
 */
import { createHash } from "node:crypto";
import { parseCharset } from "#dicom/charset.ts";
import { HeaderReader } from "#dicom/header-reader.ts";
import { readBinaryNumbers } from "#dicom/number.ts";
import { formatTag } from "#dicom/tag.ts";
import { decodeText } from "#dicom/text.ts";
import { buildHeaderTree, type HeaderElement } from "#dicom/whole-header.ts";
import { errorCode, systemPath } from "#pipeline/discover/walk.ts";
import type { FileDigests } from "#store/settlement.ts";
import { nodePlatform } from "./node-platform.ts";
import { openFile } from "./open-file.ts";

const chunkBytes = 262_144;

/** Null when the file cannot be read. */
export function readFileDigests(
  source: string,
  path: string,
  onProgress: () => void,
): FileDigests | null {
  try {
    const file = openFile(systemPath(source, path), 0, onProgress);
    try {
      const { size } = file.facts();
      const reader = new HeaderReader("everything", { onProgress });
      const header = reader.read({ ...file, size }, "");
      const tree = buildHeaderTree(header);
      const bytes = createHash("sha256");
      const content = createHash("sha256");
      const end = size - trailingPadding(file, size);
      const buffer = Buffer.alloc(chunkBytes);
      for (let position = 0; position < size; ) {
        const got = file.read(buffer, 0, chunkBytes, position);
        if (got === 0) break;
        bytes.update(buffer.subarray(0, got));
        const first = Math.max(0, header.dataSetPosition - position);
        const last = Math.min(got, end - position);
        if (last > first) content.update(buffer.subarray(first, last));
        position += got;
      }
      return {
        bytes: bytes.digest("hex"),
        content: content.digest("hex"),
        header: createHash("sha256")
          .update(JSON.stringify(canonical(tree, header.charsets)))
          .digest("hex"),
        transferSyntaxUid: header.transferSyntaxUid ?? header.encoding,
        isLossy: lossy(tree),
      };
    } finally {
      file.close();
    }
  } catch (error) {
    errorCode(error); // what is not the system's refusal is a fault of ours
    return null;
  }
}

/** NULs after the last element say nothing. */
function trailingPadding(
  file: { read(t: Uint8Array, o: number, l: number, p: number): number },
  size: number,
): number {
  const tail = Buffer.alloc(Math.min(512, size));
  const got = file.read(tail, 0, tail.length, size - tail.length);
  let padding = 0;
  while (padding < got && tail[got - 1 - padding] === 0) padding += 1;
  return padding;
}

type Canonical = readonly [tag: string, value: unknown];

/** Lossy compression and its attributes differ between copies of one image (PS3.3 §C.7.6.1.1.5). */
const encodingTags: ReadonlySet<number> = new Set([0x0028_2110, 0x0028_2112, 0x0028_2114]);

/** Public elements with values decoded, so that the encoding of the data set makes no difference. */
function canonical(
  elements: readonly HeaderElement[],
  charsets: readonly (string | null)[],
): Canonical[] {
  const kept: Canonical[] = [];
  for (const element of elements) {
    const group = element.tag >>> 16;
    const isPrivate = group % 2 === 1;
    const isLength = (element.tag & 0xffff) === 0;
    if (isPrivate || isLength || group === 0x0002 || group === 0x7fe0) continue;
    if (encodingTags.has(element.tag) || element.tag === 0x0008_0005) continue;
    kept.push([formatTag(element.tag), canonicalValue(element, charsets)]);
  }
  return kept.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

const binaryVrs: ReadonlySet<string> = new Set("US SS UL SL UV SV FL FD AT".split(" "));
const byteVrs: ReadonlySet<string> = new Set("OB OW OD OF OL OV UN".split(" "));

function canonicalValue(element: HeaderElement, charsets: readonly (string | null)[]): unknown {
  if (element.items !== null) return element.items.map((item) => canonical(item, charsets));
  const { value, vr } = element;
  if (value === null) return element.declared;
  if (byteVrs.has(vr)) return Buffer.from(value).toString("base64");
  if (binaryVrs.has(vr)) {
    return readBinaryNumbers(value, 0, value.length, vr, element.bigEndian, ignore);
  }
  const charset = parseCharset(charsets[element.charset] ?? null, ignore);
  return decodeText(value, 0, value.length, vr, charset, nodePlatform, ignore);
}

function lossy(elements: readonly HeaderElement[]): boolean {
  const flag = elements.find((element) => element.tag === 0x0028_2110)?.value;
  return (
    flag !== undefined && flag !== null && Buffer.from(flag).toString("latin1").startsWith("01")
  );
}

const ignore = (): void => undefined;
