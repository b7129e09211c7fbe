import { deflateSync, zlibSync } from "fflate";
import { describe, expect, test } from "vitest";
import { memorySource } from "./byte-source.ts";
import { ASSUMED_VR, BIG_ENDIAN_VALUE } from "./header.ts";
import { HeaderReader } from "./header-reader.ts";
import {
  bytesOf,
  concatBytes,
  element,
  encodeElements,
  encodeTagged,
  fileOf,
  metaGroup,
  part10,
  SYNTAXES,
  sequence,
  type TestElement,
  UNDEFINED,
} from "./testing/dataset-bytes.ts";
import {
  describeRecords,
  readEverything,
  readWanted,
  recordText,
  valuesOf,
  wantedPath,
} from "./testing/read-records.ts";
import { compileWanted } from "./wanted.ts";

const STUDY = 0x0020_000d;
const SERIES = 0x0020_000e;
const ROWS = 0x0028_0010;
const PIXELS = 0x7fe0_0010;

const wantedOfImage = [
  wantedPath([0x0008_0018], "UI"),
  wantedPath([STUDY], "UI"),
  wantedPath([SERIES], "UI"),
  wantedPath([ROWS], "US"),
];

const image: readonly TestElement[] = [
  element(0x0008_0005, "CS", "ISO_IR 100"),
  element(0x0008_0018, "UI", "1.2.3\0"),
  element(0x0008_0060, "CS", "MR"),
  element(STUDY, "UI", "1.2.4\0"),
  element(SERIES, "UI", "1.2.5\0"),
  element(ROWS, "US", [0x0102]),
  element(PIXELS, "OW", [1, 2, 3]),
];

/** Values of the wanted image elements of a file. */
function imageValues(bytes: Uint8Array): (string | null)[] {
  const header = readWanted(bytes, wantedOfImage);
  return [0, 1, 2, 3].flatMap((path) => valuesOf(header, path));
}

const littleValues = ["1.2.3\0", "1.2.4\0", "1.2.5\0", "\x02\x01"];

describe("an ordinary file", () => {
  test("gives the wanted values, the pixels' place and no warning", () => {
    const file = fileOf(image);
    const header = readWanted(file, wantedOfImage);
    expect(imageValues(file)).toEqual(littleValues);
    expect(header).toMatchObject({
      kind: "dicom",
      code: null,
      transferSyntaxUid: SYNTAXES.ELE,
      encoding: "ELE",
      stopped: null,
      lastTag: ROWS,
      hasFunctionalGroups: false,
      charsets: ["ISO_IR 100"],
      elements: 8,
      pixelData: { tag: PIXELS, position: file.length - 6, declared: 6, available: 6 },
    });
    expect([...header.warnings]).toEqual([]);
  });

  test("gives elements of the meta group by the same tree", () => {
    const meta = metaGroup(SYNTAXES.ELE, { more: [element(0x0002_0003, "UI", "1.2.3\0")] });
    const header = readWanted(part10(meta, encodeElements(image, "ELE")), [
      wantedPath([0x0002_0003], "UI"),
      wantedPath([0x0002_0010], "UI"),
    ]);
    expect(valuesOf(header, 0)).toEqual(["1.2.3\0"]);
    expect(valuesOf(header, 1)).toEqual([`${SYNTAXES.ELE}\0`]);
  });

  test("tells big-endian values and VRs that the file does not state", () => {
    const big = readWanted(fileOf(image, "EBE"), wantedOfImage).records;
    expect(big.flags[3]).toBe(BIG_ENDIAN_VALUE);
    const implicit = readWanted(fileOf(image, "ILE"), wantedOfImage).records;
    expect(implicit.flags[3]).toBe(ASSUMED_VR);
  });

  test("is read again by the same reader without a trace of the file before", () => {
    const reader = new HeaderReader(compileWanted(wantedOfImage));
    const first = describeRecords(reader.read(memorySource(fileOf(image)), "a"));
    reader.read(memorySource(bytesOf("no DICOM at all")), "b");
    const broken = reader.read(memorySource(fileOf(image).subarray(0, 250)), "c");
    expect(broken.stopped).not.toBeNull();
    expect(describeRecords(reader.read(memorySource(fileOf(image)), "d"))).toEqual(first);
  });

  test("tells progress at each read and every 1,000 elements", () => {
    let calls = 0;
    const many = Array.from({ length: 5000 }, (_, index) =>
      element(0x0009_1000 + index, "US", [1]),
    );
    readEverything(fileOf(many), { firstRead: 200_000, onProgress: () => calls++ });
    expect(calls).toBeGreaterThanOrEqual(6);
    expect(calls).toBeLessThan(12);
  });
});

