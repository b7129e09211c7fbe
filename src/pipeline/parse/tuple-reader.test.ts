import { describe, expect, test } from "vitest";
import { columns } from "#catalogue/catalogue.ts";
import {
  attribute,
  changeDataSet,
  type Element,
  element,
  orderElements,
  privateBlock,
  sequence,
} from "#demo/element.ts";
import { encodeCsaHeader } from "#demo/encode-csa.ts";
import { encodeFile } from "#demo/encode-file.ts";
import { oddFiles } from "#demo/odd-files.ts";
import { makeSingleImage } from "#demo/single-image.ts";
import { memorySource } from "#dicom/byte-source.ts";
import { HeaderReader } from "#dicom/header-reader.ts";
import { seriesColumns, settingColumns } from "#store/columns.ts";
import { coordinateGroup, instanceGroup, wantedTree } from "./column-plan.ts";
import { Findings } from "./header-values.ts";
import { nodePlatform } from "./node-platform.ts";
import { type SeriesTuple, TupleReader } from "./tuple-reader.ts";

function readWith(reader: TupleReader, bytes: Uint8Array) {
  const header = new HeaderReader(wantedTree).read(memorySource(bytes), "file");
  reader.open(header);
  const series: SeriesTuple = reader.readSeries();
  const findings = new Findings();
  const instance = reader.readGroup(instanceGroup, findings);
  const frames = Array.from({ length: Math.max(1, header.perFrameItems) }, (_, index) => {
    if (header.perFrameItems > 0) reader.selectFrame(index + 1);
    const coordinates = reader.readGroup(coordinateGroup, findings);
    return { setting: reader.readSetting(), coordinates };
  });
  const { warnings, raw } = findings;
  return { series: { ...series }, instance, frames, warnings, raw };
}

/** Reads files one after another with one reader, forwards and backwards, and each with a reader of its own. */
function expectSameWithWarmCache(files: readonly Uint8Array[]): void {
  const alone = files.map((bytes) => readWith(new TupleReader(nodePlatform), bytes));
  const warm = new TupleReader(nodePlatform);
  expect(files.map((bytes) => readWith(warm, bytes))).toEqual(alone);
  const backwards = new TupleReader(nodePlatform);
  const reversed = files.toReversed().map((bytes) => readWith(backwards, bytes));
  expect(reversed.toReversed()).toEqual(alone);
}

const image = makeSingleImage(5, "tuple");
const coilAt = settingColumns.findIndex(({ name }) => name === "coil_string");

test("of a file that differs in a few elements the others keep their values, and the same is found of them", () => {
  const odd = attribute("InstanceNumber", "1.5");
  const badTime = attribute("AcquisitionTime", "99");
  const forms = [
    image,
    changeDataSet(image, { with: [odd] }),
    changeDataSet(image, { with: [odd, badTime] }),
    changeDataSet(image, { with: [odd, badTime], without: ["SliceLocation"] }),
    changeDataSet(image, { with: [badTime], without: ["SliceLocation", "AcquisitionNumber"] }),
    changeDataSet(image, { with: [element(0x0008_0201, "SH", Buffer.from("+0200 "))] }),
    image,
  ];
  const encodings = ["ELE", "ILE", "EBE"] as const;
  expectSameWithWarmCache(
    forms.flatMap((form) => encodings.map((encoding) => encodeFile(form, { encoding }))),
  );
  for (const encoding of encodings) {
    expectSameWithWarmCache(forms.map((form) => encodeFile(form, { encoding })));
  }
});

