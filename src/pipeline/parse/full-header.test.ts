import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { changeDataSet, element } from "#demo/element.ts";
import { encodeFile } from "#demo/encode-file.ts";
import { makeSingleImage } from "#demo/single-image.ts";
import { readFullHeader, type StoredElement } from "./full-header.ts";

const folder = mkdtempSync(join(tmpdir(), "nils-header-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const long = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);

function elementsOf(name: string): readonly StoredElement[] {
  const header = readFullHeader(folder, name, () => undefined);
  const text = inflateRawSync(header?.content ?? new Uint8Array()).toString();
  return (JSON.parse(text) as { elements: StoredElement[] }).elements;
}

test("a value above 64 KiB is kept as its length and SHA-256, deflated or not", () => {
  const dataSet = changeDataSet(makeSingleImage(3, "long"), {
    with: [element(0x0009_0010, "LO", "NILS TEST"), element(0x0009_1001, "OB", long)],
  });
  const expected = { length: 100_000, sha256: createHash("sha256").update(long).digest("hex") };
  for (const encoding of ["ELE", "DEFL"] as const) {
    writeFileSync(join(folder, encoding), encodeFile(dataSet, { encoding }));
    const found = elementsOf(encoding).find(([tag]) => tag === "0009,1001");
    expect(found).toEqual(["0009,1001", "OB", expected]);
  }
});

test("a file that went away gives no header, and no error", () => {
  expect(readFullHeader(folder, "gone", () => undefined)).toBeNull();
});