describe("recognition", () => {
  test("reads a file whose mark is at byte 0", () => {
    const file = fileOf(image).subarray(128);
    expect(imageValues(file)).toEqual(littleValues);
    expect([...readWanted(file, []).warnings]).toEqual(["dicm-at-zero"]);
  });

  test("reads a file with 128 foreign bytes in front", () => {
    const file = concatBytes(new Uint8Array(128).fill(7), fileOf(image));
    expect(imageValues(file)).toEqual(littleValues);
    expect([...readWanted(file, []).warnings]).toEqual(["dicm-offset-256"]);
  });

  test.each([["ILE"], ["ELE"], ["EBE"]] as const)("reads a bare %s data set", (encoding) => {
    const header = readWanted(encodeElements(image, encoding), wantedOfImage);
    expect(header).toMatchObject({ kind: "dicom", transferSyntaxUid: null, encoding });
    expect([...header.warnings]).toEqual(["no-file-meta"]);
    expect(valuesOf(header, 2)).toEqual(["1.2.5\0"]);
  });

  test("reads a meta group without preamble", () => {
    const file = fileOf(image).subarray(132);
    expect(imageValues(file)).toEqual(littleValues);
    expect([...readWanted(file, []).warnings]).toEqual(["no-preamble"]);
  });

  test("does not look at a preamble that is a TIFF header or a program", () => {
    for (const beginning of ["II*\0", "MZ\x90\0"]) {
      const file = fileOf(image);
      file.set(bytesOf(beginning));
      expect(imageValues(file)).toEqual(littleValues);
      expect([...readWanted(file, []).warnings]).toEqual(["preamble-nonzero"]);
    }
  });

  test("names what is no DICOM", () => {
    expect(readWanted(new Uint8Array(0), [])).toMatchObject({ code: "empty-file" });
    expect(readWanted(bytesOf("text ".repeat(18)), [])).toMatchObject({
      kind: "not-dicom",
      code: "no-dicom-signature",
      detail: null,
    });
    expect(readWanted(bytesOf("%PDF-1.7"), [])).toMatchObject({
      code: "foreign-format",
      detail: "pdf",
    });
  });

  test.each([
    [
      "meta SOP class",
      part10(
        metaGroup(SYNTAXES.ELE, { more: [element(0x0002_0002, "UI", "1.2.840.10008.1.3.10")] }),
        new Uint8Array(0),
      ),
    ],
    ["data SOP class", fileOf([element(0x0008_0016, "UI", "1.2.840.10008.1.3.10")])],
    [
      "directory records",
      fileOf([sequence(0x0004_1220, [[element(0x0004_1430, "CS", "PATIENT")]])]),
    ],
    ["delimited records", fileOf([sequence(0x0004_1220, [], { isDelimited: true })])],
  ])("knows a DICOMDIR by its %s", (_, file) => {
    expect(readWanted(file, wantedOfImage).kind).toBe("dicomdir");
    expect(readEverything(file).kind).toBe("dicomdir");
  });
});

describe("transfer syntax", () => {
  test("what is detected wins over what is declared", () => {
    for (const [declared, actual] of [
      ["ELE", "ILE"],
      ["ILE", "ELE"],
      ["ELE", "EBE"],
      ["EBE", "ILE"],
    ] as const) {
      const file = part10(metaGroup(SYNTAXES[declared]), encodeElements(image, actual));
      const header = readWanted(file, wantedOfImage);
      expect(header.encoding).toBe(actual);
      expect([...header.warnings]).toEqual(["transfer-syntax-mismatch"]);
      expect(valuesOf(header, 2)).toEqual(["1.2.5\0"]);
    }
  });

  test("a deflated file that is not deflated is read as it is", () => {
    const header = readWanted(
      part10(metaGroup(SYNTAXES.DEFL), encodeElements(image, "ELE")),
      wantedOfImage,
    );
    expect(header.encoding).toBe("ELE");
    expect([...header.warnings]).toEqual(["transfer-syntax-mismatch"]);
    expect(header.records.count).toBe(4);
  });

  test("an unknown one is detected", () => {
    const header = readWanted(
      part10(metaGroup("1.2.3.4"), encodeElements(image, "ILE")),
      wantedOfImage,
    );
    expect(header).toMatchObject({ encoding: "ILE", transferSyntaxUid: "1.2.3.4" });
    expect([...header.warnings]).toEqual(["transfer-syntax-unknown"]);
  });

  test("a missing one is detected", () => {
    const meta = encodeElements(
      [element(0x0002_0000, "UL", [14]), element(0x0002_0016, "AE", "STATION")],
      "ELE",
    );
    const header = readWanted(part10(meta, encodeElements(image, "EBE")), wantedOfImage);
    expect(header).toMatchObject({ encoding: "EBE", transferSyntaxUid: null });
    expect([...header.warnings]).toEqual(["meta-length-wrong"]);
  });

  test("GE's own one has an implicit header", () => {
    const file = part10(metaGroup("1.2.840.113619.5.2"), encodeElements(image, "ILE"));
    expect([...readWanted(file, []).warnings]).toEqual([]);
  });

  test.each([
    ["raw", deflateSync],
    ["zlib", zlibSync],
  ] as const)("a %s deflated data set is inflated", (_, deflate) => {
    const file = part10(metaGroup(SYNTAXES.DEFL), deflate(encodeElements(image, "ELE")));
    const header = readWanted(file, wantedOfImage);
    expect(header).toMatchObject({ encoding: "DEFL", stopped: null });
    expect([0, 1, 2, 3].flatMap((path) => valuesOf(header, path))).toEqual(littleValues);
    expect(header.pixelData).toMatchObject({ tag: PIXELS, declared: 6, available: 6 });
    expect([...header.warnings]).toEqual([]);
  });
});