test("of a frame that differs from the one before in a few elements the others keep their values", () => {
  const group = (keyword: "PlanePositionSequence" | "MREchoSequence", item: Element[]): Element =>
    sequence(keyword, item);
  const at = (x: string | number): Element =>
    group("PlanePositionSequence", [attribute("ImagePositionPatient", [x as number, 0, 0])]);
  const echo = (ms: number): Element =>
    group("MREchoSequence", [attribute("EffectiveEchoTime", [ms])]);
  const frames: Element[][] = [
    [at(1), echo(5)],
    [at(2), echo(5)],
    [echo(5)],
    [at(2), echo(7)],
    [at(2)],
    [at(2), echo(5)],
  ];
  const framed = (list: readonly Element[][]): Uint8Array =>
    encodeFile(
      changeDataSet(image, {
        with: [
          attribute("SOPClassUID", "1.2.840.10008.5.1.4.1.1.4.1"),
          attribute("NumberOfFrames", list.length),
          attribute(
            "PerFrameFunctionalGroupsSequence",
            list.map((each) => orderElements(each)),
          ),
        ],
        without: ["ImagePositionPatient", "EchoTime"],
      }),
      { encoding: "ELE" },
    );
  const whole = readWith(new TupleReader(nodePlatform), framed(frames)).frames;
  const alone = frames.map(
    (frame) => readWith(new TupleReader(nodePlatform), framed([frame])).frames[0],
  );
  expect(whole).toEqual(alone);
  expectSameWithWarmCache([
    framed(frames),
    encodeFile(image, { encoding: "ELE" }),
    framed(frames.toReversed()),
  ]);
});

test("equal bytes in another character set are other values", () => {
  const name = element(0x0010_0010, "PN", Uint8Array.from([0xc4, 0xd0, 0x5e, 0x41]));
  expectSameWithWarmCache(
    ["ISO_IR 100", "ISO_IR 144", "ISO_IR 126"].map((charset) =>
      encodeFile(
        changeDataSet(image, { with: [attribute("SpecificCharacterSet", charset), name] }),
        {
          encoding: "ELE",
        },
      ),
    ),
  );
});

test("a term that spells two character sets is not taken for these", () => {
  const name = element(0x0010_0010, "PN", Uint8Array.from([0xd0, 0x98, 0xd0, 0xb2, 0x5e, 0x41]));
  const agents = element(0x0018_0012, "SQ", [
    [attribute("SpecificCharacterSet", "ISO_IR 100"), element(0x0040_0007, "LO", "x")],
  ]);
  const written = (charset: string, ...more: Element[]): Uint8Array =>
    encodeFile(
      changeDataSet(image, { with: [element(0x0008_0005, "CS", charset), name, ...more] }),
      { encoding: "ELE" },
    );
  for (const joined of ["\0+", " 10:", "\\"]) {
    expectSameWithWarmCache([
      written("ISO_IR 144", agents),
      written(`ISO_IR 144${joined}ISO_IR 100`),
    ]);
  }
});

test("the character set of an item is its own", () => {
  const code = (...charset: Element[]): Element[] => [
    ...charset,
    element(0x0008_0104, "LO", Uint8Array.from([0xc4, 0xd0])),
  ];
  const latin = attribute("SpecificCharacterSet", "ISO_IR 100");
  const written = (agent: Element[], route: Element[]): Uint8Array =>
    encodeFile(
      changeDataSet(image, {
        with: [
          attribute("SpecificCharacterSet", "ISO_IR 144"),
          element(0x0018_0012, "SQ", [agent]),
          element(0x0018_0014, "SQ", [route]),
        ],
      }),
      { encoding: "ELE" },
    );
  const files = [written(code(latin), code()), written(code(), code(latin))];
  expectSameWithWarmCache(files);
  const agentAt = seriesColumns.findIndex(({ name }) => name === "contrast_bolus_agent");
  const read = files.map(
    (bytes) => readWith(new TupleReader(nodePlatform), bytes).series.values[agentAt],
  );
  expect(read[0]).not.toBe(read[1]);
});

test("the item that Philips puts beside classic images is not one of frames", () => {
  const groups = sequence("PerFrameFunctionalGroupsSequence", [
    element(0x0040_0007, "LO", "read by no column"),
  ]);
  const item = [
    element(0x2005_0014, "LO", "Philips MR Imaging DD 005"),
    element(0x2005_140f, "SQ", [[attribute("RepetitionTime", 800)]]),
  ];
  expectSameWithWarmCache(
    [[], [groups]].map((more) =>
      encodeFile(changeDataSet(image, { without: ["RepetitionTime"], with: [...item, ...more] }), {
        encoding: "ELE",
      }),
    ),
  );
});

