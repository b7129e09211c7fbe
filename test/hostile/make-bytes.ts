/** Bytes of hostile files that the demo does not write. */
import { constants, deflateRawSync } from "node:zlib";
import { attribute, type DataSet, element } from "#demo/element.ts";
import { encodeDataSet } from "#demo/encode-data-set.ts";
import { type FileOptions, wrapBody } from "#demo/encode-file.ts";
import { makeZip } from "#demo/make-zip.ts";
import { hexBytes, image, joinBytes } from "#demo/odd/odd-file.ts";

const MIB = 1024 * 1024;
/** Length of each private value of the bomb: in whole MiB, so that all of it is made of one part. */
const VALUE_MIB = 3840;
const VALUES = 11;

/** A deflated file of 44 MB whose header would be 41 GiB of zeros in private values of group `group`; fewer are less. */
export function makeHugeBomb(name: string, group: number, values = VALUES): Uint8Array {
  const dataSet = image(name);
  const isBefore = (one: DataSet[number]): boolean => one.tag < group * 0x1_0000;
  const zeros = deflatePart(new Uint8Array(MIB), false);
  const value = new Uint8Array(zeros.length * VALUE_MIB);
  for (let part = 0; part < VALUE_MIB; part++) value.set(zeros, part * zeros.length);
  const creator = encodeDataSet([element(group * 0x1_0000 + 0x10, "LO", "NILS DEMO BOMB")], "ELE");
  const body = joinBytes(
    deflatePart(joinBytes(encodeDataSet(dataSet.filter(isBefore), "ELE"), creator), false),
    ...Array.from({ length: values }, (_, index) => [
      deflatePart(bombHeader(group, index), false),
      value,
    ]).flat(),
    deflatePart(
      encodeDataSet(
        dataSet.filter((one) => !isBefore(one)),
        "ELE",
      ),
      true,
    ),
  );
  return wrapBody(body, dataSet, { encoding: "DEFL" });
}

function bombHeader(group: number, index: number): Uint8Array {
  const bytes = hexBytes("0000 0010 4f42 0000 00000000");
  const view = new DataView(bytes.buffer);
  view.setUint16(0, group, true);
  view.setUint16(2, 0x1000 + index, true);
  view.setUint32(8, VALUE_MIB * MIB, true);
  return bytes;
}

/** A part of a deflate stream that ends at a byte's border, or its last part. */
function deflatePart(bytes: Uint8Array, isLast: boolean): Uint8Array {
  const { Z_FINISH, Z_SYNC_FLUSH } = constants;
  return deflateRawSync(bytes, { finishFlush: isLast ? Z_FINISH : Z_SYNC_FLUSH });
}

/** A file of the data set with bytes put before the first element whose tag is not less than `tag`. */
export function insertBytes(
  dataSet: DataSet,
  tag: number,
  inserted: Uint8Array,
  options: FileOptions = { encoding: "ELE" },
): Uint8Array {
  const isDeflated = options.encoding === "DEFL";
  const encoding = options.encoding === "DEFL" ? "ELE" : options.encoding;
  const part = (isWanted: (one: DataSet[number]) => boolean): Uint8Array =>
    encodeDataSet(dataSet.filter(isWanted), encoding, options);
  const body = joinBytes(
    part((one) => one.tag < tag),
    inserted,
    part((one) => one.tag >= tag),
  );
  return wrapBody(isDeflated ? deflateRawSync(body) : body, dataSet, options);
}

const PHILIPS = "Philips MR Imaging DD 005";

/**
 * (2005,140F) of Philips as UN of undefined length in an explicit file: echo time and flip angle, which the image
 * itself lacks, are only inside, and a private element of another block and the pixels come after it.
 */
export function makeUnSequence(): Uint8Array {
  const item: DataSet = [attribute("EchoTime", 4.6), attribute("FlipAngle", 8)];
  const inserted = joinBytes(
    encodeDataSet(
      [
        element(0x2005_0014, "LO", PHILIPS),
        element(0x2005_0015, "LO", "Philips MR Imaging DD 001"),
      ],
      "ELE",
    ),
    hexBytes("0520 0f14 554e 0000 ffffffff"),
    hexBytes("feff 00e0 ffffffff"),
    encodeDataSet(item, "ILE"),
    hexBytes("feff 0de0 00000000 feff dde0 00000000"),
    encodeDataSet([element(0x2005_1530, "FL", 2500)], "ELE"),
  );
  const without = ["EchoTime", "FlipAngle", "RepetitionTime"] as const;
  return insertBytes(image("row-31-inside", { without }), 0x2006_0000, inserted);
}

/** The same sequence as SQ, never closed: what is inside can be read, and the pixels are lost in it. */
export function makeOpenSequence(): Uint8Array {
  const inserted = joinBytes(
    encodeDataSet([element(0x2005_0014, "LO", PHILIPS)], "ELE"),
    hexBytes("0520 0f14 5351 0000 ffffffff"),
    hexBytes("feff 00e0 ffffffff"),
    encodeDataSet([attribute("EchoTime", 4.6)], "ELE"),
  );
  return insertBytes(image("row-30-inside", { without: ["EchoTime"] }), 0x2006_0000, inserted);
}

/** An image with its pixels as fragments of JPEG Lossless, which nobody decodes here. */
export function makeJpegLossless(dataSet: DataSet): Uint8Array {
  const body = joinBytes(
    encodeDataSet(
      dataSet.filter((one) => one.tag !== 0x7fe0_0010),
      "ELE",
    ),
    makeFragments(new Uint8Array(64).fill(0x55)),
  );
  const transferSyntaxUid = "1.2.840.10008.1.2.4.70";
  return wrapBody(body, dataSet, { encoding: "ELE", transferSyntaxUid });
}

/** Encapsulated pixels of one frame: an empty table of offsets and one fragment (PS3.5 §A.4). */
export function makeFragments(fragment: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, fragment.length, true);
  return joinBytes(
    hexBytes("e07f 1000 4f42 0000 ffffffff"),
    hexBytes("feff 00e0 00000000 feff 00e0"),
    length,
    fragment,
    hexBytes("feff dde0 00000000"),
  );
}

/** A zip of a few KB that unpacks to 8 MiB. */
export function makeZipBomb(): Uint8Array {
  return makeZip({ "../../IM0001.dcm": new Uint8Array(8 * MIB) });
}
