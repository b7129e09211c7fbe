/** Single elements: every VR passed over, values under UN, private blocks anywhere, borders of what is read at once. */
import { attribute, element as demoElement } from "#demo/element.ts";
import { encodeDataSet } from "#demo/encode-data-set.ts";
import {
  bytesOf,
  concatBytes,
  element,
  encodeElements,
  type TestElement,
  type TestEncoding,
} from "#dicom/testing/dataset-bytes.ts";
import { changedCase, type Encoding, insertedCase, type LegalCase } from "./legal-case.ts";
import { passed } from "./legal-sequences.ts";
import type { Row } from "./observe.ts";

const CREATOR = element(0x0009_0010, "LO", "NILS ODD");
const longVrs = "OB OD OF OL OV OW SV UC UN UR UT UV".split(" ");
const vrs = [
  ..."AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US".split(" "),
  ...longVrs,
];

/** A private element of each VR, with a value and without one. */
const passedVrs: readonly LegalCase[] = vrs.flatMap((vr) =>
  (["ELE", "EBE"] as const).map((encoding) =>
    passed(
      `${encoding} private ${vr}`,
      encodeElements(
        [
          CREATOR,
          element(0x0009_1001, vr, new Uint8Array(8).fill(0x31)),
          element(0x0009_1002, vr, new Uint8Array(0)),
          element(0x0009_1003, vr, new Uint8Array(8).fill(0x31)),
        ],
        encoding,
      ),
      {},
      encoding,
    ),
  ),
);

/** Values that no 16-bit length could tell. */
const longValues: readonly LegalCase[] = longVrs.map((vr) =>
  passed(
    `private ${vr} of 70,000 bytes`,
    encodeElements([CREATOR, element(0x0009_1001, vr, new Uint8Array(70_000).fill(0x41))], "ELE"),
  ),
);

/** Values of a known tag that went through software which did not know it: little endian always (PS3.5 §6.2.2). */
const underUnknown: readonly LegalCase[] = (
  [
    ["PatientName", 0x0010_0010, "PN", "Zeisig^Ida", { patient_name: "Zeisig^Ida" }],
    ["StudyDescription", 0x0008_1030, "LO", "head", { study_description: "head" }],
    ["AccessionNumber", 0x0008_0050, "SH", "ACC1", { accession_number: "ACC1" }],
    ["EchoTime", 0x0018_0081, "DS", "4.60", { echo_time: 4.6 }],
    ["InstanceNumber", 0x0020_0013, "IS", "12", { instance_number: 12 }],
    ["StudyDate", 0x0008_0020, "DA", "20190804", { study_date: "2019-08-04" }],
    ["StudyTime", 0x0008_0030, "TM", "1234", { study_time: "12:34:00" }],
    ["PatientAge", 0x0010_1010, "AS", "045Y", { patient_age: "045Y" }],
    ["PatientSex", 0x0010_0040, "CS", "F ", { patient_sex: "F" }],
    ["PatientComments", 0x0010_4000, "LT", "a\\b ", { patient_comments: "a\\b" }],
    ["FrameOfReferenceUID", 0x0020_0052, "UI", "1.2.3\0", { frame_of_reference_uid: "1.2.3" }],
    ["BitsStored", 0x0028_0101, "US", [11], { bits_stored: 11 }],
    ["AcquisitionMatrix", 0x0018_1310, "US", [0, 6, 7, 0], { acquisition_matrix: "0\\6\\7\\0" }],
  ] as const
).flatMap(([keyword, tag, vr, value, values]) =>
  (vr === "US" ? (["ELE"] as const) : (["ELE", "EBE"] as const)).map((encoding) => {
    const little = encodeElements([element(tag, vr, value)], "ILE").subarray(8);
    const bytes = encodeElements([{ tag, vr, value: little, writtenVr: "UN" }], encoding);
    const inserted = { tag, bytes, without: [keyword] };
    return insertedCase(`${encoding} ${keyword} as UN`, inserted, values, { encoding });
  }),
);

const makers = [
  ["SIEMENS MR HEADER", 0x0019, 0x0c, "IS", "1000"],
  ["GEMS_PARM_01", 0x0043, 0x39, "IS", "1000\\8\\0\\0"],
  ["Philips Imaging DD 001", 0x2001, 0x03, "FL", [1000]],
  ["Image Private Header", 0x0065, 0x09, "FD", [1000]],
] as const;

