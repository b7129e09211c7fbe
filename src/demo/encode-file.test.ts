import { createRequire } from "node:module";
import dicomParser from "dicom-parser";
import { describe, expect, test } from "vitest";
import { attributes } from "./attributes.ts";
import { attribute, type DataSet, element, orderElements, privateBlock } from "./element.ts";
import { encodeFile, type FileEncoding, transferSyntaxUids } from "./encode-file.ts";

/** It brings no types. */
const dcmjs = createRequire(import.meta.url)("dcmjs");

const dataSet: DataSet = orderElements(
  [
    attribute("SpecificCharacterSet", "ISO_IR 192"),
    attribute("SOPClassUID", "1.2.840.10008.5.1.4.1.1.4"),
    attribute("SOPInstanceUID", "2.25.11"),
    attribute("PatientName", "Größe^Ω"),
    attribute("EchoTime", 2.46),
    attribute("ImagePositionPatient", [-1.5, 0, 1 / 3]),
    attribute("EchoNumbers", 2),
    attribute("Rows", 2),
    attribute("Columns", 2),
    attribute("BitsAllocated", 16),
    attribute("DiffusionBValue", 1000.5),
    attribute("B1rms", 0.1),
    attribute("DimensionIndexValues", [1, 70_000]),
    attribute("DimensionIndexPointer", [0x0020_9056]),
    attribute("MREchoSequence", [
      [attribute("EffectiveEchoTime", 4.6), attribute("MREchoSequence", [])],
      [attribute("EffectiveEchoTime", 6.9)],
    ]),
    attribute("PixelData", Uint16Array.of(1, 2, 0x1234, 4)),
  ],
  privateBlock("SIEMENS MR HEADER", { group: 0x0019 }, [[0x0c, "IS", 1000]]),
);

const sequenceLengths = ["defined", "undefined"] as const;

describe.each(["ILE", "ELE", "EBE", "DEFL"] as const)("%s", (encoding: FileEncoding) => {
  test.each(sequenceLengths)("dicom-parser reads back what was written, %s", (sequenceLength) => {
    const file = encodeFile(dataSet, { encoding, sequenceLength });
    const read = dicomParser.parseDicom(Buffer.from(file), {
      vrCallback: (tag: string) => vrOf(tag),
    } as never);
    expect(read.string("x00020010")).toBe(transferSyntaxUids[encoding]);
    expect(read.string("x00080018")).toBe("2.25.11");
    expect(read.string("x00180081")).toBe("2.46");
    expect(read.string("x00200032")).toBe("-1.5\\0\\0.33333333333333");
    expect(read.intString("x00180086")).toBe(2);
    expect(read.uint16("x00280010")).toBe(2);
    expect(read.double("x00189087")).toBe(1000.5);
    expect(read.float("x00181320")).toBeCloseTo(0.1, 7);
    expect(read.uint32("x00209157", 1)).toBe(70_000);
    expect(read.uint16("x00209165")).toBe(0x0020);
    expect(read.intString("x0019100c")).toBe(1000);
    const items = read.elements["x00189114"]?.items ?? [];
    expect(items.map((item) => item.dataSet?.double("x00189082"))).toEqual([4.6, 6.9]);
    expect(read.uint16("x7fe00010", 2)).toBe(0x1234);
  });
});

test("dcmjs reads back text of several bytes and the nested values", () => {
  const file = encodeFile(dataSet, { encoding: "ELE" });
  const buffer = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
  const read = dcmjs.data.DicomMessage.readFile(buffer as ArrayBuffer);
  const natural = dcmjs.data.DicomMetaDictionary.naturalizeDataset(read.dict);
  expect(String(natural.PatientName[0].Alphabetic)).toBe("Größe^Ω");
  expect(natural.EchoTime).toBe(2.46);
  expect(natural.MREchoSequence[1].EffectiveEchoTime).toBe(6.9);
});

test("the group length ends where the meta group does, unless a fault is asked for", () => {
  const right = encodeFile(dataSet, { encoding: "ELE" });
  const view = new DataView(right.buffer);
  const end = 144 + view.getUint32(140, true);
  expect([view.getUint16(end, true), view.getUint16(end + 2, true)]).toEqual([0x0008, 0x0005]);
  const wrong = encodeFile(dataSet, { encoding: "ELE", groupLengthError: 4000 });
  expect(new DataView(wrong.buffer).getUint32(140, true) - view.getUint32(140, true)).toBe(4000);
});

test("text is padded with a space, UIDs and bytes with NUL", () => {
  const file = encodeFile(
    [
      attribute("SOPInstanceUID", "1.2"),
      attribute("Modality", "MR1"),
      element(0x0029_1010, "OB", [7]),
    ],
    { encoding: "ILE", meta: false },
  );
  expect([...file].filter((_, index) => [11, 23, 33].includes(index))).toEqual([0, 0x20, 0]);
});

test("every attribute is as the dictionary of dcmjs has it", () => {
  const dictionary = dcmjs.data.DicomMetaDictionary.nameMap as Record<
    string,
    { tag: string; vr: string }
  >;
  for (const [keyword, [tag, vr]] of Object.entries(attributes)) {
    const entry = dictionary[keyword];
    expect(entry?.tag.replace(/\W/g, "").toLowerCase(), keyword).toBe(
      tag.toString(16).padStart(8, "0"),
    );
    expect([vr, "ox", "xs", "up"], keyword).toContain(entry?.vr);
  }
});

/** dicom-parser needs VRs of implicit files from the caller to know what is a sequence. */
function vrOf(tag: string): string | undefined {
  const number = Number.parseInt(tag.slice(1), 16);
  return Object.values(attributes).find(([known]) => known === number)?.[1];
}
