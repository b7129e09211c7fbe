/** Character sets with the examples of PS3.5 and others, spellings of numbers, dates and texts that are allowed. */
import { attribute, type Element, element } from "#demo/element.ts";
import { hexBytes } from "#demo/odd/odd-file.ts";
import { changedCase, type LegalCase } from "./legal-case.ts";
import type { Row } from "./observe.ts";

/** Terms, a name in bytes, and what it says. Names with escapes are those of PS3.5 Annexes H to K. */
const names: readonly (readonly [terms: string, hex: string, name: string])[] = [
  ["ISO_IR 6", "5a6569736967 5e 496461", "Zeisig^Ida"],
  ["", "5a6569736967 5e 496461", "Zeisig^Ida"],
  ["ISO_IR 100", "427563 5e 4ae972f46d65", "Buc^Jérôme"],
  ["ISO_IR 101", "5761b3ea7361", "Wałęsa"],
  ["ISO_IR 109", "d86973", "Ĝis"],
  ["ISO_IR 110", "52ef6761", "Rīga"],
  ["ISO_IR 144", "bbeeda6365dcd17970d3", "Люкceмбypг"],
  ["ISO_IR 127", "e2c8c7e6ea 5e e4e6d2c7d1", "قباني^لنزار"],
  ["ISO_IR 126", "c4e9efedf5f3e9eff2", "Διονυσιος"],
  ["ISO_IR 138", "f9f8e5ef 5e e3e1e5f8e4", "שרון^דבורה"],
  ["ISO_IR 148", "c7617675fe6ff06c75", "Çavuşoğlu"],
  ["ISO_IR 166", "b9d2c1cac1d8c5", "นามสมุล"],
  ["ISO_IR 203", "a4 5e 496461", "€^Ida"],
  ["ISO_IR 13", "d4cfc0de 5e c0dbb3", "ﾔﾏﾀﾞ^ﾀﾛｳ"],
  ["ISO_IR 192", "57616e67 5e 5869616f446f6e67 3d e78e8b 5e e5b08fe4b89c", "Wang^XiaoDong=王^小东"],
  ["GB18030", "57616e67 5e 5869616f446f6e67 3d cdf5 5e d0a1b6ab", "Wang^XiaoDong=王^小东"],
  ["GBK", "57616e67 5e 5869616f446f6e67 3d cdf5 5e d0a1b6ab", "Wang^XiaoDong=王^小东"],
  [
    "\\ISO 2022 IR 87",
    `59616d616461 5e 5461726f75 3d 1b2442 3b334544 1b2842 5e 1b2442 42404f3a 1b2842
     3d 1b2442 2464245e2440 1b2842 5e 1b2442 243f246d2426 1b2842`,
    "Yamada^Tarou=山田^太郎=やまだ^たろう",
  ],
  [
    "ISO 2022 IR 13\\ISO 2022 IR 87",
    `d4cfc0de 5e c0dbb3 3d 1b2442 3b334544 1b284a 5e 1b2442 42404f3a 1b284a
     3d 1b2442 2464245e2440 1b284a 5e 1b2442 243f246d2426 1b284a`,
    "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう",
  ],
  [
    "\\ISO 2022 IR 149",
    `486f6e67 5e 47696c646f6e67 3d 1b242943 fbf3 5e 1b242943 d1ced4d7
     3d 1b242943 c8ab 5e 1b242943 b1e6b5bf`,
    "Hong^Gildong=洪^吉洞=홍^길동",
  ],
  [
    "\\ISO 2022 IR 58",
    "5a68616e67 5e 5869616f446f6e67 3d 1b242941 d5c5 5e 1b242941 d0a1b6ab 3d",
    "Zhang^XiaoDong=张^小东",
  ],
  ["\\ISO 2022 IR 159", "4b 5e 41 3d 1b242844 3021 1b2842", "K^A=丂"],
  ["ISO 2022 IR 6\\ISO 2022 IR 100", "4a 1b2d41 e9", "Jé"],
  ["ISO 2022 IR 100\\ISO 2022 IR 144", "4ae9 5e 1b2d4c bbeeda", "Jé^Люк"],
  ["ISO 2022 IR 100\\ISO 2022 IR 126", "4ae9 3d 1b2d46 c4e9ef", "Jé=Διο"],
  ["ISO 2022 IR 100", "427563 5e 4ae972f46d65", "Buc^Jérôme"],
  ["ISO-IR 100", "4ae9", "Jé"],
  ["ISO_IR100", "4ae9", "Jé"],
  ["iso_ir 192", "4ac3a9", "Jé"],
  ["UTF-8", "4ac3a9", "Jé"],
];

