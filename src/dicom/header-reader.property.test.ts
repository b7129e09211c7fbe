import fc from "fast-check";
import { expect, test } from "vitest";
import { memorySource } from "./byte-source.ts";
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
import { describeRecords, wantedPath } from "./testing/read-records.ts";
import { compileWanted, type WantedPath } from "./wanted.ts";

/** Standard elements that hold no numbers, so that their bytes do not depend on the byte order. */
const LEAVES: readonly (readonly [number, string])[] = [
  [0x0008_0060, "CS"],
  [0x0008_103e, "LO"],
  [0x0010_4000, "LT"],
  [0x0018_0081, "DS"],
  [0x0020_000d, "UI"],
  [0x0040_a160, "UT"],
  [0x0042_0011, "OB"],
];
const SEQUENCES = [0x0008_1140, 0x0040_0275, 0x0054_0016, 0x5200_9229, 0x5200_9230];
const CREATOR = "TEST CREATOR 1.0";

const leaf = fc
  .tuple(fc.constantFrom(...LEAVES), fc.string({ maxLength: 40, unit: "grapheme-ascii" }))
  .map(([[tag, vr], value]) => element(tag, vr, bytesOf(value)));

const nested: fc.Arbitrary<TestElement[]> = fc.letrec<{ list: TestElement[] }>((tie) => ({
  list: fc
    .tuple(
      fc.array(leaf, { maxLength: 5 }),
      fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        fc.constant<TestElement[]>([]),
        fc.array(
          fc
            .record({
              tag: fc.constantFrom(...SEQUENCES),
              items: fc.array(tie("list"), { maxLength: 3 }),
              isDelimited: fc.boolean(),
              hasDelimitedItems: fc.boolean(),
            })
            .map(({ tag, items, ...options }) => sequence(tag, items, options)),
          { maxLength: 2 },
        ),
      ),
      fc.boolean(),
    )
    .map(([leaves, sequences, hasPrivate]) => {
      const block = [element(0x0011_0010, "LO", CREATOR), element(0x0011_1003, "LO", "private ")];
      const unique = new Map(
        [...leaves, ...sequences, ...(hasPrivate ? block : [])].map((each) => [each.tag, each]),
      );
      return [...unique.values()].sort((a, b) => a.tag - b.tag);
    }),
})).list;

/** A data set that every encoding can be told by: it begins with group 0008. */
const dataSet = nested.map((list) => [element(0x0008_0005, "CS", "ISO_IR 192"), ...list]);

const PRIVATE = { creator: CREATOR, group: 0x0011, element: 3 };

const paths: WantedPath[] = [
  ...LEAVES.map(([tag, vr]) => wantedPath([tag], vr)),
  wantedPath([PRIVATE], "LO"),
  ...SEQUENCES.flatMap((outer) => [
    wantedPath([outer], "SQ"),
    wantedPath([outer, PRIVATE], "LO", "all"),
    ...LEAVES.map(([tag, vr]) => wantedPath([outer, tag], vr)),
    ...SEQUENCES.flatMap((inner) => [
      wantedPath([outer, inner, 0x0018_0081], "DS", "all"),
      wantedPath([outer, inner, PRIVATE], "LO"),
    ]),
  ]),
];
const tree = compileWanted(paths);
const wanted = new HeaderReader(tree);
const everything = new HeaderReader("everything");

/** Records but those of the meta group, which names the transfer syntax. */
function recordsOf(bytes: Uint8Array, reader = wanted): string[] {
  const header = reader.read(memorySource(bytes), "file");
  return describeRecords(header).filter((line) => !line.includes(" 0002,"));
}

test("an element set gives the same records in every encoding", () => {
  fc.assert(
    fc.property(dataSet, (elements) => {
      const explicit = recordsOf(fileOf(elements, "ELE"));
      for (const encoding of ["ILE", "EBE", "DEFL"] as const) {
        expect(recordsOf(fileOf(elements, encoding))).toEqual(explicit);
      }
    }),
  );
});

test("everything mode gives the same records in every explicit encoding", () => {
  fc.assert(
    fc.property(dataSet, (elements) => {
      const explicit = recordsOf(fileOf(elements, "ELE"), everything);
      for (const encoding of ["EBE", "DEFL"] as const) {
        expect(recordsOf(fileOf(elements, encoding), everything)).toEqual(explicit);
      }
    }),
  );
});

test("small windows give the same records as large ones", () => {
  const small = new HeaderReader(tree, { firstRead: 64 });
  const smallEverything = new HeaderReader("everything", { firstRead: 64 });
  fc.assert(
    fc.property(dataSet, fc.constantFrom("ELE", "ILE", "EBE", "DEFL"), (elements, encoding) => {
      const file = fileOf(elements, encoding as "ELE");
      expect(recordsOf(file, small)).toEqual(recordsOf(file));
      expect(recordsOf(file, smallEverything)).toEqual(recordsOf(file, everything));
    }),
  );
});