describe("the meta group", () => {
  test.each([[4000], [-20]])("ends where the group ends when its length is off by %i", (error) => {
    const right = metaGroup(SYNTAXES.ELE).length - 12;
    const meta = metaGroup(SYNTAXES.ELE, { length: right + error });
    const file = part10(meta, encodeElements(image, "ELE"));
    expect(imageValues(file)).toEqual(littleValues);
    expect([...readWanted(file, []).warnings]).toEqual(["meta-length-wrong"]);
  });

  test("may lack its length", () => {
    const file = part10(metaGroup(SYNTAXES.ELE).subarray(12), encodeElements(image, "ELE"));
    expect(imageValues(file)).toEqual(littleValues);
    expect([...readWanted(file, []).warnings]).toEqual(["meta-length-wrong"]);
  });

  test("may be implicit or big-endian", () => {
    for (const [encoding, warning] of [
      ["ILE", "meta-implicit"],
      ["EBE", "meta-big-endian"],
    ] as const) {
      const file = part10(metaGroup(SYNTAXES.ELE, { encoding }), encodeElements(image, "ELE"));
      expect(imageValues(file)).toEqual(littleValues);
      const header = readWanted(file, []);
      expect([...header.warnings]).toEqual([warning]);
      expect(header.transferSyntaxUid).toBe(SYNTAXES.ELE);
    }
  });

  test("may be missing behind the mark", () => {
    const file = part10(new Uint8Array(0), encodeElements(image, "ELE"));
    expect(imageValues(file)).toEqual(littleValues);
    expect([...readWanted(file, []).warnings]).toEqual(["no-file-meta"]);
  });
});

describe("odd VRs", () => {
  test("a missing one is read as implicit for that element only", () => {
    const bytes = concatBytes(
      encodeElements(image.slice(0, 4), "ELE"),
      encodeElements(image.slice(4, 5), "ILE"),
      encodeElements(image.slice(5), "ELE"),
    );
    const header = readWanted(part10(metaGroup(SYNTAXES.ELE), bytes), wantedOfImage);
    expect(valuesOf(header, 2)).toEqual(["1.2.5\0"]);
    expect(valuesOf(header, 3)).toEqual(["\x02\x01"]);
    expect([...header.warnings]).toEqual(["vr-missing"]);
  });

  test("an unknown one has the long form of length when the reserved bytes are 0", () => {
    const long = concatBytes(bytesOf("\x10\0\x10\0ZZ\0\0"), bytesOf("\x04\0\0\0"), bytesOf("DOE "));
    const bytes = concatBytes(
      encodeElements(image.slice(0, 3), "ELE"),
      long,
      encodeElements(image.slice(3), "ELE"),
    );
    const header = readWanted(part10(metaGroup(SYNTAXES.ELE), bytes), [
      ...wantedOfImage,
      wantedPath([0x0010_0010], "PN"),
    ]);
    expect(valuesOf(header, 4)).toEqual(["DOE "]);
    expect(valuesOf(header, 3)).toEqual(["\x02\x01"]);
    expect([...header.warnings]).toEqual(["vr-unknown"]);
  });

  test.each([["ZZ"], ["  "], ["??"]])("%j has the short form otherwise", (writtenVr) => {
    const elements = [
      ...image.slice(0, 3),
      { ...element(0x0010_0010, "PN", "DOE^JOHN"), writtenVr },
      ...image.slice(3),
    ];
    const header = readWanted(fileOf(elements), [
      ...wantedOfImage,
      wantedPath([0x0010_0010], "PN"),
    ]);
    expect(valuesOf(header, 4)).toEqual(["DOE^JOHN"]);
    expect(valuesOf(header, 3)).toEqual(["\x02\x01"]);
    expect([...header.warnings]).toEqual(["vr-unknown"]);
    expect(header.problems[0]).toMatchObject({ code: "vr-unknown", path: "0010,0010" });
  });

  test("UN has the VR that is wanted", () => {
    const elements = [element(ROWS, "UN", "\x02\x01")];
    expect(describeRecords(readWanted(fileOf(elements), [wantedPath([ROWS], "US")]))).toEqual([
      '0 0 0 0028,0010 US - "\\u0002\\u0001"',
    ]);
  });
});

const TECHNIQUE = 0x0018_9114;
const ECHO = 0x0018_9082;
const groups = [
  wantedPath([0x5200_9229, TECHNIQUE, ECHO], "FD"),
  wantedPath([0x5200_9230, TECHNIQUE, ECHO], "FD"),
  wantedPath([0x5200_9230, 0x0020_9111, 0x0020_9057], "UL"),
];

function framedObject(options: Partial<TestElement> = {}): TestElement[] {
  const frame = (index: number) => [
    sequence(TECHNIQUE, [[element(ECHO, "FD", `echo ${index}  `)]], options),
    sequence(0x0020_9111, [[element(0x0020_9057, "UL", [index])]], options),
  ];
  return [
    sequence(
      0x5200_9229,
      [[sequence(TECHNIQUE, [[element(ECHO, "FD", "shared  ")]], options)]],
      options,
    ),
    sequence(0x5200_9230, [frame(1), frame(2), [], frame(4)], options),
    element(PIXELS, "OW", [1]),
  ];
}

