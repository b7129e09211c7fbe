import { inflateRawSync } from "node:zlib";
import dicomParser from "dicom-parser";
import { expect, test } from "vitest";
import { findValueRange } from "./find-value-range.ts";
import { oddFiles } from "./odd-files.ts";

function bytesOf(name: string): Uint8Array {
  const file = oddFiles.find((one) => one.name === name);
  if (file === undefined) throw new Error(`no odd file ${name}`);
  return file.bytes();
}

test("every row that bytes can show is there", () => {
  const rows = new Set(oddFiles.map((one) => one.row));
  const inFileSystem = new Set([6, 7, 8, 9, 11, 12]);
  const missing = Array.from({ length: 50 }, (_, index) => index + 1).filter(
    (row) => !rows.has(row) && !inFileSystem.has(row),
  );
  expect(missing).toEqual([]);
});

test("names are unique, and every file is the same at each call", () => {
  expect(new Set(oddFiles.map((one) => one.name)).size).toBe(oddFiles.length);
  for (const file of oddFiles) {
    expect(Buffer.compare(file.bytes(), file.bytes()), file.name).toBe(0);
    expect(file.state === "stored", file.name).toBe(file.code === null);
  }
});

test("the bomb is a few kilobytes that become 64 MiB", () => {
  const bomb = bytesOf("row-20/bomb.dcm");
  expect(bomb.length).toBeLessThan(300_000);
  const view = new DataView(bomb.buffer, bomb.byteOffset);
  const inflated = inflateRawSync(bomb.subarray(144 + view.getUint32(140, true)));
  expect(inflated.length).toBeGreaterThan(64 * 1024 * 1024);
});

test("the sequence written as UN leaves what comes after it readable", () => {
  const read = dicomParser.parseDicom(Buffer.from(bytesOf("row-31/un-sequence.dcm")));
  expect(read.intString("x20051412")).toBe(3);
  expect(read.uint16("x00280010")).toBe(48);
});

test("the cut header ends in the value after the instance number", () => {
  const file = bytesOf("row-28/cut.dcm");
  expect(findValueRange(file, 0x0020_0013).length).toBe(2);
  expect(() => findValueRange(file, 0x0028_0010)).toThrow();
});
