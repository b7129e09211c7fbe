import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultCharset, parseCharset } from "./charset.ts";
import { plainPlatform } from "./platform.ts";
import { decodeText, splitValues } from "./text.ts";

const utf8 = parseCharset("ISO_IR 192", () => {});

function decode(text: string, vr: string): [string | null, ...string[]] {
  const warnings: string[] = [];
  const bytes = new TextEncoder().encode(`xx${text}xx`);
  const warn = (code: string) => warnings.push(code);
  return [decodeText(bytes, 2, bytes.length - 2, vr, utf8, plainPlatform, warn), ...warnings];
}

test.each(["AE", "CS", "LO", "SH", "UC", "UI", "DS", "IS", "DA", "TM", "DT", "AS"])(
  "%s is trimmed at both ends",
  (vr) => {
    expect(decode("  1.2 \0 ", vr)).toEqual(["1.2"]);
  },
);

test.each(["ST", "LT", "UT", "UR"])("%s keeps leading spaces and is one value", (vr) => {
  expect(decode("  a \\ b \0 ", vr)).toEqual(["  a \\ b"]);
});

test.each(["AE", "CS", "LO", "SH", "UC", "UI", "DS", "IS"])(
  "%s has values: each is trimmed, empty ones at the end are dropped",
  (vr) => {
    expect(decode(" 1 \\\\ 2\\3 \\ \\\\", vr)).toEqual(["1\\\\2\\3"]);
    expect(decode("\\\\1", vr)).toEqual(["\\\\1"]);
  },
);

test("names are in canonical form, each of several", () => {
  expect(decode(" Doe ^John^^^ ", "PN")).toEqual(["Doe^John"]);
  expect(decode("Doe^John^\\^^=\\Roe ^ Jane=\\", "PN")).toEqual(["Doe^John\\\\Roe^Jane"]);
  expect(decode("=山田^太郎", "PN")).toEqual(["=山田^太郎"]);
  expect(decode("^^^", "PN")).toEqual([null]);
});

test("a text is kept in the case it was written", () => {
  expect(decode("Head", "CS")).toEqual(["Head"]);
});

test.each(["LO", "LT", "PN", "UI", "DS"])("nothing is left of an empty %s", (vr) => {
  expect(decode("", vr)).toEqual([null]);
  expect(decode(" \0 \0", vr)).toEqual([null]);
});

test("controls are removed but tab, line feed and form feed", () => {
  expect(decode("a\x01b\0c\x1bd\te\nf\fg\x1f", "LT")).toEqual(["abcd\te\nf\fg"]);
  expect(decode("\0\x01 a \x02", "LO")).toEqual(["a"]);
  expect(decode("\x01\x02\x03", "LO")).toEqual([null]);
});

test("each kind of line end is a line feed", () => {
  expect(decode("a\r\nb\rc\n\rd", "LT")).toEqual(["a\nb\nc\n\nd"]);
});

test("in a UI a control is marked, since the UID without it is another one", () => {
  expect(decode("1.2\x013", "UI")).toEqual(["1.2\ufffd3"]);
  expect(decode("1.2\0\\1.3\0", "UI")).toEqual(["1.2\\1.3"]);
  expect(decode("\x012", "UI")).toEqual(["\ufffd2"]);
});

test("text is in NFC", () => {
  expect(decode("Ju\u0308rgen", "LO")).toEqual(["Jürgen"]);
  expect(decode("\u212b", "LT")).toEqual(["Å"]);
});

test("composing again after trimming makes no difference later", () => {
  const [text] = decode("a= \u0338b", "PN");
  expect(text).toBe("a\u2260b");
  expect(decode(text as string, "PN")).toEqual([text]);
});

test("coded VRs are not in the character set of the data set", () => {
  const korean = parseCharset("ISO 2022 IR 149", () => {});
  const warnings: string[] = [];
  const text = decodeText(
    Uint8Array.of(0xc8, 0xab, 0xc8),
    0,
    3,
    "CS",
    korean,
    plainPlatform,
    (code) => warnings.push(code),
  );
  expect([text, ...warnings]).toEqual(["È«È", "charset-assumed"]);
});

test("a text of 10240 characters is kept, a longer one is cut", () => {
  expect(decode("x".repeat(10_240), "LT")).toEqual(["x".repeat(10_240)]);
  expect(decode("x".repeat(10_241), "LT")).toEqual(["x".repeat(10_240), "text-truncated"]);
  expect(decode("𠮷".repeat(10_240), "LT")).toEqual(["𠮷".repeat(10_240)]);
  expect(decode("𠮷".repeat(10_241), "LT")).toEqual(["𠮷".repeat(10_240), "text-truncated"]);
  expect(decode("x".repeat(70_000), "UI")[0]).toHaveLength(10_240);
});

test("a cut text is trimmed again", () => {
  expect(decode(`${"x".repeat(10_239)}\\y`, "LO")).toEqual(["x".repeat(10_239), "text-truncated"]);
  expect(decode(`${"x".repeat(10_239)}^y`, "PN")).toEqual(["x".repeat(10_239), "text-truncated"]);
});

test("the platform is asked once, for the trimmed range, where all bytes are ASCII", () => {
  const ranges: [number, number][] = [];
  const platform = {
    latin1(bytes: Uint8Array, start: number, end: number) {
      ranges.push([start, end]);
      return plainPlatform.latin1(bytes, start, end);
    },
  };
  const bytes = new TextEncoder().encode(" ORIGINAL\\PRIMARY ");
  expect(decodeText(bytes, 0, bytes.length, "CS", defaultCharset, platform, () => {})).toBe(
    "ORIGINAL\\PRIMARY",
  );
  expect(ranges).toEqual([[1, 17]]);
});

test.each([
  ["a", ["a"]],
  ["a\\b", ["a", "b"]],
  [" a \\\\ b \\\\", ["a", "", "b"]],
  ["\\a", ["", "a"]],
  ["", []],
  ["\\\\", []],
])("the values of %j are %j", (text, values) => {
  expect(splitValues(text)).toEqual(values);
});

test("a canonical text, written as UTF-8 and read again, stays as it is", () => {
  const special = fc.constantFrom(..." \\^=\0\r\n\t\x1b", "\u0338", "\u0308", "e", "ﾞ", "가");
  const anyText = fc.string({
    unit: fc.oneof(special, fc.string({ unit: "binary", maxLength: 1 })),
  });
  const vrs = fc.constantFrom("PN", "LO", "SH", "UC", "LT", "ST", "UT", "UI", "CS", "UR", "DA");
  fc.assert(
    fc.property(anyText, vrs, (written, vr) => {
      const [text] = decode(written, vr);
      if (text !== null) expect(decode(text, vr)[0]).toBe(text);
    }),
    { numRuns: 5000 },
  );
});