describe("sequences", () => {
  test.each([
    ["defined", {}],
    ["undefined", { isDelimited: true }],
    ["undefined items", { hasDelimitedItems: true }],
    ["all undefined", { isDelimited: true, hasDelimitedItems: true }],
  ])("of %s length give the values of every frame", (_, options) => {
    for (const encoding of ["ILE", "ELE", "EBE", "DEFL"] as const) {
      const header = readWanted(fileOf(framedObject(options), encoding), groups);
      expect(valuesOf(header, 0)).toEqual(["shared  "]);
      expect(valuesOf(header, 1)).toEqual(["echo 1  ", "echo 2  ", "echo 4  "]);
      expect([...header.records.frame.subarray(0, header.records.count)]).toEqual([
        0, 1, 1, 2, 2, 4, 4,
      ]);
      expect(header).toMatchObject({ hasFunctionalGroups: true, perFrameItems: 4, stopped: null });
      expect(header.pixelData?.tag).toBe(PIXELS);
      expect([...header.warnings]).toEqual([]);
    }
  });

  test("functional groups are counted though nothing in them is wanted", () => {
    for (const encoding of ["ILE", "ELE"] as const) {
      const header = readWanted(fileOf(framedObject(), encoding), []);
      expect(header).toMatchObject({ hasFunctionalGroups: true, perFrameItems: 4 });
      expect(
        readWanted(fileOf([sequence(0x5200_9229, [])], encoding), []).hasFunctionalGroups,
      ).toBe(false);
    }
  });

  test("of first items give one value, of all items all", () => {
    const tracer = (name: string) => [element(0x0018_0031, "LO", name)];
    const object = [sequence(0x0054_0016, [tracer("FDG "), tracer("PIB ")])];
    const header = readWanted(fileOf(object), [
      wantedPath([0x0054_0016, 0x0018_0031], "LO"),
      wantedPath([0x0054_0016, 0x0018_0031], "LO", "all"),
      wantedPath([0x0054_0016], "SQ"),
    ]);
    expect(valuesOf(header, 0)).toEqual(["FDG "]);
    expect(valuesOf(header, 1)).toEqual(["FDG ", "PIB "]);
    expect(describeRecords(header)).toEqual([
      "2 0 0 0054,0016 SQ - 2 items",
      '0 0 0 >0018,0031 LO - "FDG "',
      '1 0 0 >0018,0031 LO - "FDG "',
      '1 0 1 >0018,0031 LO - "PIB "',
    ]);
  });

  test("one that is never closed gives what is inside", () => {
    const open = concatBytes(
      bytesOf("\x54\0\x16\0SQ\0\0\xff\xff\xff\xff"),
      encodeTagged(0xfffe_e000, UNDEFINED, "ELE"),
      encodeElements([element(0x0018_0031, "LO", "FDG ")], "ELE"),
    );
    const file = part10(
      metaGroup(SYNTAXES.ELE),
      concatBytes(encodeElements(image.slice(0, 6), "ELE"), open),
    );
    const header = readWanted(file, [
      ...wantedOfImage,
      wantedPath([0x0054_0016, 0x0018_0031], "LO"),
    ]);
    expect(valuesOf(header, 4)).toEqual(["FDG "]);
    expect([...header.warnings]).toEqual(["sequence-not-delimited"]);
    expect(header).toMatchObject({ stopped: null, pixelData: null });
  });

  test("one whose delimiter is missing ends before the next element that is no item", () => {
    const open = concatBytes(
      bytesOf("\x08\0\x40\x11SQ\0\0\xff\xff\xff\xff"),
      encodeTagged(0xfffe_e000, 0, "ELE"),
    );
    const bytes = concatBytes(
      encodeElements(image.slice(0, 2), "ELE"),
      open,
      encodeElements(image.slice(3), "ELE"),
    );
    const header = readWanted(part10(metaGroup(SYNTAXES.ELE), bytes), wantedOfImage);
    expect(valuesOf(header, 3)).toEqual(["\x02\x01"]);
    expect([...header.warnings]).toEqual(["sequence-not-delimited"]);
  });

  test("a sequence delimiter where an item should end closes both", () => {
    const bytes = concatBytes(
      bytesOf("\x08\0\x40\x11SQ\0\0\xff\xff\xff\xff"),
      encodeTagged(0xfffe_e000, UNDEFINED, "ELE"),
      encodeElements([element(0x0008_1155, "UI", "1.2.9\0")], "ELE"),
      encodeTagged(0xfffe_e0dd, 0, "ELE"),
      encodeElements(image.slice(3), "ELE"),
    );
    const header = readWanted(part10(metaGroup(SYNTAXES.ELE), bytes), wantedOfImage);
    expect(valuesOf(header, 3)).toEqual(["\x02\x01"]);
  });

  test("the length of a delimiter is taken as 0", () => {
    const bytes = concatBytes(
      bytesOf("\x08\0\x40\x11SQ\0\0\xff\xff\xff\xff"),
      encodeTagged(0xfffe_e000, UNDEFINED, "ELE"),
      encodeTagged(0xfffe_e00d, 0x1234_5678, "ELE"),
      encodeTagged(0xfffe_e0dd, 77, "ELE"),
      encodeElements(image.slice(3), "ELE"),
    );
    const header = readWanted(part10(metaGroup(SYNTAXES.ELE), bytes), wantedOfImage);
    expect(valuesOf(header, 3)).toEqual(["\x02\x01"]);
    expect([...header.warnings]).toEqual([]);
  });

  test("UN of undefined length is an implicit sequence, or an explicit one where it looks so", () => {
    const frame = { writtenVr: "UN", isDelimited: true, hasDelimitedItems: true } as const;
    const philips = { creator: "Philips MR Imaging DD 005", group: 0x2005, element: 0x0f };
    for (const inside of ["ILE", "ELE"] as const) {
      for (const encoding of ["ELE", "EBE"] as const) {
        const object = [
          element(0x2005_0014, "LO", "Philips MR Imaging DD 005 "),
          sequence(
            0x2005_140f,
            [[element(0x0018_0081, "DS", "4.6 "), element(0x0018_0086, "IS", "2 ")]],
            { ...frame, inside },
          ),
          element(0x2050_0020, "CS", "IDENTITY"),
        ];
        const header = readWanted(fileOf(object, encoding), [
          wantedPath([philips, 0x0018_0086], "IS"),
          wantedPath([0x2050_0020], "CS"),
        ]);
        expect(valuesOf(header, 0)).toEqual(["2 "]);
        expect(valuesOf(header, 1)).toEqual(["IDENTITY"]);
        expect([...header.warnings]).toEqual([]);
      }
    }
  });

  test("an icon's own size and pixels are not the image's", () => {
    const icon = [element(ROWS, "US", [8]), element(PIXELS, "OW", [9, 9])];
    const encapsulated = { ...sequence(PIXELS, [], {}), vr: "OB", isDelimited: true };
    for (const inner of [icon, [element(ROWS, "US", [8]), encapsulated]]) {
      for (const options of [{}, { isDelimited: true, hasDelimitedItems: true }]) {
        const object = [...image.slice(0, 5), sequence(0x0088_0200, [inner], options)].sort(
          (a, b) => a.tag - b.tag,
        );
        const file = fileOf([
          ...object,
          element(0x0088_0904, "LO", "after "),
          element(PIXELS, "OW", [1, 2]),
        ]);
        const header = readWanted(file, [...wantedOfImage, wantedPath([0x0088_0904], "LO")]);
        expect(valuesOf(header, 3)).toEqual([]);
        expect(valuesOf(header, 4)).toEqual(["after "]);
        expect(header.pixelData).toMatchObject({ declared: 4, available: 4 });
      }
    }
  });

  test("an item without its own character set has that of the data set", () => {
    const object = [
      element(0x0008_0005, "CS", "ISO_IR 100"),
      sequence(0x0040_0275, [
        [
          element(0x0008_0005, "CS", "ISO_IR 192"),
          sequence(0x0040_0008, [[element(0x0008_0104, "LO", "deep")]]),
        ],
        [element(0x0040_0007, "LO", "plain ")],
      ]),
    ];
    const header = readEverything(fileOf(object));
    expect(header.charsets).toEqual(["ISO_IR 100", "ISO_IR 192"]);
    const charsetOf = (value: string) =>
      header.charsets[
        header.records.charset[
          [...header.records.tag].findIndex((_, index) => recordText(header, index) === value)
        ] ?? 0
      ];
    expect(charsetOf("deep")).toBe("ISO_IR 192");
    expect(charsetOf("plain ")).toBe("ISO_IR 100");
  });
});