/** The b value of each maker in other blocks than the usual one, as software moves them (PS3.5 §7.8.1). */
const movedBlocks: readonly LegalCase[] = makers.flatMap(([creator, group, low, vr, value]) =>
  [0x10, 0x11, 0x5a, 0xff].flatMap((block) =>
    (["ILE", "ELE", "EBE", "UN"] as const).map((form) => {
      const encoding: TestEncoding = form === "UN" ? "ELE" : form;
      const written = form === "UN" ? { writtenVr: "UN" } : {};
      const bytes = encodeElements(
        [
          element(
            group * 0x1_0000 + block,
            "LO",
            creator.padEnd(creator.length + (creator.length % 2)),
          ),
          { tag: group * 0x1_0000 + block * 0x100 + low, vr, value, ...written },
        ],
        encoding,
      );
      const inserted = { tag: group * 0x1_0000 + 0x10, bytes };
      const name = `${form} ${creator} in block ${block.toString(16)}`;
      return insertedCase(name, inserted, { diffusion_b_value: 1000 }, { encoding });
    }),
  ),
);

const siemens = (name: string, elements: readonly TestElement[], values: Row): LegalCase =>
  insertedCase(name, { tag: 0x0019_0010, bytes: encodeElements(elements, "ELE") }, values);

const bValue = { diffusion_b_value: 1000 };

const namedBlocks: readonly LegalCase[] = [
  siemens(
    "a creator under UN",
    [
      { tag: 0x0019_0010, vr: "LO", value: "SIEMENS MR HEADER ", writtenVr: "UN" },
      element(0x0019_100c, "IS", "1000"),
    ],
    bValue,
  ),
  siemens(
    "a creator under SH",
    [element(0x0019_0010, "SH", "SIEMENS MR HEADER "), element(0x0019_100c, "IS", "1000")],
    bValue,
  ),
  ...[
    " SIEMENS MR HEADER ",
    "Siemens MR Header ",
    "SIEMENS  MR  HEADER ",
    "SIEMENS MR HEADER\0",
  ].map((creator, index) =>
    siemens(
      `creator spelled in another way ${index + 1}`,
      [element(0x0019_0010, "LO", creator), element(0x0019_100c, "IS", "1000")],
      bValue,
    ),
  ),
  siemens(
    "two blocks of one group",
    [
      element(0x0019_0010, "LO", "SOMEBODY ELSE "),
      element(0x0019_0011, "LO", "SIEMENS MR HEADER "),
      element(0x0019_100c, "IS", "7 "),
      element(0x0019_110c, "IS", "1000"),
    ],
    bValue,
  ),
  siemens(
    "a block of another creator at the usual place",
    [element(0x0019_0010, "LO", "SOMEBODY ELSE "), element(0x0019_100c, "IS", "7 ")],
    { diffusion_b_value: null },
  ),
  siemens(
    "a creator without elements and one whose block is empty",
    [
      element(0x0019_0010, "LO", ""),
      element(0x0019_0011, "LO", "SOMEBODY ELSE "),
      element(0x0019_0012, "LO", "SIEMENS MR HEADER "),
      element(0x0019_120c, "IS", "1000"),
    ],
    bValue,
  ),
  insertedCase(
    "a block inside an item is not that of the top level",
    {
      tag: 0x0008_1140,
      bytes: encodeElements(
        [
          {
            tag: 0x0008_1140,
            vr: "SQ",
            items: [
              [element(0x0019_0010, "LO", "SIEMENS MR HEADER "), element(0x0019_100c, "IS", "7 ")],
            ],
          },
        ],
        "ELE",
      ),
    },
    { diffusion_b_value: null },
  ),
];

/** Bytes up to the preamble's end and the meta group, then what precedes the inserted element. */
function offsetOf(encoding: Encoding, tag: number): number {
  const probe = insertedCase("border", { tag, bytes: bytesOf("HERE") }, {}, { encoding }).bytes();
  return Buffer.from(probe).indexOf("HERE");
}

/** A private value so long that the Patient's Name begins a few bytes before or after a border of the reading. */
const borders: readonly LegalCase[] = (["ILE", "ELE"] as const).flatMap((encoding) =>
  [4096, 8192, 65_536].flatMap((border) =>
    [-26, -12, -9, -8, -7, -4, -1, 0].map((delta) => {
      const start = offsetOf(encoding, 0x0009_0010);
      const fixed = encodeElements([CREATOR, element(0x0009_1001, "OB", "")], encoding).length;
      const value = new Uint8Array(border + delta - start - fixed).fill(0x5a);
      const bytes = encodeElements([CREATOR, element(0x0009_1001, "OB", value)], encoding);
      const name = `${encoding} a name ${-delta} bytes before byte ${border}`;
      return passed(name, bytes, {}, encoding);
    }),
  ),
);

