/** Sequences in all forms that PS3.5 §7.5 and §6.2.2 allow, in all encodings; the elements after them are read too. */

import { encodeFile } from "#demo/encode-file.ts";
import { makeOddContext } from "#demo/odd-session.ts";
import { scanners } from "#demo/scanners.ts";
import { makeEnhancedLocalizer } from "#demo/scans/localizer.ts";
import type { Instance } from "#demo/session.ts";
import {
  concatBytes,
  element,
  encodeElements,
  encodeTagged,
  sequence,
  type TestElement,
  type TestEncoding,
} from "#dicom/testing/dataset-bytes.ts";
import { type Encoding, insertedCase, type LegalCase } from "./legal-case.ts";
import type { Row } from "./observe.ts";

const encodings = ["ILE", "ELE", "EBE", "DEFL"] as const;
const OTHER_IDS = 0x0010_1002;

/** Encoding of the elements inside a file's encoding. */
const inner = (encoding: Encoding): TestEncoding => (encoding === "DEFL" ? "ELE" : encoding);

type Form = Pick<TestElement, "isDelimited" | "hasDelimitedItems">;

const forms: readonly (readonly [name: string, form: Form])[] = [
  ["lengths", {}],
  ["delimited", { isDelimited: true }],
  ["delimited items", { hasDelimitedItems: true }],
  ["all delimited", { isDelimited: true, hasDelimitedItems: true }],
];

const id = (value: string): TestElement => element(0x0010_0020, "LO", value);
const referenced = (form: Form): TestElement =>
  sequence(0x0008_1199, [[element(0x0008_1150, "UI", "1.2\0")], []], form);

const contents: readonly (readonly [
  name: string,
  items: (form: Form) => TestElement[][],
  ids: string | null,
])[] = [
  ["no item", () => [], null],
  ["an empty item", () => [[]], null],
  ["two items", () => [[id("A-1 ")], [id("B-2 ")]], "A-1\\B-2"],
  [
    "sequences in items",
    (form) => [
      [referenced(form), id("A-1 ")],
      [referenced(form), id("B-2 "), referenced(form)],
    ],
    "A-1\\B-2",
  ],
  [
    "four levels",
    (form) => [
      [
        sequence(0x0008_1199, [[sequence(0x0008_1199, [[referenced(form)]], form)]], form),
        id("A-1 "),
      ],
    ],
    "A-1",
  ],
];

const nested: readonly LegalCase[] = encodings.flatMap((encoding) =>
  forms.flatMap(([formName, form]) =>
    contents.map(([contentName, items, ids]) =>
      otherIds(
        `${encoding} sequence, ${formName}, ${contentName}`,
        encodeElements([sequence(OTHER_IDS, items(form), form)], inner(encoding)),
        ids,
        encoding,
      ),
    ),
  ),
);

function otherIds(
  name: string,
  bytes: Uint8Array,
  ids: string | null,
  encoding: Encoding,
): LegalCase {
  const inserted = { tag: OTHER_IDS, bytes, without: ["OtherPatientIDs"] } as const;
  return insertedCase(name, inserted, { other_patient_ids: ids }, { encoding });
}

/** Sequences whose VR became UN: their content is implicit little endian, whatever is around (PS3.5 §6.2.2). */
const unknown: readonly LegalCase[] = (["ELE", "EBE", "DEFL"] as const).flatMap((encoding) =>
  forms.flatMap(([formName, form]) => [
    otherIds(
      `${encoding} UN for SQ, ${formName}, standard`,
      encodeElements([unknownIds(form, "ILE")], inner(encoding)),
      "A-1\\B-2",
      encoding,
    ),
    philips(`${encoding} UN for SQ, ${formName}, private`, form, encoding, "ILE"),
  ]),
);

function unknownIds(form: Form, inside: TestEncoding): TestElement {
  const items = [[referenced(form), id("A-1 ")], [id("B-2 ")]];
  return sequence(OTHER_IDS, items, { ...form, writtenVr: "UN", inside });
}