describe("private elements", () => {
  const bValue = { creator: "SIEMENS MR HEADER", group: 0x0019, element: 0x0c };

  test.each([["SIEMENS MR HEADER "], ["  siemens  mr header"], ["Siemens MR Header\0"]])(
    "are found by the creator %j",
    (creator) => {
      for (const encoding of ["ELE", "ILE", "EBE"] as const) {
        const object = [
          element(0x0008_0060, "CS", "MR"),
          element(0x0019_0010, "LO", "OTHER "),
          element(0x0019_0011, "LO", creator),
          element(0x0019_100c, "IS", "wrong "),
          element(0x0019_110c, "IS", "1000"),
        ];
        expect(
          valuesOf(readWanted(fileOf(object, encoding), [wantedPath([bValue], "IS")]), 0),
        ).toEqual(["1000"]);
      }
    },
  );

  test("are not found without their creator, nor by that of another item", () => {
    const inner = [element(0x0019_100c, "IS", "5 ")];
    const object = [
      element(0x0019_0010, "LO", "SIEMENS MR HEADER"),
      sequence(0x0040_0275, [inner]),
    ];
    const header = readWanted(fileOf(object), [wantedPath([0x0040_0275, bValue], "IS")]);
    expect(header.records.count).toBe(0);
  });

  describe("whose block has no creator", () => {
    const usual = [{ creator: "SIEMENS MR HEADER", makers: ["SIEMENS"] }];
    const read = (...elements: TestElement[]) =>
      new HeaderReader(
        compileWanted([wantedPath([0x0008_0070], "LO"), wantedPath([bValue], "IS")], usual),
      ).read(memorySource(fileOf(elements)), "file");
    const siemens = element(0x0008_0070, "LO", "Siemens Healthineers");
    const value = element(0x0019_100c, "IS", "1000");

    test("are those of the maker, with a warning", () => {
      const header = read(siemens, value);
      expect(valuesOf(header, 1)).toEqual(["1000"]);
      expect([...header.warnings]).toEqual(["private-creator-missing"]);
      expect(header.problems).toMatchObject([{ path: "0019,100C" }]);
    });

    test.each<[string, TestElement[]]>([
      ["another maker's", [element(0x0008_0070, "LO", "GE MEDICAL SYSTEMS"), value]],
      ["nobody's", [value]],
      ["of another block", [siemens, element(0x0019_110c, "IS", "1000")]],
      ["of an owned block", [siemens, element(0x0019_0010, "LO", "OTHER "), value]],
      [
        "beside a block that the creator names",
        [siemens, element(0x0019_0011, "LO", "SIEMENS MR HEADER "), value],
      ],
    ])("are not read where they are %s", (_, elements) => {
      const header = read(...elements);
      expect(valuesOf(header, 1)).toEqual([]);
      expect([...header.warnings]).toEqual([]);
    });

    test("are read beside an owned block", () => {
      expect(valuesOf(read(siemens, element(0x0019_0011, "LO", "OTHER "), value), 1)).toEqual([
        "1000",
      ]);
    });
  });

  test("belong to the creator of their own item, whatever its neighbour says", () => {
    const shared = { creator: "SIEMENS MR SDS 01", group: 0x0021, element: 0xfe };
    const perFrame = { creator: "SIEMENS MR SDI 02", group: 0x0021, element: 0xfe };
    const item = (creator: string, value: string) => [
      element(0x0021_0010, "LO", creator),
      sequence(0x0021_10fe, [
        [element(0x0021_0010, "LO", creator), element(0x0021_1006, "LO", value)],
      ]),
    ];
    const header = readWanted(
      fileOf([
        sequence(0x5200_9229, [item("SIEMENS MR SDS 01 ", "shared")]),
        sequence(0x5200_9230, [
          item("SIEMENS MR SDI 02 ", "frame1"),
          item("SIEMENS MR SDS 01 ", "wrong "),
        ]),
      ]),
      [
        wantedPath([0x5200_9229, shared, { ...shared, element: 0x06 }], "LO"),
        wantedPath([0x5200_9230, perFrame, { ...perFrame, element: 0x06 }], "LO"),
      ],
    );
    expect(valuesOf(header, 0)).toEqual(["shared"]);
    expect(valuesOf(header, 1)).toEqual(["frame1"]);
  });
});

