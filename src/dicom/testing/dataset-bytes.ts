/** Encodes element lists as DICOM bytes, for tests: any encoding, any nesting, and the faults that are asked for. */
import { deflateSync } from "fflate";
import { isVr, LONG_LENGTH, vrCode, vrTraits } from "#dicom/vr.ts";

export type TestEncoding = "ILE" | "ELE" | "EBE";

export interface TestElement {
  readonly tag: number;
  readonly vr: string;
  /** Text or bytes as they are; numbers in the byte order of the encoding. */
  readonly value?: string | Uint8Array | readonly number[];
  readonly items?: readonly (readonly TestElement[])[];
  /** The sequence ends at a delimiter. */
  readonly isDelimited?: boolean;
  /** Its items end at delimiters. */
  readonly hasDelimitedItems?: boolean;
  /** Written as it is instead of the value's own length. */
  readonly declared?: number;
  /** Written instead of the VR. */
  readonly writtenVr?: string;
  /** Encoding of the items, where it is another than that of the element. */
  readonly inside?: TestEncoding;
}

/** Bytes per number of the VRs that tests use numbers with. */
const NUMBER_BYTES: Readonly<Record<string, number>> = {
  US: 2,
  SS: 2,
  AT: 2,
  OW: 2,
  UL: 4,
  FL: 4,
  FD: 8,
};

export const UNDEFINED = 0xffff_ffff;

/** An element with a value. */
export function element(tag: number, vr: string, value: TestElement["value"] = ""): TestElement {
  return { tag, vr, value };
}

/** A sequence of items. */
export function sequence(
  tag: number,
  items: readonly (readonly TestElement[])[],
  options: Partial<TestElement> = {},
): TestElement {
  return { tag, vr: "SQ", items, ...options };
}

/** Bytes of text, each character one byte. */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

export function encodeElements(
  elements: readonly TestElement[],
  encoding: TestEncoding,
): Uint8Array {
  return concatBytes(...elements.map((each) => encodeElement(each, encoding)));
}

function encodeElement(each: TestElement, encoding: TestEncoding): Uint8Array {
  const content =
    each.items === undefined ? encodeValue(each, encoding) : encodeItems(each, encoding);
  const declared = each.declared ?? (each.isDelimited === true ? UNDEFINED : content.length);
  return concatBytes(encodeHeader(each, declared, encoding), content);
}

function encodeHeader(each: TestElement, length: number, encoding: TestEncoding): Uint8Array {
  if (encoding === "ILE") return encodeTagged(each.tag, length, encoding);
  const vr = each.writtenVr ?? each.vr;
  const isLong = isVr(vrCode(vr)) && ((vrTraits[vrCode(vr)] ?? 0) & LONG_LENGTH) !== 0;
  const header = new Uint8Array(isLong ? 12 : 8);
  header.set(encodeTagged(each.tag, 0, encoding));
  header.set(bytesOf(vr), 4);
  const view = new DataView(header.buffer);
  if (isLong) view.setUint32(8, length, encoding !== "EBE");
  else view.setUint16(6, length, encoding !== "EBE");
  return header;
}

/** A tag and a 4-byte length: an implicit element header, an item or a delimiter. */
export function encodeTagged(tag: number, length: number, encoding: TestEncoding): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, tag >>> 16, encoding !== "EBE");
  view.setUint16(2, tag & 0xffff, encoding !== "EBE");
  view.setUint32(4, length, encoding !== "EBE");
  return bytes;
}

function encodeItems(each: TestElement, outer: TestEncoding): Uint8Array {
  const encoding = each.inside ?? outer;
  const items = (each.items ?? []).map((item) => {
    const content = encodeElements(item, encoding);
    return each.hasDelimitedItems === true
      ? concatBytes(
          encodeTagged(0xfffe_e000, UNDEFINED, encoding),
          content,
          encodeTagged(0xfffe_e00d, 0, encoding),
        )
      : concatBytes(encodeTagged(0xfffe_e000, content.length, encoding), content);
  });
  const end = each.isDelimited === true ? [encodeTagged(0xfffe_e0dd, 0, encoding)] : [];
  return concatBytes(...items, ...end);
}

function encodeValue({ value = "", vr }: TestElement, encoding: TestEncoding): Uint8Array {
  if (typeof value === "string") return bytesOf(value);
  if (value instanceof Uint8Array) return value;
  const size = NUMBER_BYTES[vr] ?? 2;
  const bytes = new Uint8Array(value.length * size);
  const view = new DataView(bytes.buffer);
  const isLittle = encoding !== "EBE";
  for (const [index, number] of value.entries()) {
    if (vr === "FD") view.setFloat64(index * size, number, isLittle);
    else if (vr === "FL") view.setFloat32(index * size, number, isLittle);
    else if (size === 4) view.setUint32(index * size, number, isLittle);
    else view.setUint16(index * size, number, isLittle);
  }
  return bytes;
}

/** Transfer Syntax UIDs (PS3.6 Annex A). */
export const SYNTAXES = {
  ILE: "1.2.840.10008.1.2",
  ELE: "1.2.840.10008.1.2.1",
  EBE: "1.2.840.10008.1.2.2",
  DEFL: "1.2.840.10008.1.2.1.99",
} as const;

/** A meta group with its length, explicit little endian. */
export function metaGroup(
  transferSyntaxUid: string,
  options: { length?: number; more?: readonly TestElement[]; encoding?: TestEncoding } = {},
): Uint8Array {
  const encoding = options.encoding ?? "ELE";
  const content = encodeElements(
    [...(options.more ?? []), element(0x0002_0010, "UI", pad(transferSyntaxUid))],
    encoding,
  );
  const length = element(0x0002_0000, "UL", [options.length ?? content.length]);
  return concatBytes(encodeElements([length], encoding), content);
}

function pad(uid: string): string {
  return uid.length % 2 === 0 ? uid : `${uid}\0`;
}

/** A Part 10 file of a meta group and a data set. */
export function part10(meta: Uint8Array, dataSet: Uint8Array): Uint8Array {
  return concatBytes(new Uint8Array(128), bytesOf("DICM"), meta, dataSet);
}

/** A whole file whose data set is written as its transfer syntax says. */
export function fileOf(
  elements: readonly TestElement[],
  encoding: TestEncoding | "DEFL" = "ELE",
): Uint8Array {
  const dataSet = encodeElements(elements, encoding === "DEFL" ? "ELE" : encoding);
  return part10(
    metaGroup(SYNTAXES[encoding]),
    encoding === "DEFL" ? deflateSync(dataSet) : dataSet,
  );
}