/** Philips' private sequence (2005,140F), which alone has the echo time, and a private element after it. */
function philips(name: string, form: Form, encoding: Encoding, inside: TestEncoding): LegalCase {
  const items = [[referenced(form), element(0x0018_0081, "DS", "4.6 ")]];
  const bytes = encodeElements(
    [
      element(0x2005_0014, "LO", "Philips MR Imaging DD 005 "),
      element(0x2005_0015, "LO", "Philips MR Imaging DD 001 "),
      sequence(0x2005_140f, items, { ...form, writtenVr: "UN", inside }),
      element(0x2005_1530, "FL", [2500]),
    ],
    inner(encoding),
  );
  const inserted = {
    tag: 0x2006_0000,
    bytes,
    without: ["EchoTime", "RepetitionTime"],
  } as const;
  return insertedCase(name, inserted, { echo_time: 4.6, repetition_time: 2500 }, { encoding });
}

/** Writers that left the content of such sequences explicit. */
const explicitInside: readonly LegalCase[] = forms.flatMap(([formName, form]) => [
  otherIds(
    `ELE UN for SQ with explicit content, ${formName}, standard`,
    encodeElements([unknownIds(form, "ELE")], "ELE"),
    "A-1\\B-2",
    "ELE",
  ),
  philips(`ELE UN for SQ with explicit content, ${formName}, private`, form, "ELE", "ELE"),
]);

/** Private sequences that nobody knows: in implicit files nothing but the undefined length tells them. */
const unknownPrivate: readonly LegalCase[] = encodings.flatMap((encoding) =>
  forms.map(([formName, form]) =>
    passed(
      `${encoding} private sequence of nobody, ${formName}`,
      encodeElements(
        [
          element(0x0009_0010, "LO", "NILS ODD"),
          sequence(0x0009_1001, [[referenced(form), id("NO  ")], [id("NO  ")]], form),
        ],
        inner(encoding),
      ),
      {},
      encoding,
    ),
  ),
);

/** Bytes before group 0010 that leave no trace. */
export function passed(
  name: string,
  bytes: Uint8Array,
  values: Row = {},
  encoding: Encoding = "ELE",
): LegalCase {
  return insertedCase(name, { tag: 0x0009_0010, bytes }, values, { encoding });
}

/** An icon with pixels of its own, before the real rows, columns and pixels. */
const icons: readonly LegalCase[] = encodings.flatMap((encoding) =>
  forms.flatMap(([formName, form]) =>
    (["native", "encapsulated"] as const)
      .filter((kind) => kind === "native" || encoding === "ELE")
      .map((kind) => icon(kind, encoding, formName, form)),
  ),
);

function icon(
  kind: "native" | "encapsulated",
  encoding: Encoding,
  formName: string,
  form: Form,
): LegalCase {
  const elements = [
    element(0x0028_0010, "US", [4]),
    element(0x0028_0011, "US", [4]),
    ...(kind === "native" ? [element(0x7fe0_0010, "OW", new Uint8Array(32).fill(0xfe))] : []),
  ];
  const content = concatBytes(
    encodeElements(elements, inner(encoding)),
    ...(kind === "native" ? [] : [fragments()]),
  );
  // An item of ready bytes: written as a value, with the header of a sequence.
  const itemEnd = encodeTagged(0xfffe_e00d, 0, inner(encoding));
  const item =
    form.hasDelimitedItems === true
      ? concatBytes(encodeTagged(0xfffe_e000, 0xffff_ffff, inner(encoding)), content, itemEnd)
      : concatBytes(encodeTagged(0xfffe_e000, content.length, inner(encoding)), content);
  const end = form.isDelimited === true ? [encodeTagged(0xfffe_e0dd, 0, inner(encoding))] : [];
  const bytes = encodeElements(
    [{ tag: 0x0009_1001, vr: "SQ", value: concatBytes(item, ...end), ...form }],
    inner(encoding),
  );
  const creator = encodeElements([element(0x0009_0010, "LO", "GEIIS ")], inner(encoding));
  const name = `${encoding} private icon, ${kind}, ${formName}`;
  return passed(name, concatBytes(creator, bytes), {}, encoding);
}

