import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeCsaHeader } from "#demo/encode-csa.ts";
import { type CsaValue, compileCsaKeys, readCsaHeader } from "./csa-header.ts";

const names = ["EchoTime", "ImaCoilString", "MosaicRefAcqTimes", "Nothing"];
const wanted = compileCsaKeys(names);

const tags = [
  { name: "EchoLinePosition", vr: "IS", values: ["64"] },
  { name: "EchoTime", vr: "DS", values: ["30.00000000"] },
  { name: "ImaCoilString", vr: "SH", values: ["HEA;HEP"] },
  { name: "MosaicRefAcqTimes", vr: "FD", values: ["0.00000000", "57.50000000", "2.50000000", ""] },
  { name: "Nothing", vr: "CS", values: [] },
];

/** Texts by key. */
const textsOf = (found: Map<string, CsaValue> | null) =>
  found === null ? null : new Map(Array.from(found, ([key, { text }]) => [key, text]));

const read = (bytes: Uint8Array) => textsOf(readCsaHeader(bytes, 0, bytes.length, wanted));

/**
 * The first layout: no mark, the number of keys at once, and lengths that are too large by the number of
 * items of the first key.
 */
function toFirstLayout(second: Uint8Array): Uint8Array {
  const first = second.slice(8);
  const view = new DataView(first.buffer);
  const keys = view.getUint32(0, true);
  let at = 8;
  let excess = 0;
  for (let key = 0; key < keys; key++) {
    const items = view.getInt32(at + 76, true);
    if (key === 0) excess = items;
    at += 84;
    for (let item = 0; item < items; item++) {
      const length = view.getInt32(at + 4, true);
      view.setInt32(at, length + excess, true);
      at += 16 + Math.ceil(length / 4) * 4;
    }
  }
  return first;
}

const texts = new Map([
  ["EchoTime", "30.00000000"],
  ["ImaCoilString", "HEA;HEP"],
  ["MosaicRefAcqTimes", "0.00000000\\57.50000000\\2.50000000"],
]);

test("reads both layouts, wanted keys alone", () => {
  expect(read(encodeCsaHeader(tags))).toEqual(texts);
  expect(read(toFirstLayout(encodeCsaHeader(tags)))).toEqual(texts);
});

test("reads a header amid other bytes", () => {
  const header = encodeCsaHeader(tags);
  const bytes = new Uint8Array(header.length + 13).fill(0xff);
  bytes.set(header, 7);
  const found = readCsaHeader(bytes, 7, 7 + header.length, wanted);
  expect(textsOf(found)).toEqual(texts);
  const { position, vr } = (found as Map<string, CsaValue>).get("EchoTime") as CsaValue;
  expect(vr).toBe("DS");
  expect(Buffer.from(bytes.subarray(7 + position)).toString("latin1", 0, 11)).toBe("30.00000000");
});

test("a key whose name only begins as a wanted one's, or is the beginning of it, is another one", () => {
  const others = ["EchoTim", "EchoTimes", "EchoTrain"].map((name) => ({
    name,
    vr: "DS",
    values: ["1"],
  }));
  expect(read(encodeCsaHeader(others))).toEqual(new Map());
  expect(() => compileCsaKeys(["TR"])).toThrow("no CSA key: TR");
});

test("takes as many items as there are values, and all where their number is 0", () => {
  const header = encodeCsaHeader([{ name: "EchoTime", vr: "DS", values: ["1", "2", "3"] }]);
  const view = new DataView(header.buffer);
  view.setInt32(16 + 64, 2, true);
  expect(read(header)?.get("EchoTime")).toBe("1\\2");
  view.setInt32(16 + 64, 0, true);
  expect(read(header)?.get("EchoTime")).toBe("1\\2\\3");
});

test("drops a header with a length that does not fit, as a whole", () => {
  const header = encodeCsaHeader(tags);
  const broken = (offset: number, value: number): Uint8Array => {
    const bytes = header.slice();
    new DataView(bytes.buffer).setInt32(offset, value, true);
    return bytes;
  };
  expect(read(broken(8, 1025))).toBe(null); // keys
  expect(read(broken(8, 6))).toBe(null); // one key more than there is
  expect(read(broken(16 + 76, 4097))).toBe(null); // items
  expect(read(broken(16 + 76, -1))).toBe(null);
  expect(read(broken(16 + 84 + 4, 1_000_000))).toBe(null); // length of an item
  expect(read(broken(16 + 84 + 4, -4))).toBe(null);
  expect(read(header.slice(0, -8))).toBe(null);
  expect(read(new Uint8Array(0))).toBe(null);
});

test("whatever the bytes, it ends and stays within them", () => {
  const header = encodeCsaHeader(tags);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(header.length - 1), fc.nat(255)), { maxLength: 12 }),
      fc.nat(header.length),
      (changes, length) => {
        const bytes = header.slice(0, length);
        for (const [at, value] of changes) if (at < length) bytes[at] = value;
        const found = read(bytes);
        for (const key of found?.keys() ?? []) expect(names).toContain(key);
      },
    ),
    { numRuns: 2_000 },
  );
});
