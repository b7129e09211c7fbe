import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import {
  attribute,
  type DataSet,
  element,
  orderElements,
  privateBlock,
  sequence,
} from "#demo/element.ts";
import { encodeFile, type FileEncoding } from "#demo/encode-file.ts";
import { findInHeader } from "./find-in-header.ts";
import { readFullHeader } from "./full-header.ts";
import {
  decodeElement,
  type KeptElement,
  parseStoredHeader,
  writeElementValue,
} from "./stored-header.ts";

const folder = mkdtempSync(join(tmpdir(), "stored-header-"));
afterAll(() => rmSync(folder, { recursive: true }));

const dataSet: DataSet = orderElements(
  [
    attribute("SpecificCharacterSet", "ISO_IR 192"),
    attribute("SOPClassUID", "1.2.840.10008.5.1.4.1.1.4"),
    attribute("SOPInstanceUID", "2.25.11"),
    attribute("PatientName", "Größe^Ω"),
    attribute("EchoTime", 2.46),
    attribute("ImagePositionPatient", [-1.5, 0, 2]),
    attribute("Rows", 2),
    attribute("B1rms", 0.1),
    attribute("DimensionIndexPointer", [0x0020_9056]),
    sequence(
      "SharedFunctionalGroupsSequence",
      orderElements([
        sequence("MRTimingAndRelatedParametersSequence", [attribute("RepetitionTime", 500)]),
      ]),
    ),
    sequence(
      "PerFrameFunctionalGroupsSequence",
      [sequence("MREchoSequence", [attribute("EffectiveEchoTime", 4.6)])],
      [sequence("MREchoSequence", [attribute("EffectiveEchoTime", 6.9)])],
    ),
    element(0x0009_1010, "OB", new Uint8Array(70_000)),
  ],
  privateBlock("SIEMENS MR HEADER", { group: 0x0019, block: 0x42 }, [[0x0c, "IS", 1000]]),
);

function readBack(encoding: FileEncoding): KeptElement[] {
  writeFileSync(join(folder, encoding), encodeFile(dataSet, { encoding }));
  const header = readFullHeader(folder, encoding, () => undefined);
  if (header === null) throw new Error("the header could not be read");
  return parseStoredHeader(header);
}

const textAt = (elements: KeptElement[], tag: number, frame = 1): string | null | undefined => {
  const found = findInHeader(elements, [{ tag }], frame);
  return found === null ? undefined : writeElementValue(decodeElement(found));
};

test.each(["ILE", "ELE", "EBE", "DEFL"] as const)(
  "%s is read back as it was written",
  (encoding) => {
    const elements = readBack(encoding);
    expect(textAt(elements, 0x0002_0010)).toMatch(/^1\.2\.840\.10008\.1\.2/);
    expect(textAt(elements, 0x0010_0010)).toBe("Größe^Ω");
    expect(textAt(elements, 0x0018_0081)).toBe("2.46");
    expect(textAt(elements, 0x0020_0032)).toBe("-1.5\\0\\2");
    expect(textAt(elements, 0x0028_0010)).toBe("2");
    expect(textAt(elements, 0x0018_1320)).toBe("0.1");
    expect(textAt(elements, 0x0020_9165)).toBe("0020,9056");
    expect(findInHeader(elements, [{ tag: 0x0009_1010 }], 1)?.digest?.length).toBe(70_000);
  },
);

test("a value of a frame is found in the frame's own groups, then in the shared ones", () => {
  const elements = readBack("ELE");
  expect(textAt(elements, 0x0018_9082, 1)).toBe("4.6");
  expect(textAt(elements, 0x0018_9082, 2)).toBe("6.9");
  expect(textAt(elements, 0x0018_0080, 2)).toBe("500");
  expect(textAt(elements, 0x0018_9999, 2)).toBeUndefined();
});

test.each(["ILE", "ELE"] as const)("%s: a private element is found by its creator", (encoding) => {
  const path = [{ creator: "siemens MR header ", group: 0x0019, element: 0x0c }];
  const found = findInHeader(readBack(encoding), path, 1);
  expect(found?.tag).toBe(0x0019_420c);
  expect(found && writeElementValue(decodeElement(found))).toBe("1000");
});