test("items of one frame are not those of the next", () => {
  const coils = (...names: string[]): Element[] => [
    element(0x0018_9042, "SQ", [
      [
        element(
          0x0018_9045,
          "SQ",
          names.map((name) => [element(0x0018_9047, "SH", name)]),
        ),
      ],
    ]),
  ];
  const bytes = encodeFile(
    changeDataSet(image, {
      with: [
        sequence("PerFrameFunctionalGroupsSequence", coils("A", "B"), coils("C", "D"), coils("E")),
      ],
    }).filter(({ tag }) => tag >>> 16 !== 0x0051),
    { encoding: "ELE" },
  );
  const settings = readWith(new TupleReader(nodePlatform), bytes).frames.map(
    ({ setting }) => setting,
  );
  expect(settings.map(({ part }) => part.values[coilAt])).toEqual(["A;B", "C;D", "E"]);
});

test("a value too long to be kept is told from an empty one", () => {
  const description = (text: string): Uint8Array =>
    encodeFile(changeDataSet(image, { with: [element(0x0008_103e, "UT", text)] }), {
      encoding: "ELE",
    });
  expectSameWithWarmCache([description("x".repeat(70_000)), description(""), description("x")]);
});

/** A legacy-converted object of two frames; each text is the coil of a CSA header, null for a header without one. */
function legacy(coils: {
  readonly frames: readonly (string | null)[];
  readonly shared: string | null;
  readonly top?: string;
}): Uint8Array {
  const csa = (coil: string | null) =>
    privateBlock("SIEMENS CSA HEADER", { group: 0x0029 }, [
      [
        0x10,
        "OB",
        encodeCsaHeader([
          { name: "ImaCoilString", vr: "LO", values: coil === null ? [] : [coil] },
          { name: "EchoTime", vr: "DS", values: ["1"] },
        ]),
      ],
    ]);
  const dataSet = changeDataSet(image, {
    with: [
      attribute("NumberOfFrames", coils.frames.length),
      ...(coils.top === undefined ? [] : csa(coils.top)),
      sequence("SharedFunctionalGroupsSequence", [element(0x0020_9170, "SQ", [csa(coils.shared)])]),
      sequence(
        "PerFrameFunctionalGroupsSequence",
        ...coils.frames.map((coil) => [element(0x0020_9171, "SQ", [csa(coil)])]),
      ),
    ],
  });
  // The image's own private elements name a coil too.
  return encodeFile(
    dataSet.filter(({ tag }) => tag >>> 16 !== 0x0051),
    { encoding: "ELE" },
  );
}

test("of the CSA headers of a frame, of all frames and at the top the first that says something counts", () => {
  const files = [
    legacy({ frames: ["A", "B"], shared: "C" }),
    legacy({ frames: [null, "B"], shared: "C" }),
    legacy({ frames: [null, "B"], shared: "D" }),
    legacy({ frames: [null, null], shared: null, top: "E" }),
    legacy({ frames: [null, null], shared: null, top: "F" }),
    legacy({ frames: [null, null], shared: null }),
  ];
  const coils = files.map((bytes) =>
    readWith(new TupleReader(nodePlatform), bytes).frames.map(
      ({ setting }) => setting.part.values[coilAt],
    ),
  );
  expect(coils).toEqual([
    ["A", "B"],
    ["C", "B"],
    ["D", "B"],
    ["E", "E"],
    ["F", "F"],
    [null, null],
  ]);
  expectSameWithWarmCache(files);
});