const encodings = ["ELE", "ILE", "EBE", "DEFL"] as const;

const characterSets: readonly LegalCase[] = names.map(([terms, hex, name], index) =>
  changedCase(
    `character set ${terms === "" ? "(empty)" : terms}`,
    {
      with: [
        attribute("SpecificCharacterSet", terms),
        attribute("PatientName", hexBytes(hex.replaceAll(/\s/g, ""))),
      ],
    },
    { patient_name: name },
    { encoding: encodings[index % encodings.length] ?? "ELE" },
  ),
);

/** Items with a set of their own, and the one after that has none (PS3.3 §C.12.1.1.2). */
const setsOfItems: LegalCase = changedCase(
  "an item with a character set of its own, and one without",
  {
    with: [
      element(0x0010_1002, "SQ", [
        [attribute("SpecificCharacterSet", "ISO_IR 192"), attribute("PatientID", "Jé-1")],
        [attribute("PatientID", "Jé-2")],
      ]),
    ],
    without: ["OtherPatientIDs"],
  },
  { other_patient_ids: "Jé-1\\Jé-2" },
);

type Written = readonly [value: string, values: Row];

const decimals: readonly Written[] = [
  ["90", 90],
  ["90.", 90],
  [" 90 ", 90],
  ["+90.0", 90],
  ["9.0E1", 90],
  ["9e+01", 90],
  ["900e-1", 90],
  ["0000000000000090", 90],
  [".5", 0.5],
  ["5.e-1", 0.5],
  ["0.500000000000000", 0.5],
  ["1E3", 1000],
].map(([text, number]) => [String(text), { echo_time: Number(number) }] as const);

const integers: readonly Written[] = [
  ["7", 7],
  ["+7", 7],
  ["-7", -7],
  ["0007", 7],
  [" 7", 7],
  ["7   ", 7],
  ["-0", 0],
  ["2147483647", 2_147_483_647],
  ["-2147483648", -2_147_483_648],
].map(([text, number]) => [String(text), { instance_number: Number(number) }] as const);

const times: readonly Written[] = [
  ["10", "10:00:00"],
  ["1001", "10:01:00"],
  ["100102", "10:01:02"],
  ["100102.5", "10:01:02.500000"],
  ["100102.000000", "10:01:02"],
  ["100102.123456", "10:01:02.123456"],
  ["000000", "00:00:00"],
  ["235959.999999", "23:59:59.999999"],
].map(([text, time]) => [String(text), { study_time: String(time) }] as const);

const uids: readonly Written[] = [
  ["1.2", "1.2"],
  ["1.2.0.3", "1.2.0.3"],
  [`1.2.${"3".repeat(60)}`, `1.2.${"3".repeat(60)}`],
  ["1.2.3\0", "1.2.3"],
  ["1.2.3 ", "1.2.3"],
  ["2.25.340282366920938463463374607431768211455", "2.25.340282366920938463463374607431768211455"],
].map(([text, uid]) => [String(text), { frame_of_reference_uid: String(uid) }] as const);

