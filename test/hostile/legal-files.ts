/** Whole files: what stands before the data set, in which order it is, how its pixels are written, how it ends. */
import { attribute, type DataSet, element } from "#demo/element.ts";
import { type Encoding, encodeDataSet } from "#demo/encode-data-set.ts";
import { encodeFile, type FileOptions, wrapBody } from "#demo/encode-file.ts";
import { hexBytes, joinBytes } from "#demo/odd/odd-file.ts";
import { changedCase, imageOf, type LegalCase, legalCase } from "./legal-case.ts";
import { makeFragments } from "./make-bytes.ts";
import type { Row } from "./observe.ts";

const PIXELS = 0x7fe0_0010;
const withoutPixels = (dataSet: DataSet): DataSet => dataSet.filter((one) => one.tag !== PIXELS);

/** Pixels compressed, the header as ever explicit little endian (PS3.5 §A.4). */
const compressed: readonly LegalCase[] = [
  ["JPEG Baseline", "1.2.840.10008.1.2.4.50"],
  ["JPEG Extended", "1.2.840.10008.1.2.4.51"],
  ["JPEG Lossless", "1.2.840.10008.1.2.4.57"],
  ["JPEG Lossless SV1", "1.2.840.10008.1.2.4.70"],
  ["JPEG-LS Lossless", "1.2.840.10008.1.2.4.80"],
  ["JPEG-LS Near-Lossless", "1.2.840.10008.1.2.4.81"],
  ["JPEG 2000 Lossless", "1.2.840.10008.1.2.4.90"],
  ["JPEG 2000", "1.2.840.10008.1.2.4.91"],
  ["JPEG 2000 Part 2 Lossless", "1.2.840.10008.1.2.4.92"],
  ["MPEG2", "1.2.840.10008.1.2.4.100"],
  ["MPEG-4 AVC", "1.2.840.10008.1.2.4.102"],
  ["HEVC", "1.2.840.10008.1.2.4.107"],
  ["HTJ2K Lossless", "1.2.840.10008.1.2.4.201"],
  ["HTJ2K", "1.2.840.10008.1.2.4.203"],
  ["RLE Lossless", "1.2.840.10008.1.2.5"],
  ["Encapsulated Uncompressed", "1.2.840.10008.1.2.1.98"],
  ["Deflated Image Frame", "1.2.840.10008.1.2.8.1"],
].map(([name = "", transferSyntaxUid = ""]) =>
  fileCase(
    `compressed by ${name}`,
    (dataSet) =>
      joinBytes(encodeDataSet(withoutPixels(dataSet), "ELE"), makeFragments(new Uint8Array(64))),
    { transfer_syntax_uid: transferSyntaxUid, actual_encoding: "ELE" },
    { transferSyntaxUid },
  ),
);

/** A file of the case's image, whose body is made of it. */
function fileCase(
  name: string,
  makeBody: (dataSet: DataSet) => Uint8Array,
  values: Row,
  options: Partial<FileOptions> = {},
  warnings: readonly string[] = [],
): LegalCase {
  const make = (): Uint8Array => {
    const dataSet = imageOf(name);
    return wrapBody(makeBody(dataSet), dataSet, { encoding: "ELE", ...options });
  };
  return legalCase(name, make, values, warnings);
}

const rle = { transferSyntaxUid: "1.2.840.10008.1.2.5" };
const delimiter = "feff dde0 00000000";

/** Forms of encapsulated pixels: with and without table, of several and of no fragments, with the extended table. */
const fragments: readonly LegalCase[] = [
  [
    "a table of offsets and two fragments",
    `e07f1000 4f42 0000 ffffffff feff00e0 04000000 00000000
     feff00e0 04000000 01020304 feff00e0 02000000 0506 ${delimiter}`,
  ],
  ["fragments without a delimiter at their end", "e07f1000 4f42 0000 ffffffff feff00e0 00000000"],
  [
    "an empty fragment",
    `e07f1000 4f42 0000 ffffffff feff00e0 00000000 feff00e0 00000000 ${delimiter}`,
  ],
  [
    "an extended table of offsets before the pixels",
    `e07f0100 4f56 0000 08000000 0000000000000000 e07f0200 4f56 0000 08000000 0400000000000000
     e07f1000 4f42 0000 ffffffff feff00e0 00000000 feff00e0 04000000 01020304 ${delimiter}`,
  ],
  [
    "pixels under UN",
    `e07f1000 554e 0000 ffffffff feff00e0 00000000 feff00e0 04000000 01020304 ${delimiter}`,
  ],
].map(([name = "", hex = ""]) =>
  fileCase(
    name,
    (dataSet) =>
      joinBytes(encodeDataSet(withoutPixels(dataSet), "ELE"), hexBytes(hex.replaceAll(/\s/g, ""))),
    {},
    rle,
  ),
);