describe("an enhanced object of Philips without any functional groups", () => {
  const classic = changeDataSet(image, {
    without: ["FlipAngle"],
    with: [
      attribute("Manufacturer", "Philips Medical Systems"),
      ...privateBlock("Philips Imaging DD 001", { group: 0x2001 }, [[0x03, "FL", 1000]]),
      ...privateBlock("Philips MR Imaging DD 001", { group: 0x2005 }, [[0x11, "CS", "P"]]),
      element(0x2005_0014, "LO", "Philips MR Imaging DD 005"),
      element(0x2005_140f, "SQ", [[attribute("FlipAngle", 12)]]),
    ],
  });
  const enhanced = attribute("SOPClassUID", "1.2.840.10008.5.1.4.1.1.4.1");
  const read = (...more: Element[]): Record<string, unknown> => {
    const bytes = encodeFile(changeDataSet(classic, { with: more }), { encoding: "ELE" });
    const reader = new TupleReader(nodePlatform);
    reader.open(new HeaderReader(wantedTree).read(memorySource(bytes), "file"));
    const { sop_class_uid, ...values } = Object.fromEntries(
      columns.map(({ name }) => [name, reader.readColumn(name, new Findings())]),
    );
    return values;
  };
  const expected = read();

  test("is read as a classic one", () => {
    expect(read(enhanced)).toEqual(expected);
    expect(expected).toMatchObject({
      echo_time: 90,
      diffusion_b_value: 1000,
      philips_image_type: "P",
      complex_image_component: "PHASE",
      flip_angle: 12, // of the private item, which is the last place to look
      image_position_patient: expect.stringContaining("\\"),
    });
  });

  test("is so too with sequences of no items", () => {
    const groups = [
      attribute("SharedFunctionalGroupsSequence", []),
      attribute("PerFrameFunctionalGroupsSequence", []),
    ];
    expect(read(enhanced, ...groups)).toEqual(expected);
  });
});

test("what enhanced objects say by flags counts before the word of the maker, and where they say no the word does", () => {
  const read = (segmented: string, ...groups: Element[]): unknown[] => {
    const bytes = encodeFile(
      changeDataSet(image, {
        without: ["ScanningSequence", "SequenceVariant"],
        with: [
          attribute("EchoPulseSequence", "GRADIENT"),
          attribute("EchoPlanarPulseSequence", "YES"),
          attribute("SegmentedKSpaceTraversal", segmented),
          ...privateBlock("SIEMENS MR SDS 01", { group: 0x0021 }, [
            [0x5a, "CS", "EP"],
            [0x5b, "CS", "SS\\OSP"],
          ]),
          ...groups,
        ],
      }),
      { encoding: "ELE" },
    );
    const reader = new TupleReader(nodePlatform);
    reader.open(new HeaderReader(wantedTree).read(memorySource(bytes), "file"));
    return ["scanning_sequence", "sequence_variant"].map((name) =>
      reader.readColumn(name, new Findings()),
    );
  };
  const groups = sequence("PerFrameFunctionalGroupsSequence", [
    sequence("MREchoSequence", [attribute("EffectiveEchoTime", 5)]),
  ]);
  expect(read("PARTIAL", groups)).toEqual(["GR\\EP", "SK"]);
  expect(read("SINGLE", groups)).toEqual(["GR\\EP", "SS\\OSP"]);
  expect(read("PARTIAL")).toEqual(["EP", "SS\\OSP"]); // no enhanced object
});

test("no file of the odd ones is read otherwise for those that were read before it", () => {
  const files = oddFiles.map((odd) => odd.bytes()).filter((bytes) => bytes.length < 1_000_000);
  expect(files.length).toBeGreaterThan(60);
  expectSameWithWarmCache(files);
});

test("what was found of a file whose reading broke off is not told of the next one", () => {
  const csaBytes = 40_000; // beyond the head, so that it is read only when it is asked for
  const plain = changeDataSet(image, {
    with: [attribute("ImageType", ["ORIGINAL", "PRIMARY", "M", "MOSAIC"])],
  });
  const broken = changeDataSet(plain, {
    with: [
      ...privateBlock("SIEMENS MR HEADER", { group: 0x0019 }, [[0x29, "DS", "12x"]]),
      ...privateBlock("SIEMENS CSA HEADER", { group: 0x0029 }, [
        [0x10, "OB", new Uint8Array(csaBytes)],
      ]),
    ],
  });
  const bytes = encodeFile(broken, { encoding: "ELE" });
  const source = memorySource(bytes);
  let isGone = false;
  const failing = {
    ...source,
    read(...words: Parameters<typeof source.read>): number {
      if (isGone) throw new Error("EIO");
      return source.read(...words);
    },
  };
  const reader = new TupleReader(nodePlatform);
  reader.open(new HeaderReader(wantedTree).read(failing, "file"));
  isGone = true;
  const findings = new Findings();
  expect(() => reader.readGroup(instanceGroup, findings)).toThrow("EIO");
  const next = encodeFile(plain, { encoding: "ELE" });
  expect(readWith(reader, next)).toEqual(readWith(new TupleReader(nodePlatform), next));
});