describe("order", () => {
  test("tags out of order are found", () => {
    const shuffled = [image[5], image[3], image[0], image[4], image[1]].map(
      (each) => each as TestElement,
    );
    const header = readWanted(
      part10(metaGroup(SYNTAXES.ELE), encodeElements(shuffled, "ELE")),
      wantedOfImage,
    );
    expect([0, 1, 2, 3].flatMap((path) => valuesOf(header, path))).toEqual(littleValues);
    expect([...header.warnings]).toEqual([]);
  });

  test("the first of two equal tags wins, wherever the second is", () => {
    const original = sequence(0x0400_0561, [[element(SERIES, "UI", "1.2.8\0")]]);
    const adjacent = [
      ...image.slice(0, 5),
      element(SERIES, "UI", "1.2.7\0"),
      image[5] as TestElement,
      original,
    ];
    const distant = [...image.slice(0, 6), element(SERIES, "UI", "1.2.7\0"), original];
    for (const elements of [adjacent, distant]) {
      const header = readWanted(fileOf(elements), wantedOfImage);
      expect(valuesOf(header, 2)).toEqual(["1.2.5\0"]);
      expect([...header.warnings]).toEqual(["duplicate-element"]);
      expect([...readEverything(fileOf(elements)).warnings]).toEqual(["duplicate-element"]);
    }
  });

  test("a sequence that comes twice is looked into once", () => {
    const header = readWanted(fileOf([...framedObject().slice(1, 2), ...framedObject()]), groups);
    expect(valuesOf(header, 1)).toHaveLength(3);
    expect(header.perFrameItems).toBe(4);
    expect([...header.warnings]).toEqual(["duplicate-element"]);
  });
});