/** Elements after the pixels are none of the header, but legal: padding, signatures, private ones. */
const endings: readonly LegalCase[] = (["ILE", "ELE", "EBE", "DEFL"] as const).flatMap((encoding) =>
  (
    [
      ["trailing padding", [element(0xfffc_fffc, "OB", new Uint8Array(300))]],
      ["a private element after the pixels", [element(0x7fe1_0010, "LO", "NILS ODD")]],
    ] as const
  ).map(([name, elements]) =>
    changedCase(`${encoding} ${name}`, { with: elements }, {}, { encoding }),
  ),
);

const noImage = ["Rows", "Columns", "PixelData"] as const;
const RAW_DATA = attribute("SOPClassUID", "1.2.840.10008.5.1.4.1.1.66");

/** Ends of an object without pixels, where a reader comes to the last byte. */
const endsWithoutPixels: readonly LegalCase[] = (["ILE", "ELE", "EBE"] as const).flatMap(
  (encoding) =>
    (
      [
        ["nothing", () => new Uint8Array(0)],
        ["8 zeros", () => new Uint8Array(8)],
        ["2,048 zeros", () => new Uint8Array(2048)],
        ["one zero", () => new Uint8Array(1)],
        [
          "padding",
          () => encodeDataSet([element(0xfffc_fffc, "OB", new Uint8Array(200))], encoding),
        ],
      ] as const
    ).map(([name, makeEnd]) => {
      const title = `${encoding} no image, ended by ${name}`;
      const make = (): Uint8Array => {
        const dataSet = imageOf(title, { with: [RAW_DATA], without: noImage });
        return joinBytes(encodeFile(dataSet, { encoding }), makeEnd());
      };
      return legalCase(title, make, { rows: null, columns: null, has_pixels: 0 });
    }),
);

/** Pixels of other types, and native ones in bytes. */
const pixels: readonly LegalCase[] = [
  fileCase(
    "float pixels",
    (dataSet) =>
      encodeDataSet(
        [...withoutPixels(dataSet), element(0x7fe0_0008, "OF", new Uint8Array(48 * 48 * 4))],
        "ELE",
      ),
    {},
  ),
  fileCase(
    "double float pixels",
    (dataSet) =>
      encodeDataSet(
        [...withoutPixels(dataSet), element(0x7fe0_0009, "OD", new Uint8Array(48 * 48 * 8))],
        "ELE",
      ),
    {},
  ),
  fileCase(
    "pixels of 16 bits in OB",
    (dataSet) =>
      encodeDataSet(
        [...withoutPixels(dataSet), element(PIXELS, "OB", new Uint8Array(48 * 48 * 2))],
        "ELE",
      ),
    {},
  ),
  fileCase(
    "pixels longer than the image",
    (dataSet) =>
      encodeDataSet(
        [...withoutPixels(dataSet), element(PIXELS, "OW", new Uint8Array(48 * 48 * 2 + 512))],
        "ELE",
      ),
    {},
  ),
  fileCase(
    "implicit header under GE's syntax for big-endian pixels",
    (dataSet) => encodeDataSet(dataSet, "ILE"),
    { actual_encoding: "ILE" },
    { transferSyntaxUid: "1.2.840.113619.5.2" },
  ),
];

