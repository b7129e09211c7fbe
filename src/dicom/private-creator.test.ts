import fc from "fast-check";
import { expect, test } from "vitest";
import { isCreator, normalizeCreator } from "./private-creator.ts";
import { bytesOf } from "./testing/dataset-bytes.ts";

test.each([
  ["SIEMENS MR HEADER", "siemens mr header"],
  ["  Philips  Imaging DD 001 \0", "philips imaging dd 001"],
  ["", ""],
])("%j is compared as %j", (name, normalized) => {
  expect(normalizeCreator(name)).toBe(normalized);
  expect(isCreator(bytesOf(name), 0, name.length, bytesOf(normalized))).toBe(true);
});

test.each([["SIEMENS MR"], ["SIEMENS MR HEADER 2"], ["SIEMENSMRHEADER"], ["SIEMENS MR HEADE"]])(
  "%j is another one",
  (name) => {
    expect(isCreator(bytesOf(name), 0, name.length, bytesOf("siemens mr header"))).toBe(false);
  },
);

test("bytes are compared as their normalised text is", () => {
  const name = fc.string({ unit: fc.constantFrom("a", "A", "b", " ", "\0", "1"), maxLength: 12 });
  fc.assert(
    fc.property(name, name, (written, wanted) => {
      const isSame = normalizeCreator(written) === normalizeCreator(wanted);
      expect(
        isCreator(bytesOf(written), 0, written.length, bytesOf(normalizeCreator(wanted))),
      ).toBe(isSame);
    }),
  );
});