describe("the end of the data set", () => {
  test.each([
    ["trailing padding", encodeElements([element(0xfffc_fffc, "OB", "\0\0\0\0")], "ELE")],
    ["zeros", new Uint8Array(1000)],
    ["a few zeros", new Uint8Array(5)],
  ])("may be followed by %s", (_, tail) => {
    const bytes = concatBytes(encodeElements(image.slice(0, 6), "ELE"), tail);
    const header = readWanted(part10(metaGroup(SYNTAXES.ELE), bytes), wantedOfImage);
    expect(header).toMatchObject({ stopped: null, lastTag: ROWS, pixelData: null });
    expect([...header.warnings]).toEqual([]);
  });

  test("in the middle of the pixels leaves the header whole and counts what is there", () => {
    const file = fileOf(image);
    const header = readWanted(file.subarray(0, file.length - 4), wantedOfImage);
    expect(header.records.count).toBe(4);
    expect(header).toMatchObject({ stopped: null, pixelData: { declared: 6, available: 2 } });
  });

  test("inside a value or a header stops the walk, with what came before", () => {
    const file = fileOf(image.slice(0, 5));
    expect(readWanted(file.subarray(0, file.length - 3), wantedOfImage)).toMatchObject({
      stopped: "length-beyond-file",
      lastTag: STUDY,
      records: { count: 2 },
    });
    expect(readWanted(file.subarray(0, file.length - 10), wantedOfImage)).toMatchObject({
      stopped: "truncated",
      lastTag: STUDY,
    });
  });

  test("inside functional groups leaves the frames before it", () => {
    const file = fileOf(framedObject());
    const at = String.fromCharCode(...file).indexOf("echo 2");
    const header = readWanted(file.subarray(0, at), groups);
    expect(valuesOf(header, 1)).toEqual(["echo 1  "]);
    expect(header).toMatchObject({ stopped: "length-beyond-file", perFrameItems: 2 });
  });

  test.each([[0x7fff_fff0], [0x2020_2020]])(
    "far before the length %i of a private value stops there",
    (declared) => {
      const object = [...image.slice(0, 5), { ...element(0x0021_1010, "UN", "abc "), declared }];
      const header = readWanted(fileOf([...object, ...image.slice(5)]), wantedOfImage);
      expect(header.records.count).toBe(3);
      expect(header).toMatchObject({ stopped: "length-beyond-file", lastTag: SERIES });
      expect([...header.warnings]).toEqual(["length-beyond-file"]);
    },
  );

  test("of an item before that of a value in it loses the rest of the item only", () => {
    const inner = [{ ...element(0x0018_0031, "LO", "FDG "), declared: 400 }];
    const object = [...image.slice(0, 5), sequence(0x0040_0275, [inner]), ...image.slice(5)];
    const header = readEverything(fileOf([...object].sort((a, b) => a.tag - b.tag)));
    expect(header.pixelData?.tag).toBe(PIXELS);
    expect(header.stopped).toBeNull();
    expect([...header.warnings]).toEqual(["length-beyond-file"]);
  });

  test("odd lengths need no padding", () => {
    const object = [
      element(0x0008_0060, "CS", "M"),
      element(0x0010_0020, "LO", "ABC"),
      element(ROWS, "US", [5]),
    ];
    expect(valuesOf(readWanted(fileOf(object), wantedOfImage), 3)).toEqual(["\x05\0"]);
  });
});

describe("limits", () => {
  test("10,000 nested sequences end at a depth, with what came before", () => {
    for (const isDelimited of [false, true]) {
      const opening = concatBytes(
        bytesOf(`\x40\0\x75\x02SQ\0\0${isDelimited ? "\xff\xff\xff\xff" : "\xf0\xff\0\0"}`),
        encodeTagged(0xfffe_e000, isDelimited ? UNDEFINED : 0xffe0, "ELE"),
      );
      const nest = concatBytes(...Array.from({ length: 10_000 }, () => opening));
      const bytes = concatBytes(encodeElements(image.slice(0, 6), "ELE"), nest);
      const file = part10(metaGroup(SYNTAXES.ELE), bytes);
      const header = readEverything(file);
      expect(header.warnings.has("nesting-limit")).toBe(true);
      if (isDelimited) expect(header.stopped).toBe("nesting-limit");
      expect(
        Math.max(...header.records.depth.subarray(0, header.records.count)),
      ).toBeLessThanOrEqual(32);
      expect(readWanted(file, wantedOfImage).records.count).toBe(4);
    }
  });

  test("items beyond the limit are passed and not recorded", () => {
    for (const options of [
      {},
      { isDelimited: true },
      { isDelimited: true, hasDelimitedItems: true },
    ]) {
      const items = Array.from({ length: 50 }, () => [element(0x0018_0031, "LO", "FDG ")]);
      const file = fileOf([sequence(0x0054_0016, items, options), element(0x0054_0081, "US", [7])]);
      const paths = [
        wantedPath([0x0054_0016, 0x0018_0031], "LO", "all"),
        wantedPath([0x0054_0081], "US"),
      ];
      const header = readWanted(file, paths, { limits: { items: 10 } });
      expect(valuesOf(header, 0)).toHaveLength(10);
      expect(valuesOf(header, 1)).toEqual(["\x07\0"]);
      expect([...header.warnings]).toEqual(["item-limit"]);
      const all = readEverything(file, { limits: { items: 10 } });
      expect(
        [...all.records.tag.subarray(0, all.records.count)].filter((tag) => tag === 0x0018_0031),
      ).toHaveLength(10);
      expect(all.records.tag[all.records.count - 1]).toBe(0x0054_0081);
    }
  });

  test("elements, records, bytes read and bytes inflated have limits", () => {
    const many = Array.from({ length: 3000 }, (_, index) =>
      element(0x0009_1000 + index, "LO", "value "),
    );
    expect(readEverything(fileOf(many), { limits: { elements: 1500 } })).toMatchObject({
      stopped: "element-limit",
      elements: 1501,
    });
    expect(readEverything(fileOf(many), { limits: { records: 1500 } })).toMatchObject({
      stopped: "element-limit",
      records: { count: 1500 },
    });
    expect(
      readEverything(fileOf(many), { firstRead: 1024, limits: { headerBytes: 20_000 } }),
    ).toMatchObject({
      stopped: "header-limit",
    });
    const bomb = [
      element(0x0008_0018, "UI", "1.2.3\0"),
      element(0x0009_1000, "OB", new Uint8Array(40_000_000)),
      element(STUDY, "UI", "1.2.4\0"),
    ];
    const header = readWanted(fileOf(bomb, "DEFL"), wantedOfImage);
    expect(header.stopped).toBe("inflate-limit");
    expect(valuesOf(header, 0)).toEqual(["1.2.3\0"]);
    expect(header.records.count).toBe(1);
  });

  test("long values are not kept, by their VR", () => {
    const long = (tag: number, vr: string, bytes: number) =>
      element(tag, vr, new Uint8Array(bytes).fill(0x41));
    const object = [
      long(0x0008_2111, "UT", 65_536),
      long(0x0008_2112, "UT", 65_537),
      long(0x0029_1010, "OB", 2_000_000),
      long(0x0029_1020, "OB", 4_194_305),
      long(0x0029_1030, "OW", 1_048_577),
      element(ROWS, "US", [5]),
    ];
    const paths = object.map(({ tag, vr }) => wantedPath([tag], vr));
    const header = readWanted(fileOf(object), paths);
    expect([...header.records.length.subarray(0, 6)]).toEqual([65_536, -1, 2_000_000, -1, -1, 2]);
    expect(header.records.declared[3]).toBe(4_194_305);
    expect([...header.warnings]).toEqual(["value-too-long"]);
    expect(
      header.bytes
        .subarray(header.records.start[2], (header.records.start[2] ?? 0) + 2_000_000)
        .every((byte) => byte === 0x41),
    ).toBe(true);
    const all = readEverything(fileOf(object));
    expect([...all.records.length.subarray(all.records.count - 6, all.records.count)]).toEqual([
      65_536, -1, -1, -1, -1, 2,
    ]);
    expect([...all.warnings]).toEqual([]);
    const withRoomForOne = readWanted(fileOf(object), paths, { limits: { keptBytes: 100_000 } });
    expect([...withRoomForOne.records.length.subarray(0, 3)]).toEqual([65_536, -1, -1]);
  });

  test("a declared length is never read before it is known to be there", () => {
    let asked = 0;
    const bytes = fileOf([{ ...element(0x0029_1010, "OB", "abc "), declared: 0x7fff_0000 }]);
    const inner = memorySource(bytes);
    const source = {
      size: bytes.length,
      read(target: Uint8Array, offset: number, length: number, position: number) {
        asked = Math.max(asked, length);
        return inner.read(target, offset, length, position);
      },
    };
    new HeaderReader("everything").read(source, "a");
    expect(asked).toBeLessThanOrEqual(8192);
  });
});

