/** Headers as they are kept in the database, read back: the tree of elements, and what their values say. */
import { findPrivateVr } from "#catalogue/element-privacy.ts";
import { type Charset, parseCharset } from "#dicom/charset.ts";
import { formatNumber, readBinaryNumbers } from "#dicom/number.ts";
import { formatTag, parseTag } from "#dicom/tag.ts";
import { decodeText } from "#dicom/text.ts";
import { type HeaderOutline, headerEncoding, type StoredElement } from "./full-header.ts";
import { nodePlatform } from "./node-platform.ts";

/** One element of a kept header. Exactly one of `bytes`, `items` and `digest` is not null. */
export interface KeptElement {
  readonly tag: number;
  readonly vr: string;
  /** Who owns the block of a private element, as its item says. */
  readonly creator: string | null;
  readonly bytes: Uint8Array | null;
  readonly items: readonly (readonly KeptElement[])[] | null;
  /** Of a value that was too long to keep. */
  readonly digest: { readonly length: number; readonly sha256: string } | null;
  readonly charset: Charset;
  readonly isBigEndian: boolean;
}

/** Elements in the order of the file. Throws for an encoding that a newer version wrote. */
export function parseStoredHeader(header: {
  readonly encoding: string;
  readonly content: Uint8Array;
}): KeptElement[] {
  if (header.encoding !== headerEncoding) {
    throw new Error(
      `a header is kept in the form ${header.encoding}, which this version cannot read`,
    );
  }
  const content = Buffer.from(
    header.content.buffer,
    header.content.byteOffset,
    header.content.length,
  );
  const start = 4 + content.readUInt32LE(0);
  const outline = JSON.parse(content.toString("utf8", 4, start)) as HeaderOutline;
  const charset = parseCharset(outline.charsets[0] ?? null, ignore);
  const values = new ValueReader(content.subarray(start));
  return readItem(outline.elements, values, charset, outline.encoding === "EBE");
}

/** Gives the values of a kept header one after the other. */
class ValueReader {
  #rest: Uint8Array;

  constructor(values: Uint8Array) {
    this.#rest = values;
  }

  take(length: number): Uint8Array {
    const value = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return value;
  }
}

const characterSet = 0x0008_0005;

/** Elements of one item; its own character set and private blocks hold for it (PS3.5 §7.8.1, PS3.3 §C.12.1.1.2). */
function readItem(
  elements: readonly StoredElement[],
  values: ValueReader,
  inherited: Charset,
  isBigEndian: boolean,
): KeptElement[] {
  const creators = new Map<number, string>();
  let charset = inherited;
  return elements.map(([tagText, vr, value]) => {
    const tag = parseTag(tagText) ?? 0;
    const bytes = typeof value === "number" ? values.take(value) : null;
    if (bytes !== null && isCreator(tag)) creators.set(blockOf(tag, tag), trimmed(bytes));
    if (bytes !== null && tag === characterSet) charset = parseCharset(trimmed(bytes), ignore);
    return {
      tag,
      vr,
      creator: isPrivate(tag) ? (creators.get(blockOf(tag, tag >>> 8)) ?? null) : null,
      bytes,
      items: isItems(value)
        ? value.map((item) => readItem(item, values, charset, isBigEndian))
        : null,
      digest: bytes === null && !isItems(value) ? (value as KeptElement["digest"]) : null,
      charset,
      // The meta group is little endian whatever follows (PS3.10 §7.1).
      isBigEndian: isBigEndian && tag >>> 16 !== 0x0002,
    };
  });
}

function isItems(value: StoredElement[2]): value is readonly (readonly StoredElement[])[] {
  return Array.isArray(value);
}

const isPrivate = (tag: number): boolean => ((tag >>> 16) & 1) === 1;

const isCreator = (tag: number): boolean =>
  isPrivate(tag) && (tag & 0xffff) >= 0x10 && (tag & 0xffff) <= 0xff;

/** Group and block number as one number. */
const blockOf = (tag: number, block: number): number => ((tag >>> 16) << 8) | (block & 0xff);

const trimmed = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString("latin1").replaceAll("\0", " ").trim();

/** What the bytes of an element say; `bytes` where they are no text and no numbers. */
export type ElementValue =
  | { readonly kind: "text"; readonly text: string | null }
  | { readonly kind: "numbers"; readonly numbers: readonly (number | null)[]; readonly vr: string }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array };

const numberVrs: ReadonlySet<string> = new Set("US SS UL SL UV SV FL FD AT".split(" "));
const byteVrs: ReadonlySet<string> = new Set("OB OW OD OF OL OV UN".split(" "));

/** Decodes an element that has bytes: by its VR, or by what is known of it where the file states none. */
export function decodeElement(element: KeptElement): ElementValue {
  const { charset, isBigEndian } = element;
  const bytes = element.bytes ?? new Uint8Array(0);
  const vr = effectiveVr(element, bytes);
  if (numberVrs.has(vr)) {
    const numbers = readBinaryNumbers(bytes, 0, bytes.length, vr, isBigEndian, ignore);
    return { kind: "numbers", numbers, vr };
  }
  if (byteVrs.has(vr)) return { kind: "bytes", bytes };
  return {
    kind: "text",
    text: decodeText(bytes, 0, bytes.length, vr, charset, nodePlatform, ignore),
  };
}

/** VR of UN where the catalogue knows the element, or where all its bytes are printable. */
function effectiveVr({ tag, vr, creator }: KeptElement, bytes: Uint8Array): string {
  if (vr !== "UN" && vr !== "OB") return vr;
  const known = findPrivateVr(tag, creator);
  if (known !== null) return known;
  return vr === "UN" && bytes.length > 0 && bytes.every(isPrintable) ? "LO" : vr;
}

const isPrintable = (byte: number, index: number, bytes: Uint8Array): boolean =>
  (byte >= 0x20 && byte < 0x7f) || (byte === 0 && index === bytes.length - 1);

/** The values as one text, joined by backslashes; null for none, and for bytes. */
export function writeElementValue(value: ElementValue): string | null {
  if (value.kind === "text") return value.text;
  if (value.kind === "bytes" || value.numbers.length === 0) return null;
  return value.numbers.map((number) => writeNumber(number, value.vr)).join("\\");
}

/** One number of a value; a tag as the standard writes it, nothing for what is no number. */
export function writeNumber(number: number | null, vr: string): string {
  if (number === null) return "";
  return vr === "AT" ? formatTag(number) : formatNumber(number);
}

const ignore = (): void => undefined;
