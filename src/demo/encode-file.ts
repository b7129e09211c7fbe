/** Data sets to Part 10 files (PS3.10 §7), with the ways in which writers depart from it as options. */
import { deflateSync } from "fflate";
import { ByteWriter } from "./byte-writer.ts";
import { attribute, type DataSet, element, findElement } from "./element.ts";
import { type EncodeOptions, type Encoding, encodeDataSet } from "./encode-data-set.ts";

/** `DEFL`: explicit little endian, compressed by deflate without a zlib header (PS3.5 §A.5). */
export type FileEncoding = Encoding | "DEFL";

export interface FileOptions extends EncodeOptions {
  /** Encoding of the data set. */
  readonly encoding: FileEncoding;
  /** The 128 bytes before `DICM`: as they should be (zeros), these bytes, or none. */
  readonly preamble?: boolean | Uint8Array;
  /** Is there a meta group? Without it there is no preamble and no `DICM` either. */
  readonly meta?: boolean;
  /** Encoding of the meta group, explicit little endian unless a writer got it wrong. */
  readonly metaEncoding?: Encoding;
  /** Added to the group length (0002,0000); null leaves the element out. */
  readonly groupLengthError?: number | null;
  /** What the meta group declares, where that is not what the data set is. */
  readonly transferSyntaxUid?: string;
  readonly mediaStorageSopClassUid?: string;
  readonly mediaStorageSopInstanceUid?: string;
}

export const transferSyntaxUids: Readonly<Record<FileEncoding, string>> = {
  ILE: "1.2.840.10008.1.2",
  ELE: "1.2.840.10008.1.2.1",
  EBE: "1.2.840.10008.1.2.2",
  DEFL: "1.2.840.10008.1.2.1.99",
};

/** Names this writer in the meta group; a UUID-derived UID (PS3.5 §B.2) made for it. */
const IMPLEMENTATION_CLASS_UID = "2.25.291374837402859216436418365910223340771";
const IMPLEMENTATION_VERSION_NAME = "NILS_DEMO_1";

export function encodeFile(dataSet: DataSet, options: FileOptions): Uint8Array {
  const body = encodeBody(dataSet, options);
  return options.meta === false ? body : wrapBody(body, dataSet, options);
}

/** A file around a body that is given as bytes; `dataSet` is what the meta group is about. */
export function wrapBody(body: Uint8Array, dataSet: DataSet, options: FileOptions): Uint8Array {
  const preamble = encodePreamble(options.preamble ?? true);
  const meta = encodeMeta(dataSet, options);
  const file = new Uint8Array(preamble.length + 4 + meta.length + body.length);
  file.set(preamble);
  file.set([0x44, 0x49, 0x43, 0x4d], preamble.length);
  file.set(meta, preamble.length + 4);
  file.set(body, preamble.length + 4 + meta.length);
  return file;
}

function encodeBody(dataSet: DataSet, options: FileOptions): Uint8Array {
  if (options.encoding === "DEFL") {
    return padToEven(deflateSync(encodeDataSet(dataSet, "ELE", options)));
  }
  return encodeDataSet(dataSet, options.encoding, options);
}

function encodePreamble(preamble: boolean | Uint8Array): Uint8Array {
  if (preamble === false) return new Uint8Array(0);
  const bytes = new Uint8Array(128);
  if (preamble instanceof Uint8Array) bytes.set(preamble.subarray(0, 128));
  return bytes;
}

/** File Meta Information (PS3.10 §7.1). */
function encodeMeta(dataSet: DataSet, options: FileOptions): Uint8Array {
  const encoding = options.metaEncoding ?? "ELE";
  const rest = encodeDataSet(
    [
      element(0x0002_0001, "OB", Uint8Array.of(0, 1)),
      element(0x0002_0002, "UI", options.mediaStorageSopClassUid ?? textOf(dataSet, "SOPClassUID")),
      element(
        0x0002_0003,
        "UI",
        options.mediaStorageSopInstanceUid ?? textOf(dataSet, "SOPInstanceUID"),
      ),
      element(0x0002_0010, "UI", options.transferSyntaxUid ?? transferSyntaxUids[options.encoding]),
      element(0x0002_0012, "UI", IMPLEMENTATION_CLASS_UID),
      element(0x0002_0013, "SH", IMPLEMENTATION_VERSION_NAME),
    ],
    encoding,
  );
  const error = options.groupLengthError ?? 0;
  const writer = new ByteWriter({ littleEndian: encoding !== "EBE" });
  if (options.groupLengthError !== null) {
    writer.bytes(
      encodeDataSet([attribute("FileMetaInformationGroupLength", rest.length + error)], encoding),
    );
  }
  writer.bytes(rest);
  return writer.written().slice();
}

function textOf(dataSet: DataSet, keyword: "SOPClassUID" | "SOPInstanceUID"): string {
  const value = findElement(dataSet, keyword)?.value;
  return typeof value === "string" ? value : "";
}

/** A deflated stream of odd length gets one NUL after it (PS3.5 §A.5). */
function padToEven(bytes: Uint8Array): Uint8Array {
  if (bytes.length % 2 === 0) return bytes;
  const padded = new Uint8Array(bytes.length + 1);
  padded.set(bytes);
  return padded;
}
