/** Rows 26 to 33, 41 and 42: files that end early, and sequences and elements that are not as they should be. */

import { attribute, changeDataSet, type DataSet, element, sequence } from "#demo/element.ts";
import { type Encoding, encodeDataSet } from "#demo/encode-data-set.ts";
import { wrapBody } from "#demo/encode-file.ts";
import { findValueRange } from "#demo/find-value-range.ts";
import { makeOddContext } from "#demo/odd-session.ts";
import { scanners } from "#demo/scanners.ts";
import { makeEnhancedLocalizer } from "#demo/scans/localizer.ts";
import type { Instance } from "#demo/session.ts";
import { encode, hexBytes, image, joinBytes, oddRow, refused, stored } from "./odd-file.ts";

export const structureFiles = [
  ...oddRow(26, "Cut in the pixels: the header is whole.", [
    ["cut.dcm", stored("pixel-data-truncated"), () => encode(image("row-26")).slice(0, -2000)],
  ]),
  ...oddRow(27, "Cut before the series is named.", [
    [
      "cut.dcm",
      refused("unreadable", "truncated-before-identity"),
      () => encode(image("row-27")).slice(0, 400),
    ],
  ]),
  ...oddRow(28, "Cut after (0020,0013), in the next value: what came before is stored.", [
    ["cut.dcm", stored("header-truncated"), makeCutHeader],
  ]),
  ...oddRow(29, "A private text that claims almost 2 GiB.", [
    ["long.dcm", stored("length-beyond-file"), makeTooLong],
  ]),
  ...oddRow(30, "A sequence without an end.", [
    ["open.dcm", stored("sequence-not-delimited"), makeOpenSequence],
  ]),
  ...oddRow(
    31,
    "A private sequence written as UN of undefined length, which makes its content implicit.",
    [["un-sequence.dcm", stored(), makeUnSequence]],
  ),
  ...oddRow(32, "Sequences without measure.", [
    ["deep.dcm", stored("nesting-limit"), () => makeDeepSequence(10_000)],
    ["many-items.dcm", stored("item-limit"), () => makeManyItems(250_000)],
  ]),
  ...oddRow(33, "An icon with its own rows and pixels before the pixels.", [
    ["icon.dcm", stored(), makeIcon],
  ]),
  ...oddRow(41, "The number of frames is not that of the items.", [
    ["one-more.dcm", stored("frame-count-mismatch"), () => makeFrameCount("one-more", "10")],
    ["zero.dcm", stored("frame-count-mismatch"), () => makeFrameCount("zero", "0")],
    ["negative.dcm", stored("frame-count-mismatch"), () => makeFrameCount("negative", "-1")],
    ["huge.dcm", stored("frame-count-mismatch"), () => makeFrameCount("huge", "2147483648")],
  ]),
  ...oddRow(
    42,
    "Two series named at the top level, and a third in what the series was called before.",
    [["two-series.dcm", stored("duplicate-element"), makeTwoSeries]],
  ),
];

function makeCutHeader(): Uint8Array {
  const file = encode(image("row-28"));
  const { offset, length } = findValueRange(file, 0x0020_0013);
  return file.slice(0, offset + length + 12);
}

/** A file with bytes put before the first element whose tag is not less than `tag`. */
function insertBytes(
  dataSet: DataSet,
  tag: number,
  inserted: Uint8Array,
  encoding: Encoding,
): Uint8Array {
  const body = joinBytes(
    encodeDataSet(
      dataSet.filter((one) => one.tag < tag),
      encoding,
    ),
    inserted,
    encodeDataSet(
      dataSet.filter((one) => one.tag >= tag),
      encoding,
    ),
  );
  return wrapBody(body, dataSet, { encoding });
}

/** (0021,1001) in implicit little endian, where all lengths have 4 bytes. */
function makeTooLong(): Uint8Array {
  const inserted = joinBytes(
    encodeDataSet([element(0x0021_0010, "LO", "NILS DEMO LONG")], "ILE"),
    hexBytes("2100 0110 f0ffff7f 41414141"),
  );
  return insertBytes(image("row-29"), 0x0021_0011, inserted, "ILE");
}