describe("a value that was passed over", () => {
  const inFrame = {
    ...wantedPath([0x5200_9230, 0x0020_9171, 0x0029_1010], "OB"),
    isDeferred: true,
  };
  const letters = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
  const file = fileOf([
    sequence(
      0x5200_9230,
      letters.map((letter) => [
        sequence(0x0020_9171, [[element(0x0029_1010, "OB", letter.repeat(40_000))]]),
      ]),
    ),
  ]);

  test("is lent frame by frame and never kept", () => {
    const header = readWanted(file, [inFrame]);
    const { bytes } = header;
    const found = letters.map((_, record) => {
      const value = header.fetch(record) as Uint8Array;
      return [
        value.length,
        value.every((byte) => byte === value[0]),
        String.fromCharCode(value[0] ?? 0),
      ];
    });
    expect(found).toEqual(letters.map((letter) => [40_000, true, letter]));
    expect(header.bytes).toBe(bytes);
    expect(bytes.length).toBeLessThan(100_000);
    expect(header.fetch(0)?.[0]).toBe(0x61); // going back is no harm
  });

  test("is read once for each time that it is asked for", () => {
    let read = 0;
    const inner = memorySource(file);
    const source = {
      size: file.length,
      read(target: Uint8Array, offset: number, length: number, position: number) {
        const count = inner.read(target, offset, length, position);
        read += count;
        return count;
      },
    };
    const header = new HeaderReader(compileWanted([inFrame])).read(source, "a");
    const passed = read;
    expect(passed).toBeLessThan(0.6 * file.length);
    for (const record of letters.keys()) header.fetch(record);
    expect(read - passed).toBe(letters.length * 40_000);
  });

  test("is not read where it is too long", () => {
    const header = readWanted(file, [inFrame], { limits: { blobBytes: 39_999 } });
    expect(header.fetch(0)).toBeNull();
  });
});

describe("the source", () => {
  test("its errors pass through", () => {
    const failing = {
      size: 100_000,
      read(): number {
        throw new Error("EIO");
      },
    };
    expect(() => new HeaderReader("everything").read(failing, "a")).toThrow("EIO");
  });

  test("may have shrunk since it was opened", () => {
    const file = fileOf(image);
    const whole = memorySource(file.subarray(0, 250));
    const source = { size: file.length, read: whole.read.bind(whole) };
    expect(new HeaderReader("everything").read(source, "a").stopped).toBe("truncated");
  });

  test("waveforms and spectra are noted", () => {
    const file = fileOf([
      sequence(0x5400_0100, [[element(0x5400_1010, "OW", [1])]]),
      element(0x5600_0020, "OF", "1234"),
    ]);
    expect(readWanted(file, [])).toMatchObject({ hasWaveform: true, hasSpectroscopy: true });
  });
});