/** Group lengths, which are read past and never believed (PS3.5 §7.2). */
const groupLengths: readonly LegalCase[] = (["ILE", "ELE", "EBE"] as const).flatMap((encoding) =>
  [0, 4, 0xffff_fffe].map((length) =>
    passed(
      `${encoding} group length ${length}`,
      encodeElements([element(0x0009_0000, "UL", [length]), CREATOR], encoding),
      {},
      encoding,
    ),
  ),
);

const text = (length: number): string => "x".repeat(length);

/** What else the standard allows of one element, and a few things that it does not. */
const others: readonly LegalCase[] = [
  insertedCase(
    "Length to End, as ACR-NEMA had it",
    { tag: 0x0008_0001, bytes: encodeDataSet([demoElement(0x0008_0001, "UL", 4000)], "ELE") },
    {},
  ),
  insertedCase(
    "values of odd length",
    {
      tag: 0x0010_0010,
      bytes: encodeElements(
        [
          element(0x0010_0010, "PN", "Odd^Name1"),
          element(0x0010_0020, "LO", "odd"),
          element(0x0010_0040, "CS", "F"),
        ],
        "ELE",
      ),
      without: ["PatientName", "PatientID", "PatientSex"],
    },
    { patient_name: "Odd^Name1", patient_id: "odd", patient_sex: "F" },
  ),
  insertedCase(
    "values of odd length, implicit",
    {
      tag: 0x0010_0010,
      bytes: encodeElements(
        [element(0x0010_0010, "PN", "Odd^Name1"), element(0x0010_0020, "LO", "odd")],
        "ILE",
      ),
      without: ["PatientName", "PatientID"],
    },
    { patient_name: "Odd^Name1", patient_id: "odd" },
    { encoding: "ILE" },
  ),
  changedCase(
    "everything that may be empty is empty",
    {
      with: (
        [
          "AccessionNumber",
          "ReferringPhysicianName",
          "PatientBirthDate",
          "PatientSex",
          "StudyID",
          "StudyTime",
          "OtherPatientIDs",
        ] as const
      ).map((keyword) => attribute(keyword, "")),
    },
    {
      accession_number: null,
      patient_birth_date: null,
      patient_sex: null,
      study_id_dicom: null,
      study_time: null,
      other_patient_ids: null,
    },
  ),
  ...[1024, 10_240, 60_000].map((length) =>
    changedCase(
      `a comment of ${length} characters`,
      { with: [attribute("PatientComments", text(length))] },
      { patient_comments: text(Math.min(length, 10_240)) },
      {},
      length > 10_240 ? ["text-truncated"] : [],
    ),
  ),
  changedCase(
    "a description longer than LO allows",
    { with: [attribute("StudyDescription", text(300))] },
    { study_description: text(300) },
  ),
];

/** A VR that no edition knows, and none at all: read, and told. */
const oddVrs: readonly LegalCase[] = (
  [
    ["ZZ with a short length", "5a5a 0200 4141", "vr-unknown"],
    ["ZZ with a long length", "5a5a 0000 02000000 4141", "vr-unknown"],
    ["blank VR", "2020 0200 4141", "vr-unknown"],
    ["zeros for a VR", "0000 0200 4141", "vr-unknown"],
    ["an implicit element among explicit ones", "02000000 4141", "vr-missing"],
    ["question marks for a VR", "3f3f 0200 4141", "vr-unknown"],
  ] as const
).map(([name, hex, warning]) =>
  insertedCase(
    name,
    {
      tag: 0x0009_0010,
      bytes: concatBytes(
        encodeElements([CREATOR], "ELE"),
        new Uint8Array(Buffer.from(`09000110${hex.replaceAll(" ", "")}`, "hex")),
      ),
    },
    {},
    {},
    [warning],
  ),
);

export const legalElements: readonly LegalCase[] = [
  ...passedVrs,
  ...longValues,
  ...underUnknown,
  ...movedBlocks,
  ...namedBlocks,
  ...borders,
  ...groupLengths,
  ...others,
  ...oddVrs,
];
