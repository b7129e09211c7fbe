import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { changeDataSet, element } from "#demo/element.ts";
import { encodeFile } from "#demo/encode-file.ts";
import { makeSingleImage } from "#demo/single-image.ts";
import { readFullHeader } from "./full-header.ts";
import { type KeptElement, parseStoredHeader } from "./stored-header.ts";

const folder = mkdtempSync(join(tmpdir(), "nils-header-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const long = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);

function elementsOf(name: string): readonly KeptElement[] {
  const header = readFullHeader(folder, name, () => undefined);
  return header === null ? [] : parseStoredHeader(header);
}

test("a value above 64 KiB is kept as its length and SHA-256, deflated or not", () => {
  const dataSet = changeDataSet(makeSingleImage(3, "long"), {
    with: [element(0x0009_0010, "LO", "NILS TEST"), element(0x0009_1001, "OB", long)],
  });
  const expected = { length: 100_000, sha256: createHash("sha256").update(long).digest("hex") };
  for (const encoding of ["ELE", "DEFL"] as const) {
    writeFileSync(join(folder, encoding), encodeFile(dataSet, { encoding }));
    const found = elementsOf(encoding).find(({ tag }) => tag === 0x0009_1001);
    expect(found).toMatchObject({ vr: "OB", bytes: null, items: null, digest: expected });
  }
});

test("a file that went away gives no header, and no error", () => {
  expect(readFullHeader(folder, "gone", () => undefined)).toBeNull();
});
