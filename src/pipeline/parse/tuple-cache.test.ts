import fc from "fast-check";
import { expect, test } from "vitest";
import { TupleCache } from "./tuple-cache.ts";

const decode = (bytes: Buffer): string => `decoded ${bytes.toString("hex")}`;

test("a tuple is decoded once while it is kept", () => {
  const cache = new TupleCache<string>(10);
  let decoded = 0;
  for (const text of ["a", "a", "b", "a", "b", "b"]) {
    const bytes = Buffer.from(text);
    const tuple = cache.get(bytes, () => {
      decoded += 1;
      return decode(bytes);
    });
    expect(tuple).toBe(decode(bytes));
  }
  expect(decoded).toBe(2);
});

test("whatever is asked for in whatever order, bytes give their own tuple", () => {
  const bytes = fc.uint8Array({ maxLength: 3 }).map((array) => Buffer.from(array));
  fc.assert(
    fc.property(fc.array(bytes), fc.integer({ min: 1, max: 4 }), (asked, capacity) => {
      const cache = new TupleCache<string>(capacity);
      for (const each of asked) expect(cache.get(each, () => decode(each))).toBe(decode(each));
    }),
  );
});

test("the bytes may be written over after they were asked for", () => {
  const cache = new TupleCache<string>(10);
  const scratch = Buffer.from("first");
  cache.get(scratch, () => "first");
  scratch.write("other");
  expect(cache.get(scratch, () => "other")).toBe("other");
  expect(cache.get(Buffer.from("first"), () => "decoded again")).toBe("first");
});

test("what is kept is bounded by the bytes that it was decoded from", () => {
  const cache = new TupleCache<string>(1_000, 100);
  let decoded = 0;
  const ask = (text: string): string =>
    cache.get(Buffer.from(text), () => {
      decoded += 1;
      return text;
    });
  const long = Array.from({ length: 6 }, (_, index) => `${index}`.repeat(40));
  for (const text of long) ask(text);
  ask(long[4] as string); // still there
  expect(decoded).toBe(6);
  ask(long[0] as string); // forgotten for want of room
  expect(decoded).toBe(7);
  expect(ask("x".repeat(500))).toBe("x".repeat(500));
});

test("what could not be decoded is decoded again, and takes nothing from the one before", () => {
  const cache = new TupleCache<string>(4);
  const [first, second] = [Buffer.from("first"), Buffer.from("second")];
  expect(cache.get(first, () => "one")).toBe("one");
  expect(() =>
    cache.get(second, () => {
      throw new Error("a bad sector");
    }),
  ).toThrow("a bad sector");
  expect(cache.get(second, () => "two")).toBe("two");
  expect(cache.get(first, () => "three")).toBe("one");
});
