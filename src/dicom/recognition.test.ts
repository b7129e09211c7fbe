import { describe, expect, test } from "vitest";
import { recognizeFile } from "./recognition.ts";
import { bytesOf, concatBytes, element, encodeElements, fileOf } from "./testing/dataset-bytes.ts";

const recognize = (bytes: Uint8Array, name = "IM1.dcm") => recognizeFile(bytes, bytes.length, name);

const at = (offset: number, text: string) => concatBytes(new Uint8Array(offset), bytesOf(text));

describe("foreign formats", () => {
  test.each([
    ["jpeg", "foreign-format", bytesOf("\xff\xd8\xff\xe0")],
    ["png", "foreign-format", bytesOf("\x89PNG\r\n\x1a\n")],
    ["pdf", "foreign-format", bytesOf("%PDF-1.4")],
    ["gif", "foreign-format", bytesOf("GIF89a")],
    ["bmp", "foreign-format", bytesOf("BM\x36\x10\0\0\0\0\0\0")],
    ["tiff", "foreign-format", bytesOf("MM\0*")],
    ["gzip", "archive-file", bytesOf("\x1f\x8b\x08")],
    ["zip", "archive-file", bytesOf("PK\x03\x04")],
    ["7z", "archive-file", bytesOf("7z\xbc\xaf\x27\x1c")],
    ["tar", "archive-file", at(257, "ustar")],
    ["nifti", "foreign-format", at(344, "n+1\0")],
    ["nifti", "foreign-format", at(4, "n+2\0")],
    ["nrrd", "foreign-format", bytesOf("NRRD0004\n")],
    ["hdf5", "foreign-format", bytesOf("\x89HDF\r\n\x1a\n")],
    ["sqlite", "foreign-format", bytesOf("SQLite format 3\0")],
    ["appledouble", "appledouble", bytesOf("\0\x05\x16\x07\0\x02\0\0")],
    ["genesis", "foreign-format", bytesOf("IMGF\0\0\x1e\xd0")],
    ["xml", "foreign-format", bytesOf("\xef\xbb\xbf\n<?xml version")],
    ["html", "foreign-format", bytesOf("<!DOCTYPE html>")],
    ["json", "foreign-format", bytesOf('{\n  "a": 1}')],
    ["json", "foreign-format", bytesOf("[1, 2]")],
  ])("%s is %s", (detail, code, bytes) => {
    expect(recognize(bytes)).toEqual({ kind: "not-dicom", code, detail });
  });

  test.each([["Thumbs.db"], [".DS_Store"], ["folder/DESKTOP.INI"]])(
    "%s is known by its name",
    (name) => {
      expect(recognize(bytesOf("anything"), name)).toMatchObject({ code: "system-file" });
    },
  );

  test("a DICOM file is one whatever its name", () => {
    expect(recognize(fileOf([]), "Thumbs.db").kind).toBe("meta");
  });
});

describe("a bare data set", () => {
  const elements = [
    element(0x0008_0005, "CS", "ISO_IR 100"),
    element(0x0008_0016, "UI", "1.2.3\0"),
    element(0x0008_0018, "UI", "1.2.4\0"),
  ];

  test("is recognised by three elements, or fewer that end with the file", () => {
    for (const encoding of ["ILE", "ELE", "EBE"] as const) {
      for (const count of [1, 2, 3]) {
        expect(recognize(encodeElements(elements.slice(0, count), encoding)).kind).toBe("bare");
      }
    }
  });

  test.each([
    ["tags that descend", [elements[1], elements[0]]],
    [
      "a length beyond the file",
      [elements[0], { ...element(0x0008_0016, "UI", "1.2.3\0"), declared: 900 }],
    ],
    [
      "a first tag after the identification",
      [element(0x0008_0060, "CS", "MR"), element(0x0008_0070, "LO", "X ")],
    ],
  ])("is not recognised by %s", (_, list) => {
    const bytes = encodeElements(
      list.flatMap((each) => each ?? []),
      "ELE",
    );
    expect(recognize(bytes)).toMatchObject({ code: "no-dicom-signature" });
  });

  test("may hold the mark of a Part 10 file inside a value", () => {
    const bytes = encodeElements(
      [
        element(0x0008_0005, "CS", "ISO_IR 100"),
        element(0x0008_0008, "CS", `${"A".repeat(102)}DICM`),
        ...elements.slice(1),
      ],
      "ELE",
    );
    expect(String.fromCharCode(...bytes.subarray(128, 132))).toBe("DICM");
    expect(recognize(bytes).kind).toBe("bare");
  });
});
