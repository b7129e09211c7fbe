import { describe, expect, test } from "vitest";
import { element, encodeElements, sequence } from "./testing/dataset-bytes.ts";
import { detectDataSetEncoding, findDeclaredEncoding } from "./transfer-syntax.ts";

describe("findDeclaredEncoding", () => {
  test.each([
    ["1.2.840.10008.1.2", "ILE"],
    ["1.2.840.10008.1.2.1", "ELE"],
    ["1.2.840.10008.1.2.2", "EBE"],
    ["1.2.840.10008.1.2.1.99", "DEFL"],
    ["1.2.840.10008.1.2.1.98", "ELE"],
    ["1.2.840.10008.1.2.4.70", "ELE"],
    ["1.2.840.10008.1.2.4.95", "DEFL"],
    ["1.2.840.10008.1.2.5", "ELE"],
    ["1.2.840.113619.5.2", "ILE"],
    ["1.2.840.10008.1.2.99", null],
    ["1.2.3.4", null],
    ["", null],
  ])("%s is %s", (uid, encoding) => {
    expect(findDeclaredEncoding(uid)).toBe(encoding);
  });
});

describe("detectDataSetEncoding", () => {
  const groups = [
    sequence(0x5200_9230, [[]], { isDelimited: true }),
    element(0x5400_0100, "LO", "x "),
  ];

  test("believes what is declared where the first group reads either way", () => {
    for (const encoding of ["ELE", "EBE"] as const) {
      const bytes = encodeElements(groups, encoding);
      expect(detectDataSetEncoding(bytes, 0, bytes.length, encoding)).toBe(encoding);
    }
  });

  test("believes the bytes where they read well one way only", () => {
    const elements = [element(0x0010_0010, "PN", "A "), element(0x0010_0020, "LO", "B ")];
    const bytes = encodeElements(elements, "EBE");
    expect(detectDataSetEncoding(bytes, 0, bytes.length, "ELE")).toBe("EBE");
    expect(detectDataSetEncoding(bytes, 0, bytes.length, null)).toBe("EBE");
  });

  test("believes what is declared where there are no bytes", () => {
    expect(detectDataSetEncoding(new Uint8Array(4), 0, 4, "ILE")).toBe("ILE");
    expect(detectDataSetEncoding(new Uint8Array(0), 0, 0, null)).toBe(null);
  });
});
