import fc from "fast-check";
import { expect, test } from "vitest";
import { compareUtf8 } from "./byte-order.ts";

/** Any text that UTF-8 can hold, much of it beyond U+FFFF and around the surrogates. */
const text = fc.string({
  unit: fc.oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
    fc.constantFrom("\u{ffff}", "\u{e000}", "\u{d7ff}", "\u{10000}", "\u{10ffff}", "a", "/"),
  ),
});

test("text is ordered as its UTF-8 bytes are", () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
      expect(Math.sign(compareUtf8(a, b))).toBe(bytes);
    }),
    { numRuns: 2000 },
  );
});

test("a text is smaller than one that it begins, and equal to itself", () => {
  expect(compareUtf8("a", "ab")).toBeLessThan(0);
  expect(compareUtf8("ab", "ab")).toBe(0);
  expect(compareUtf8("", "a")).toBeLessThan(0);
});

test("characters beyond U+FFFF come last, which UTF-16 order gets wrong", () => {
  expect("\u{1f600}" < "\u{ffff}").toBe(true);
  expect(compareUtf8("\u{1f600}", "\u{ffff}")).toBeGreaterThan(0);
});