/** (0040,0275) and its item begin and never end: the pixels become part of it. */
function makeOpenSequence(): Uint8Array {
  const inserted = joinBytes(
    hexBytes("4000 7502 5351 0000 ffffffff"),
    hexBytes("feff 00e0 ffffffff"),
    encodeDataSet([attribute("StudyDescription", "inside")], "ELE"),
  );
  return insertBytes(image("row-30"), 0x0040_0275, inserted, "ELE");
}

/** (2005,140F) as Philips writes it, with an echo time inside and an element after it (PS3.5 §6.2.2 note 3). */
function makeUnSequence(): Uint8Array {
  const item: DataSet = [attribute("EchoTime", 4.6), attribute("FlipAngle", 8)];
  const inserted = joinBytes(
    encodeDataSet([element(0x2005_0014, "LO", "Philips MR Imaging DD 005")], "ELE"),
    hexBytes("0520 0f14 554e 0000 ffffffff"),
    hexBytes("feff 00e0 ffffffff"),
    encodeDataSet(item, "ILE"),
    hexBytes("feff 0de0 00000000"),
    hexBytes("feff dde0 00000000"),
    encodeDataSet([element(0x2005_1412, "IS", "3")], "ELE"),
  );
  return insertBytes(image("row-31"), 0x2006_0000, inserted, "ELE");
}

/** (0040,A730) in an item of (0040,A730), and so on, all of undefined length and all closed. */
function makeDeepSequence(depth: number): Uint8Array {
  const open = hexBytes("4000 30a7 5351 0000 ffffffff feff 00e0 ffffffff");
  const close = hexBytes("feff 0de0 00000000 feff dde0 00000000");
  const inserted = new Uint8Array(depth * (open.length + close.length));
  for (let level = 0; level < depth; level++) {
    inserted.set(open, level * open.length);
    inserted.set(close, depth * open.length + level * close.length);
  }
  return insertBytes(image("row-32-deep"), 0x0040_a730, inserted, "ELE");
}

/** Of undefined length, so that a reader must look at each item. */
function makeManyItems(count: number): Uint8Array {
  const open = hexBytes("4000 30a7 5351 0000 ffffffff");
  const item = hexBytes("feff 00e0 00000000");
  const close = hexBytes("feff dde0 00000000");
  const inserted = new Uint8Array(open.length + count * item.length + close.length);
  inserted.set(open);
  for (let index = 0; index < count; index++) inserted.set(item, open.length + index * item.length);
  inserted.set(close, inserted.length - close.length);
  return insertBytes(image("row-32-many"), 0x0040_a730, inserted, "ELE");
}

function makeIcon(): Uint8Array {
  const icon = sequence("IconImageSequence", [
    attribute("SamplesPerPixel", 1),
    attribute("PhotometricInterpretation", "MONOCHROME2"),
    attribute("Rows", 4),
    attribute("Columns", 4),
    attribute("BitsAllocated", 8),
    attribute("BitsStored", 8),
    attribute("HighBit", 7),
    attribute("PixelRepresentation", 0),
    element(0x7fe0_0010, "OB", new Uint8Array(16).fill(200)),
  ]);
  return encode(image("row-33", { with: [icon] }), { sequenceLength: "undefined" });
}

/** An enhanced localizer of 9 frames that claims another number. */
function makeFrameCount(name: string, claimed: string): Uint8Array {
  const context = makeOddContext(1, `row-41-${name}`, scanners.siemensXaMr);
  const [instance] = makeEnhancedLocalizer(context);
  const dataSet = (instance as Instance).makeDataSet();
  return encode(changeDataSet(dataSet, { with: [attribute("NumberOfFrames", claimed)] }));
}

function makeTwoSeries(): Uint8Array {
  const first = image("row-42");
  const before = sequence("OriginalAttributesSequence", [
    attribute("SourceOfPreviousValues", ""),
    attribute("AttributeModificationDateTime", "20200301120000"),
    attribute("ModifyingSystem", "NILS demo"),
    attribute("ReasonForTheAttributeModification", "COERCE"),
    sequence("ModifiedAttributesSequence", [attribute("SeriesInstanceUID", "2.25.3")]),
  ]);
  const withBefore = changeDataSet(first, { with: [before] });
  const at = withBefore.findIndex((one) => one.tag === 0x0020_000e) + 1;
  return encode([
    ...withBefore.slice(0, at),
    attribute("SeriesInstanceUID", "2.25.2"),
    ...withBefore.slice(at),
  ]);
}
