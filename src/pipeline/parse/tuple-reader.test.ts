import { expect, test } from "vitest";
import { attribute, changeDataSet, element } from "#demo/element.ts";
import { encodeFile } from "#demo/encode-file.ts";
import { oddFiles } from "#demo/odd-files.ts";
import { makeSingleImage } from "#demo/single-image.ts";
import { memorySource } from "#dicom/byte-source.ts";
import { HeaderReader } from "#dicom/header-reader.ts";
import { wantedTree } from "./column-plan.ts";
import { nodePlatform } from "./node-platform.ts";
import { type SeriesTuple, TupleReader } from "./tuple-reader.ts";

function readWith(reader: TupleReader, bytes: Uint8Array): unknown {
  const header = new HeaderReader(wantedTree).read(memorySource(bytes), "file");
  reader.open(header);
  const series: SeriesTuple = reader.readSeries();
  return { series: { ...series }, setting: reader.readSetting() };
}

/** Reads files one after another with one reader, forwards and backwards, and each with a reader of its own. */
function expectSameWithWarmCache(files: readonly Uint8Array[]): void {
  const alone = files.map((bytes) => readWith(new TupleReader(nodePlatform), bytes));
  const warm = new TupleReader(nodePlatform);
  expect(files.map((bytes) => readWith(warm, bytes))).toEqual(alone);
  const backwards = new TupleReader(nodePlatform);
  const reversed = files.toReversed().map((bytes) => readWith(backwards, bytes));
  expect(reversed.toReversed()).toEqual(alone);
}

const image = makeSingleImage(5, "tuple");

test("equal bytes in another character set are other values", () => {
  const name = element(0x0010_0010, "PN", Uint8Array.from([0xc4, 0xd0, 0x5e, 0x41]));
  expectSameWithWarmCache(
    ["ISO_IR 100", "ISO_IR 144", "ISO_IR 126"].map((charset) =>
      encodeFile(
        changeDataSet(image, { with: [attribute("SpecificCharacterSet", charset), name] }),
        {
          encoding: "ELE",
        },
      ),
    ),
  );
});

test("a value too long to be kept is told from an empty one", () => {
  const description = (text: string): Uint8Array =>
    encodeFile(changeDataSet(image, { with: [element(0x0008_103e, "UT", text)] }), {
      encoding: "ELE",
    });
  expectSameWithWarmCache([description("x".repeat(70_000)), description(""), description("x")]);
});

test("no file of the odd ones is read otherwise for those that were read before it", () => {
  const files = oddFiles.map((odd) => odd.bytes()).filter((bytes) => bytes.length < 1_000_000);
  expect(files.length).toBeGreaterThan(60);
  expectSameWithWarmCache(files);
});
