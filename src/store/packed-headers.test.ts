import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { HeaderUnpacker, packBase, packHeader } from "./packed-headers.ts";
import { DamagedValueError } from "./stored-value.ts";

const change = (bytes: Uint8Array): Uint8Array => {
  const changed = Uint8Array.from(bytes);
  changed[bytes.length >> 1] = (changed[bytes.length >> 1] as number) ^ 1;
  return changed;
};

test.each([0, 1, 2_000, 100_000, 5_000_000])(
  "a header of %i bytes that differs in one byte takes next to nothing and comes back",
  (length) => {
    const base = randomBytes(length);
    const unpacker = new HeaderUnpacker();
    for (const content of [base, change(base), randomBytes(10)]) {
      const packed = packHeader(content, base);
      expect(packed.length).toBeLessThan(1_000);
      expect(Buffer.compare(unpacker.unpack(packed, packBase(base)), content)).toBe(0);
    }
  },
);

test("a header is not unpacked with another base", () => {
  const [base, other] = ["PATIENT-A", "PATIENT-B"].map((name) =>
    Buffer.from(`${name} ${"common ".repeat(200)}`),
  ) as [Buffer, Buffer];
  const packed = packHeader(Buffer.concat([base, Buffer.from("more")]), base);
  expect(() => new HeaderUnpacker().unpack(packed, packBase(other))).toThrow(DamagedValueError);
});

test("what is damaged is told to be, and not unpacked", () => {
  const base = randomBytes(3_000);
  const packed = packHeader(change(base), base);
  const unpack = (header: unknown, of: unknown) => () =>
    new HeaderUnpacker().unpack(header as Uint8Array, of as Uint8Array);
  expect(unpack(change(packed), packBase(base))).toThrow(DamagedValueError);
  expect(unpack(packed, packBase(base).subarray(0, 40))).toThrow(DamagedValueError);
  expect(unpack(packed, 7)).toThrow(DamagedValueError);
  expect(unpack(packHeader(base, base), change(packBase(base)))).toThrow(DamagedValueError);
});
