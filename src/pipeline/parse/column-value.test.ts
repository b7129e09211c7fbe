import fc from "fast-check";
import { expect, test } from "vitest";
import type { ColumnType } from "#catalogue/column.ts";
import { defaultCharset } from "#dicom/charset.ts";
import { readColumnValue } from "./column-value.ts";
import { nodePlatform } from "./node-platform.ts";

/** The value and the warnings of a text as an element of a VR. */
function read(type: ColumnType, vr: string, text: string): readonly unknown[] {
  const bytes = Buffer.from(`#${text}#`, "latin1"); // what lies around it is not its own
  const warnings: string[] = [];
  const element = {
    bytes,
    start: 1,
    end: bytes.length - 1,
    vr,
    isBigEndian: false,
    charset: defaultCharset,
    platform: nodePlatform,
  };
  const value = readColumnValue(type, null, element, null, (code) => warnings.push(code));
  return [value, ...warnings];
}

const padding = fc.constantFrom("", " ", "  ", "\0");
const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), maxLength: 20 });
const sign = fc.constantFrom("", "-", "+");
const decimal = fc.oneof(
  fc.tuple(sign, digits, fc.constantFrom("", "."), digits).map((parts) => parts.join("")),
  fc.double().map(String),
  fc.integer().map(String),
  fc.string({ unit: fc.constantFrom(..."019.-+ e\\\0"), maxLength: 8 }),
);
const decimals = fc
  .tuple(padding, fc.array(decimal, { minLength: 1, maxLength: 6 }), padding)
  .map(([before, values, after]) => `${before}${values.join("\\")}${after}`);

// Read as LO a text takes the way by its parts, whatever it looks like.
test.each(["real", "reals", "integer"] as const)(
  "%s: a number that is read from its bytes is that of its text",
  (type) => {
    fc.assert(
      fc.property(decimals, fc.constantFrom("DS", "IS"), (text, vr) => {
        expect(read(type, vr, text)).toEqual(read(type, "LO", text));
      }),
      { numRuns: 2_000 },
    );
  },
);

test.each([
  "0.1",
  "-0",
  "+5",
  "007",
  "1e3",
  "123456789012345",
  "1234567890123456",
  "0.0000001",
  "2147483648",
  "1.5",
])("%s is read the same both ways", (text) => {
  for (const type of ["real", "reals", "integer"] as const) {
    expect(read(type, "DS", text)).toEqual(read(type, "LO", text));
  }
});

test("a UID that is taken from its bytes is that of its text", () => {
  const part = fc.oneof(fc.nat().map(String), fc.constantFrom("", "0", "01", " ", "\\1.2", "a"));
  const uid = fc
    .tuple(fc.array(part, { maxLength: 12 }), padding)
    .map(([parts, after]) => parts.join(".") + after);
  fc.assert(
    fc.property(uid, (text) => {
      expect(read("uid", "UI", text)).toEqual(read("uid", "LO", text));
    }),
    { numRuns: 2_000 },
  );
});