const persons: readonly Written[] = [
  ["Zeisig^Ida^^^", "Zeisig^Ida"],
  ["Zeisig^Ida^Maria^Dr.^jun.", "Zeisig^Ida^Maria^Dr.^jun."],
  ["Zeisig^Ida==", "Zeisig^Ida"],
  ["^Ida", "^Ida"],
  [" Zeisig ^ Ida ", "Zeisig^Ida"],
  ["Zeisig, Ida", "Zeisig, Ida"],
  ["Zeisig^Ida\\Fink^Tom", "Zeisig^Ida\\Fink^Tom"],
].map(([text, name]) => [String(text), { patient_name: String(name) }] as const);

const comments: readonly Written[] = [
  ["  two spaces before", "  two spaces before"],
  ["a\\b\\", "a\\b\\"],
  ["line 1\r\nline 2\rline 3\n", "line 1\nline 2\nline 3\n"],
  ["tab\there", "tab\there"],
  ["trailing   ", "trailing"],
].map(([text, comment]) => [String(text), { patient_comments: String(comment) }] as const);

const lists: readonly (readonly [string, Element, Row])[] = [
  [
    "an image type with an empty value inside",
    attribute("ImageType", "ORIGINAL\\PRIMARY\\\\M"),
    { image_type: "ORIGINAL\\PRIMARY\\\\M" },
  ],
  [
    "an image type with padding in its values",
    attribute("ImageType", "ORIGINAL \\PRIMARY\\ M\\ND  "),
    { image_type: "ORIGINAL\\PRIMARY\\M\\ND" },
  ],
  [
    "an image type of many values",
    attribute("ImageType", `ORIGINAL\\PRIMARY\\M\\ND${"\\NORM".repeat(20)}`),
    { image_type: `ORIGINAL\\PRIMARY\\M\\ND${"\\NORM".repeat(20)}` },
  ],
  [
    "directions written with exponents and blanks",
    attribute("ImageOrientationPatient", "1.0E0\\ 0\\0 \\-0\\+1.\\0.0 "),
    { image_orientation_patient: "1\\0\\0\\0\\1\\0" },
  ],
  [
    "directions a hair from unit vectors",
    attribute(
      "ImageOrientationPatient",
      "0.99999999999999\\0.00000000000001\\0\\0\\1.00000000000001\\0",
    ),
    { image_orientation_patient: "1\\0\\0\\0\\1\\0" },
  ],
  [
    "a position in sixteen characters each",
    attribute("ImagePositionPatient", "-112.80000000000\\-1.1280000000E+2\\+14.000000000000"),
    {},
  ],
  [
    "several software versions, one of them empty",
    attribute("SoftwareVersions", "syngo\\\\VB17 "),
    { software_versions: "syngo\\\\VB17" },
  ],
  ["two window widths", attribute("WindowWidth", "2000\\400 "), { window_width: "2000\\400" }],
  ["other IDs of two issuers", attribute("OtherPatientIDs", "A\\B"), { other_patient_ids: "A\\B" }],
  ["a sex that is O", attribute("PatientSex", "O "), { patient_sex: "O" }],
  ["a year 1900", attribute("StudyDate", "19000101"), { study_date: "1900-01-01" }],
  ["a leap day", attribute("StudyDate", "20000229"), { study_date: "2000-02-29" }],
];

const spelled = (
  what: string,
  keyword: Parameters<typeof attribute>[0],
  written: readonly Written[],
): LegalCase[] =>
  written.map(([value, values]) =>
    changedCase(
      `${what} ${JSON.stringify(value.length > 50 ? `${value.slice(0, 47)}…` : value)}`,
      { with: [attribute(keyword, value)] },
      values,
    ),
  );

export const legalText: readonly LegalCase[] = [
  ...characterSets,
  setsOfItems,
  ...spelled("decimal", "EchoTime", decimals),
  ...spelled("integer", "InstanceNumber", integers),
  ...spelled("time", "StudyTime", times),
  ...spelled("UID", "FrameOfReferenceUID", uids),
  ...spelled("name", "PatientName", persons),
  ...spelled("comment", "PatientComments", comments),
  ...lists.map(([name, one, values]) => changedCase(name, { with: [one] }, values)),
];
