import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeUtf8 } from "./utf8.ts";

function decode(...bytes: number[]): [string, boolean] {
  const { text, hasInvalid } = decodeUtf8(Uint8Array.from(bytes), 0, bytes.length);
  return [text, hasInvalid];
}

test("sequences of one to four bytes are characters", () => {
  expect(decode(0x41, 0xc3, 0xa9, 0xe5, 0xb1, 0xb1, 0xf0, 0xa0, 0xae, 0xb7)).toEqual([
    "Aé山𠮷",
    false,
  ]);
});

test.each([
  ["a lone continuation", [0x80], "\ufffd"],
  ["a cut sequence", [0xe5, 0xb1], "\ufffd\ufffd"],
  ["a sequence broken by a letter", [0xe5, 0xb1, 0x41], "\ufffd\ufffdA"],
  ["an overlong form of two bytes", [0xc0, 0xaf], "\ufffd\ufffd"],
  ["an overlong form of three bytes", [0xe0, 0x80, 0xaf], "\ufffd\ufffd\ufffd"],
  ["an overlong form of four bytes", [0xf0, 0x80, 0x80, 0xaf], "\ufffd\ufffd\ufffd\ufffd"],
  ["a surrogate", [0xed, 0xa0, 0x80], "\ufffd\ufffd\ufffd"],
  ["a code point above U+10FFFF", [0xf4, 0x90, 0x80, 0x80], "\ufffd\ufffd\ufffd\ufffd"],
  ["a byte that never occurs", [0xff, 0x41], "\ufffdA"],
])("each byte of %s is replaced", (_name, bytes, text) => {
  expect(decode(...bytes)).toEqual([text, true]);
});

test("agrees with TextDecoder about what is valid", () => {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const { text, hasInvalid } = decodeUtf8(bytes, 0, bytes.length);
      if (hasInvalid) expect(() => decoder.decode(bytes)).toThrow();
      else expect(decoder.decode(bytes)).toBe(text);
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const bytes = new TextEncoder().encode(text);
      expect(decodeUtf8(bytes, 0, bytes.length)).toEqual({ text, hasInvalid: false });
    }),
  );
});