/** Reads bytes in both modes; every step must have moved on by at least 8 of them. */
function expectBounded(bytes: Uint8Array, stretch = 1): void {
  for (const reader of [wanted, everything]) {
    const header = reader.read(memorySource(bytes), "file");
    expect(header.elements * 8).toBeLessThanOrEqual(bytes.length * stretch);
    for (let index = 0; index < header.records.count; index++) {
      const start = header.records.start[index] ?? 0;
      const isValue = header.records.vr[index] !== 0 && header.records.vr[index] !== 0x5351;
      const length = isValue ? (header.records.length[index] ?? 0) : 0;
      expect(start + Math.max(0, length)).toBeLessThanOrEqual(header.bytes.length);
    }
  }
}

test("a file cut anywhere gives what came before, and never an exception", () => {
  const item = [
    element(0x0018_0081, "DS", "4.6 "),
    sequence(0x0040_0275, [[element(0x0008_103e, "LO", "deep")]], {
      isDelimited: true,
      hasDelimitedItems: true,
    }),
  ];
  const elements = [
    element(0x0008_0005, "CS", "ISO_IR 100"),
    element(0x0008_0060, "CS", "MR"),
    element(0x0011_0010, "LO", CREATOR),
    element(0x0011_1003, "LO", "private "),
    element(0x0020_000d, "UI", "1.2.4\0"),
    sequence(0x5200_9229, [item]),
    sequence(0x5200_9230, [item, item], { isDelimited: true }),
  ];
  for (const encoding of ["ELE", "ILE", "EBE", "DEFL"] as const) {
    const file = fileOf(elements, encoding);
    const whole = recordsOf(file).filter((line) => !line.includes(" SQ "));
    for (let length = 0; length <= file.length; length++) {
      const cut = file.subarray(0, length);
      expectBounded(cut, encoding === "DEFL" ? 4 : 1);
      const records = recordsOf(cut).filter((line) => !line.includes(" SQ "));
      // The last value of a cut implicit file can seem to be of another length only if the cut hides it.
      expect(whole.slice(0, records.length)).toEqual(records);
    }
  }
});

test("flipped bytes never throw, and steps stay in proportion", () => {
  fc.assert(
    fc.property(
      dataSet,
      fc.constantFrom("ELE", "ILE", "EBE"),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
        minLength: 1,
        maxLength: 8,
      }),
      (elements, encoding, flips) => {
        const file = fileOf(elements, encoding as "ELE");
        for (const [at, byte] of flips) file[128 + (at % (file.length - 128))] = byte;
        expectBounded(file);
      },
    ),
    { numRuns: 1000 },
  );
});

test("damaged deflated data never throws", () => {
  fc.assert(
    fc.property(dataSet, fc.nat(), fc.integer({ min: 0, max: 255 }), (elements, at, byte) => {
      const file = fileOf(elements, "DEFL");
      file[132 + (at % (file.length - 132))] = byte;
      for (const reader of [wanted, everything]) reader.read(memorySource(file), "file");
    }),
    { numRuns: 500 },
  );
});

test("spliced lengths, delimiters and nestings never throw, and steps stay in proportion", () => {
  const splice = fc.oneof(
    fc
      .tuple(
        fc.constantFrom(
          0xfffe_e000,
          0xfffe_e00d,
          0xfffe_e0dd,
          0x7fe0_0010,
          0x5200_9230,
          0,
          0xffff_ffff,
        ),
        fc.constantFrom(0, 1, 4, 8, 0x2020_2020, 0x7fff_fff0, UNDEFINED),
      )
      .map(([tag, length]) => encodeTagged(tag, length, "ELE")),
    fc
      .constantFrom("SQ", "UN", "OB", "LO", "  ", "ZZ", "\0\0")
      .map((vr) => concatBytes(bytesOf(`\x40\0\x75\x02${vr}\0\0`), new Uint8Array(4).fill(0xff))),
    fc.uint8Array({ maxLength: 12 }),
  );
  fc.assert(
    fc.property(
      dataSet,
      fc.constantFrom("ELE", "ILE", "EBE"),
      fc.array(fc.tuple(fc.nat(), splice), { minLength: 1, maxLength: 12 }),
      (elements, encoding, splices) => {
        let bytes = encodeElements(elements, encoding as "ELE");
        for (const [at, part] of splices) {
          const place = at % (bytes.length + 1);
          bytes = concatBytes(bytes.subarray(0, place), part, bytes.subarray(place));
        }
        expectBounded(part10(metaGroup(SYNTAXES[encoding as "ELE"]), bytes));
      },
    ),
    { numRuns: 1000 },
  );
});

test("any bytes never throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), fc.boolean(), (bytes, isPart10) => {
      expectBounded(isPart10 ? part10(metaGroup(SYNTAXES.ELE), bytes) : bytes);
    }),
    { numRuns: 1000 },
  );
});