/** Elements in any order but the pixels, which end what is read. */
const orders: readonly LegalCase[] = (["ILE", "ELE", "EBE"] as const).flatMap((encoding) =>
  [
    ["backwards", (dataSet: DataSet) => withoutPixels(dataSet).toReversed()],
    [
      "by element before group",
      (dataSet: DataSet) =>
        withoutPixels(dataSet).toSorted((a, b) => (a.tag & 0xffff) - (b.tag & 0xffff)),
    ],
    [
      "with the identity at the end",
      (dataSet: DataSet) =>
        withoutPixels(dataSet).toSorted((a, b) => Number(isIdentity(a)) - Number(isIdentity(b))),
    ],
  ].map(([name, order]) => {
    const sort = order as (dataSet: DataSet) => DataSet;
    return fileCase(
      `${encoding} elements ${name}`,
      (dataSet) =>
        encodeDataSet(
          [...beginning(dataSet), ...sort(dataSet).filter(isAfterBeginning), ...only(dataSet)],
          encoding as Encoding,
        ),
      {},
      { encoding: encoding as Encoding },
    );
  }),
);

/** The first element says how a data set is written, and so stays where it is. */
const beginning = (dataSet: DataSet): DataSet => dataSet.filter((one) => !isAfterBeginning(one));
const isAfterBeginning = (one: DataSet[number]): boolean => one.tag !== 0x0008_0005;
const only = (dataSet: DataSet): DataSet => dataSet.filter((one) => one.tag === PIXELS);
const isIdentity = (one: DataSet[number]): boolean =>
  [0x0008_0016, 0x0008_0018, 0x0020_000d, 0x0020_000e].includes(one.tag);

/** Meta groups with all that may be in one (PS3.10 §7.1). */
const metaGroups: readonly LegalCase[] = [
  metaCase("only what is needed", []),
  metaCase("a source's title", [element(0x0002_0016, "AE", "SCANNER1")], {
    source_application_entity_title: "SCANNER1",
  }),
  metaCase("private information", [
    element(0x0002_0100, "UI", "1.2.3"),
    element(0x0002_0102, "OB", new Uint8Array(64).fill(0x44)),
  ]),
  metaCase("private information of 100 KB", [
    element(0x0002_0100, "UI", "1.2.3"),
    element(0x0002_0102, "OB", new Uint8Array(100_000).fill(0x44)),
  ]),
  metaCase("presentation addresses", [
    element(0x0002_0026, "UR", "dicom://a.b"),
    element(0x0002_0027, "UR", "dicom://c.d"),
  ]),
];

/** A meta group of the three UIDs and these elements. */
function metaCase(name: string, more: readonly DataSet[number][], values: Row = {}): LegalCase {
  const title = `a meta group with ${name}`;
  const make = (): Uint8Array => {
    const dataSet = imageOf(title);
    const meta = encodeDataSet(
      [
        element(0x0002_0002, "UI", "1.2.840.10008.5.1.4.1.1.4"),
        element(0x0002_0003, "UI", uidOf(dataSet)),
        element(0x0002_0010, "UI", "1.2.840.10008.1.2.1"),
        ...more,
      ],
      "ELE",
    );
    const length = encodeDataSet([element(0x0002_0000, "UL", meta.length)], "ELE");
    const mark = new Uint8Array(132);
    mark.set([0x44, 0x49, 0x43, 0x4d], 128);
    return joinBytes(mark, length, meta, encodeDataSet(dataSet, "ELE"));
  };
  return legalCase(title, make, values);
}

function uidOf(dataSet: DataSet): string {
  return String(dataSet.find((one) => one.tag === 0x0008_0018)?.value);
}

/** Identity in the meta group alone: the data set's is missing. */
const identities: readonly LegalCase[] = [
  changedCase(
    "an instance named by the meta group alone",
    { without: ["SOPInstanceUID", "SOPClassUID"] },
    { sop_instance_uid: "2.25.77", sop_class_uid: "1.2.840.10008.5.1.4.1.1.4" },
    {
      mediaStorageSopInstanceUid: "2.25.77",
      mediaStorageSopClassUid: "1.2.840.10008.5.1.4.1.1.4",
    },
  ),
  changedCase("a series without modality", { without: ["Modality"] }, {}, {}, ["modality-missing"]),
  changedCase(
    "a preamble that holds something",
    {},
    {},
    { preamble: new Uint8Array(128).fill(0x20) },
    ["preamble-nonzero"],
  ),
];

