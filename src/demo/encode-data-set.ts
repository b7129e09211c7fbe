/**
 * Data sets to bytes (PS3.5 §7). Elements are written in the order given; what is wrong in them, stays
 * wrong, since files with faults are made with this too.
 */
import { ByteWriter } from "./byte-writer.ts";
import type { DataSet, Element, ElementValue } from "./element.ts";
import { encodeText, type TextEncoding, textEncodingFor } from "./encode-text.ts";

/** Implicit little endian, explicit little endian, explicit big endian (retired in the 2006 edition). */
export type Encoding = "ILE" | "ELE" | "EBE";

export interface EncodeOptions {
  /** How sequences and items say where they end. Default `defined`. */
  readonly sequenceLength?: "defined" | "undefined";
}

/** VRs whose explicit length takes 4 bytes after 2 reserved ones (PS3.5 §7.1.2). */
const LONG_LENGTH_VRS: ReadonlySet<string> = new Set(
  "OB OD OF OL OV OW SQ SV UC UN UR UT UV".split(" "),
);

/** VRs padded to even length with NUL; text is padded with a space (PS3.5 §6.2). */
const NUL_PADDED_VRS: ReadonlySet<string> = new Set(["UI", "OB", "UN"]);

const UNDEFINED_LENGTH = 0xffff_ffff;
const SPECIFIC_CHARACTER_SET = 0x0008_0005;
const ITEM = 0xfffe_e000;
const ITEM_END = 0xfffe_e00d;
const SEQUENCE_END = 0xfffe_e0dd;

export function encodeDataSet(
  elements: DataSet,
  encoding: Encoding,
  options: EncodeOptions = {},
): Uint8Array {
  const writer = new ByteWriter({ littleEndian: encoding !== "EBE" });
  const context: Context = {
    writer,
    isExplicit: encoding !== "ILE",
    sequenceLength: options.sequenceLength ?? "defined",
  };
  writeDataSet(context, elements, "ascii");
  return writer.written().slice();
}

interface Context {
  readonly writer: ByteWriter;
  readonly isExplicit: boolean;
  readonly sequenceLength: "defined" | "undefined";
}

/** `inherited`: the text encoding of the data set around an item (PS3.3 §C.12.1.1.2). */
function writeDataSet(context: Context, elements: DataSet, inherited: TextEncoding): void {
  const declared = elements.find((one) => one.tag === SPECIFIC_CHARACTER_SET)?.value;
  const encoding = typeof declared === "string" ? textEncodingFor(declared) : inherited;
  for (const one of elements) writeElement(context, one, encoding);
}

function writeElement(context: Context, one: Element, encoding: TextEncoding): void {
  const { writer } = context;
  writer.tag(one.tag);
  if (!context.isExplicit) {
    const lengthAt = writer.length;
    writer.uint32(0);
    writeValueAndLength(context, one, encoding, lengthAt);
    return;
  }
  writer.uint8(one.vr.charCodeAt(0));
  writer.uint8(one.vr.charCodeAt(1));
  if (LONG_LENGTH_VRS.has(one.vr)) {
    writer.uint16(0);
    const lengthAt = writer.length;
    writer.uint32(0);
    writeValueAndLength(context, one, encoding, lengthAt);
    return;
  }
  const value = encodeValue(context, one, encoding);
  if (value.length > 0xffff) {
    throw new Error(`a value of VR ${one.vr} is longer than 65,535 bytes`);
  }
  writer.uint16(value.length);
  writer.bytes(value);
}

/** Writes the value, then its length into the four bytes at `lengthAt`. */
function writeValueAndLength(
  context: Context,
  one: Element,
  encoding: TextEncoding,
  lengthAt: number,
): void {
  const { writer } = context;
  if (one.vr === "SQ" && isItems(one.value)) {
    writeItems(context, one.value, encoding);
    const isUndefined = context.sequenceLength === "undefined";
    if (isUndefined) writeDelimiter(writer, SEQUENCE_END);
    writer.setUint32(lengthAt, isUndefined ? UNDEFINED_LENGTH : writer.length - lengthAt - 4);
    return;
  }
  if (one.value instanceof Uint16Array) writer.words(one.value);
  else writer.bytes(encodeValue(context, one, encoding));
  writer.setUint32(lengthAt, writer.length - lengthAt - 4);
}

function writeItems(context: Context, items: readonly DataSet[], encoding: TextEncoding): void {
  const { writer } = context;
  const isUndefined = context.sequenceLength === "undefined";
  for (const item of items) {
    writer.tag(ITEM);
    const lengthAt = writer.length;
    writer.uint32(UNDEFINED_LENGTH);
    writeDataSet(context, item, encoding);
    if (isUndefined) writeDelimiter(writer, ITEM_END);
    else writer.setUint32(lengthAt, writer.length - lengthAt - 4);
  }
}

/** Delimiters have a length of 0 and never a VR (PS3.5 §7.5). */
function writeDelimiter(writer: ByteWriter, tag: number): void {
  writer.tag(tag);
  writer.uint32(0);
}

/** The value's bytes, padded to even length unless they were given as bytes. */
function encodeValue(context: Context, one: Element, encoding: TextEncoding): Uint8Array {
  const { value, vr } = one;
  if (value instanceof Uint8Array) return padEven(value, vr);
  if (typeof value === "string") return padEven(encodeText(value, encoding), vr);
  const writer = new ByteWriter({ littleEndian: context.writer.littleEndian, capacity: 64 });
  if (value instanceof Uint16Array) writer.words(value);
  else if (isItems(value)) throw new Error(`items in a value of VR ${vr}`);
  else {
    const writeNumber = numberWriters[vr];
    if (writeNumber === undefined) throw new Error(`numbers in a value of VR ${vr}`);
    for (const number of value) writeNumber(writer, number);
  }
  return padEven(writer.written(), vr);
}

/** How one number of a binary VR is written (PS3.5 §6.2). */
const numberWriters: Readonly<Record<string, (writer: ByteWriter, value: number) => void>> = {
  US: (writer, value) => writer.uint16(value),
  SS: (writer, value) => writer.uint16(value),
  OW: (writer, value) => writer.uint16(value),
  UL: (writer, value) => writer.uint32(value),
  SL: (writer, value) => writer.uint32(value),
  OL: (writer, value) => writer.uint32(value),
  UV: (writer, value) => writer.uint64(BigInt(value)),
  SV: (writer, value) => writer.uint64(BigInt(value)),
  FL: (writer, value) => writer.float32(value),
  OF: (writer, value) => writer.float32(value),
  FD: (writer, value) => writer.float64(value),
  OD: (writer, value) => writer.float64(value),
  AT: (writer, value) => writer.tag(value),
  OB: (writer, value) => writer.uint8(value),
  UN: (writer, value) => writer.uint8(value),
};

function padEven(bytes: Uint8Array, vr: string): Uint8Array {
  if (bytes.length % 2 === 0) return bytes;
  const padded = new Uint8Array(bytes.length + 1);
  padded.set(bytes);
  padded[bytes.length] = NUL_PADDED_VRS.has(vr) ? 0 : 0x20;
  return padded;
}

/** An empty list counts as items: no binary value is written as an empty list of numbers. */
function isItems(value: ElementValue): value is readonly DataSet[] {
  return Array.isArray(value) && typeof value[0] !== "number";
}