/** Encapsulated pixels of a JPEG's first and last marker. */
function fragments(): Uint8Array {
  return concatBytes(
    encodeElements([{ tag: 0x7fe0_0010, vr: "OB", value: "", declared: 0xffff_ffff }], "ELE"),
    encodeTagged(0xfffe_e000, 0, "ELE"),
    encodeTagged(0xfffe_e000, 4, "ELE"),
    Uint8Array.of(0xff, 0xd8, 0xff, 0xd9),
    encodeTagged(0xfffe_e0dd, 0, "ELE"),
  );
}

const ITEM = "feff00e0";
const ITEM_END = "feff0de0";
const SEQUENCE_END = "feffdde0";
const idInItem = "10002000 4c4f 0400 412d3120";

/** Ends that are said twice or with a length, as writers have them: taken as they are meant. */
const oddEnds: readonly LegalCase[] = (
  [
    [
      "an item with a length and a delimiter inside it",
      `1c000000 ${ITEM} 14000000 ${idInItem} ${ITEM_END} 00000000`,
    ],
    [
      "a sequence with a length and a delimiter inside it",
      `1c000000 ${ITEM} 0c000000 ${idInItem} ${SEQUENCE_END} 00000000`,
    ],
    [
      "delimiters that have a length",
      `ffffffff ${ITEM} ffffffff ${idInItem} ${ITEM_END} 08000000 ${SEQUENCE_END} 08000000`,
    ],
    [
      "an item delimiter after an item with a length",
      `ffffffff ${ITEM} 0c000000 ${idInItem} ${ITEM_END} 00000000 ${SEQUENCE_END} 00000000`,
    ],
    [
      "the end of the sequence in place of that of the item",
      `ffffffff ${ITEM} ffffffff ${idInItem} ${SEQUENCE_END} 00000000`,
    ],
  ] as const
).map(([name, hex]) =>
  otherIds(
    name,
    new Uint8Array(Buffer.from(`10000210 5351 0000 ${hex}`.replaceAll(" ", ""), "hex")),
    "A-1",
    "ELE",
  ),
);

/** Encapsulated bytes in a private element of the top level. */
const privateFragments: LegalCase = passed(
  "private fragments at the top level",
  concatBytes(
    encodeElements([element(0x0009_0010, "LO", "NILS ODD")], "ELE"),
    encodeElements([{ tag: 0x0009_1001, vr: "OB", value: "", declared: 0xffff_ffff }], "ELE"),
    encodeTagged(0xfffe_e000, 0, "ELE"),
    encodeTagged(0xfffe_e000, 4, "ELE"),
    Uint8Array.of(1, 2, 3, 4),
    encodeTagged(0xfffe_e0dd, 0, "ELE"),
  ),
);

/** Functional groups of an enhanced object, whose frames must be counted whatever the form of their sequences. */
const functionalGroups: readonly LegalCase[] = encodings.flatMap((encoding) =>
  (["defined", "undefined"] as const).map((sequenceLength) => {
    const name = `${encoding} functional groups, ${sequenceLength} lengths`;
    const make = (): Uint8Array => {
      const [instance] = makeEnhancedLocalizer(makeOddContext(7, name, scanners.siemensXaMr));
      return encodeFile((instance as Instance).makeDataSet(), { encoding, sequenceLength });
    };
    return {
      name,
      bytes: make,
      values: {
        modality: "MR",
        number_of_frames: 9,
        echo_time: 4,
        flip_angle: 20,
        image_orientation_patient: "0\\1\\0\\0\\0\\-1",
        rows: 64,
        has_pixels: 1,
      },
      warnings: [],
    };
  }),
);

export const legalSequences: readonly LegalCase[] = [
  ...oddEnds,
  privateFragments,
  ...functionalGroups,
  ...nested,
  ...unknown,
  ...explicitInside,
  ...unknownPrivate,
  ...icons,
];