const bits = (allocated: number): DataSet => [
  attribute("BitsAllocated", allocated),
  attribute("BitsStored", allocated),
  attribute("HighBit", allocated - 1),
];

/** Pixels in other layouts than one sample of 16 bits (PS3.5 §8.1, PS3.3 §C.7.6.3.1.2). */
const layouts: readonly LegalCase[] = [
  changedCase(
    "pixels of 8 bits",
    { with: [...bits(8), element(PIXELS, "OB", new Uint8Array(48 * 48))] },
    { bits_stored: 8 },
  ),
  changedCase(
    "an odd number of pixels of 8 bits",
    {
      with: [
        ...bits(8),
        attribute("Rows", 5),
        attribute("Columns", 5),
        element(PIXELS, "OB", new Uint8Array(25)),
      ],
    },
    { bits_stored: 8, rows: 5, columns: 5 },
  ),
  ...["RGB", "YBR_FULL"].map((photometric) =>
    changedCase(
      `pixels in ${photometric}`,
      {
        with: [
          ...bits(8),
          attribute("SamplesPerPixel", 3),
          attribute("PhotometricInterpretation", photometric),
          element(0x0028_0006, "US", 0),
          element(PIXELS, "OB", new Uint8Array(48 * 48 * 3)),
        ],
      },
      { bits_stored: 8, photometric_interpretation: photometric },
    ),
  ),
];

/** Overlays, curves and look-up tables between the header and the pixels. */
const between: readonly LegalCase[] = (["ILE", "ELE", "EBE"] as const).flatMap((encoding) => [
  changedCase(
    `${encoding} overlays and curves`,
    {
      with: [
        element(0x5000_0005, "US", 2),
        element(0x5000_3000, "OW", new Uint16Array(40)),
        element(0x6000_0010, "US", 48),
        element(0x6000_0011, "US", 48),
        element(0x6000_3000, "OW", new Uint16Array(144)),
        element(0x60fe_3000, "OW", new Uint16Array(144)),
      ],
    },
    {},
    { encoding },
  ),
  changedCase(
    `${encoding} look-up tables`,
    {
      with: [
        element(0x0028_1101, "US", [256, 0, 16]),
        element(0x0028_1201, "OW", new Uint16Array(256)),
        element(0x0028_3010, "SQ", [
          [
            element(0x0028_3002, "US", [256, 0, 16]),
            element(0x0028_3006, "OW", new Uint16Array(256)),
          ],
        ]),
      ],
    },
    {},
    { encoding },
  ),
]);

/** What a data set may begin with, which is also what tells its encoding. */
const beginnings: readonly LegalCase[] = (["ILE", "ELE", "EBE", "DEFL"] as const).flatMap(
  (encoding) => [
    changedCase(
      `${encoding} beginning with a group length`,
      { with: [element(0x0008_0000, "UL", 1000)] },
      {},
      { encoding },
    ),
    changedCase(
      `${encoding} beginning with the image type`,
      { without: ["SpecificCharacterSet"] },
      {},
      { encoding },
    ),
    changedCase(
      `${encoding} beginning with a sequence whose length spells a VR`,
      {
        with: [element(0x0008_0006, "SQ", [spelling(encoding)])],
        without: ["SpecificCharacterSet"],
      },
      {},
      { encoding },
    ),
  ],
);

/** An item for a sequence of 0x5344 bytes in implicit little endian, a length that reads `DS`. */
function spelling(encoding: FileOptions["encoding"]): DataSet {
  const header = encoding === "ILE" ? 8 : 12;
  return [element(0x0009_1001, "OB", new Uint8Array(0x5344 - 8 - header))];
}

export const legalFiles: readonly LegalCase[] = [
  ...layouts,
  ...between,
  ...beginnings,
  ...compressed,
  ...fragments,
  ...endings,
  ...endsWithoutPixels,
  ...pixels,
  ...orders,
  ...metaGroups,
  ...identities,
];
