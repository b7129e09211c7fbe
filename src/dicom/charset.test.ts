import fc from "fast-check";
import { expect, test } from "vitest";
import { parseCharset } from "./charset.ts";
import { plainPlatform } from "./platform.ts";
import { decodeText } from "./text.ts";

/** Bytes from text in which `[hex]` stands for bytes, as in the examples of PS3.5 Annexes H to K. */
function bytesOf(notation: string): Uint8Array {
  const bytes: number[] = [];
  for (const [index, part] of notation.split(/[[\]]/).entries()) {
    if (index % 2 === 0) bytes.push(...[...part].map((letter) => letter.charCodeAt(0)));
    else for (const hex of part.match(/../g) ?? []) bytes.push(Number.parseInt(hex, 16));
  }
  return Uint8Array.from(bytes);
}

function decode(terms: string | null, notation: string, vr = "PN"): [string | null, ...string[]] {
  const warnings: string[] = [];
  const warn = (code: string) => warnings.push(code);
  const bytes = bytesOf(notation);
  const charset = parseCharset(terms, warn);
  return [decodeText(bytes, 0, bytes.length, vr, charset, plainPlatform, warn), ...warnings];
}

test.each([
  ["ISO_IR 100", "Buc^J[e9]r[f4]me", "Buc^Jérôme"],
  ["ISO_IR 100", "[c4]neas^R[fc]diger", "Äneas^Rüdiger"],
  ["ISO_IR 101", "Wa[b3][ea]sa^[a3]ukasz", "Wałęsa^Łukasz"],
  ["ISO_IR 109", "[a6]al[b1]", "Ĥalħ"],
  ["ISO_IR 110", "[a9][f9]", "Šų"],
  ["ISO_IR 144", "[bbeeda]ce[dcd1]yp[d3]", "Люкceмбypг"],
  ["ISO_IR 127", "[e2c8c7e6ea]^[e4e6d2c7d1]", "قباني^لنزار"],
  ["ISO_IR 126", "[c4e9efedf5f3e9eff2]", "Διονυσιος"],
  ["ISO_IR 138", "[f9f8e5ef]^[e3e1e5f8e4]", "שרון^דבורה"],
  ["ISO_IR 148", "[c7]avu[fe]o[f0]lu", "Çavuşoğlu"],
  ["ISO_IR 203", "[a4][bd]", "€œ"],
  ["ISO_IR 166", "[b9d2c1cad8a1c5]", "นามสุกล"],
  ["ISO_IR 13", "[d4cfc0de]^[c0dbb3]", "ﾔﾏﾀﾞ^ﾀﾛｳ"],
  ["ISO_IR 192", "Wang^XiaoDong=[e78e8b]^[e5b08fe4b89c]", "Wang^XiaoDong=王^小东"],
  ["GB18030", "Wang^XiaoDong=[cdf5]^[d0a1b6ab]", "Wang^XiaoDong=王^小东"],
  ["GB18030", "[95328236]", "𠀀"],
  ["GBK", "[cdf5]^[d0a1b6ab]", "王^小东"],
])("%s reads %s", (terms, notation, text) => {
  expect(decode(terms, notation)).toEqual([text]);
});

test.each([
  [
    "Japanese with ASCII",
    "\\ISO 2022 IR 87",
    "Yamada^Tarou=[1b]$B;3ED[1b](B^[1b]$BB@O:[1b](B=[1b]$B$d$^$@[1b](B^[1b]$B$?$m$&[1b](B",
    "Yamada^Tarou=山田^太郎=やまだ^たろう",
  ],
  [
    "Japanese with half-width kana",
    "ISO 2022 IR 13\\ISO 2022 IR 87",
    "[d4cfc0de]^[c0dbb3]=[1b]$B;3ED[1b](J^[1b]$BB@O:[1b](J=[1b]$B$d$^$@[1b](J^[1b]$B$?$m$&[1b](J",
    "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう",
  ],
  ["JIS C 6226", "\\ISO 2022 IR 87", "[1b]$@;3ED[1b](B", "山田"],
  ["supplementary kanji", "\\ISO 2022 IR 87\\ISO 2022 IR 159", "[1b]$(D[3021][1b](B", "丂"],
  ["kana by escape", "\\ISO 2022 IR 13", "[1b])I[d4cf]", "ﾔﾏ"],
  [
    "Korean",
    "\\ISO 2022 IR 149",
    "Hong^Gildong=[1b]$)C[fbf3]^[1b]$)C[d1ced4d7]=[1b]$)C[c8ab]^[1b]$)C[b1e6b5bf]",
    "Hong^Gildong=洪^吉洞=홍^길동",
  ],
  [
    "simplified Chinese",
    "\\ISO 2022 IR 58",
    "Zhang^XiaoDong=[1b]$)A[d5c5]^[1b]$)A[d0a1b6ab]=",
    "Zhang^XiaoDong=张^小东",
  ],
  [
    "Greek and Cyrillic beside Latin",
    "ISO 2022 IR 100\\ISO 2022 IR 144\\ISO 2022 IR 126",
    "J[e9]r[f4]me^[1b]-L[bbeeda]^[1b]-F[c4e9efedf5f3e9eff2]",
    "Jérôme^Люк^Διονυσιος",
  ],
])("code extensions: %s", (_name, terms, notation, text) => {
  expect(decode(terms, notation)).toEqual([text]);
});

test.each([
  ["-A", "[e9]", "é"],
  ["-B", "[b3]", "ł"],
  ["-C", "[b1]", "ħ"],
  ["-D", "[f9]", "ų"],
  ["-F", "[c4]", "Δ"],
  ["-G", "[c8]", "ب"],
  ["-H", "[f9]", "ש"],
  ["-L", "[bb]", "Л"],
  ["-M", "[fe]", "ş"],
  ["-T", "[a1]", "ก"],
  ["-b", "[a4]", "€"],
])("ESC %s chooses the set of %s", (sequence, byte, text) => {
  expect(decode("ISO 2022 IR 6\\ISO 2022 IR 100", `[1b]${sequence}${byte}`)).toEqual([text]);
});

test.each([
  "ISO_IR 100",
  "ISO-IR 100",
  "ISO_IR100",
  "ISO IR 100",
  "iso_ir 100",
  "ISO 2022 IR 100",
  "ISO 2022 100",
  "ISO_2022_IR_100",
  " ISO_IR 100 \0",
  "ISO_IR 100\\",
])("the term %j is ISO_IR 100", (terms) => {
  expect(decode(terms, "[e9]")).toEqual(["é"]);
});

test.each(["ISO_IR 192", "UTF-8", "UTF8", "utf-8", "ISO 2022 IR 192"])(
  "the term %s is UTF-8",
  (terms) => {
    expect(decode(terms, "[c3a9]")).toEqual(["é"]);
  },
);

test("Latin-1 has the controls C1, not the letters of windows-1252", () => {
  expect(decode("ISO_IR 100", "a[8095]b")).toEqual(["a\u0080\u0095b"]);
  expect(decode("ISO_IR 148", "a[8095]b")).toEqual(["a\u0080\u0095b"]);
});

test.each([null, "", "ISO_IR 6", "ISO 2022 IR 6"])("with %j UTF-8 is recognized", (terms) => {
  expect(decode(terms, "J[c3a9]r[c3b4]me")).toEqual(["Jérôme", "charset-assumed"]);
});

test.each([null, "", "ISO_IR 6", "ISO 2022 IR 6", "\\ISO 2022 IR 87"])(
  "with %j other bytes are Latin-1",
  (terms) => {
    expect(decode(terms, "J[e9]r[f4]me")).toEqual(["Jérôme", "charset-assumed"]);
  },
);

test("a declared Latin-1 wins over bytes that look like UTF-8", () => {
  expect(decode("ISO_IR 100", "[c3a9]")).toEqual(["Ã©"]);
});

test("an unknown term counts as absent", () => {
  expect(decode("XYZ", "Doe")).toEqual(["Doe", "charset-unknown"]);
  expect(decode("XYZ", "[e9]")).toEqual(["é", "charset-unknown", "charset-assumed"]);
  expect(decode("ISO_IR 999", "Doe")).toEqual(["Doe", "charset-unknown"]);
  expect(decode("ISO_IR 1E2", "Doe")).toEqual(["Doe", "charset-unknown"]);
  expect(decode("ISO_IR 100\\XYZ", "[e9]")).toEqual(["é", "charset-unknown"]);
});

test("an empty first term is ASCII, and the others switch", () => {
  expect(decode("\\ISO 2022 IR 100", "[1b]-A[e9]")).toEqual(["é"]);
});

test("a Korean or Chinese first term needs no escape", () => {
  expect(decode("ISO 2022 IR 149", "[c8ab]^[b1e6b5bf]")).toEqual(["홍^길동"]);
  expect(decode("ISO 2022 IR 58", "[d5c5]")).toEqual(["张"]);
});

test.each(["ISO 2022 IR 87", "ISO_IR 87"])("a Japanese set as the only term: %s", (terms) => {
  expect(decode(terms, "Yamada=[1b]$B;3ED[1b](B")).toEqual(["Yamada=山田"]);
});

test("without code extensions an escape is a byte that is removed", () => {
  expect(decode("ISO_IR 100", "[1b]-Fa[c4]")).toEqual(["-FaÄ"]);
  expect(decode(null, "[1b]$B;3")).toEqual(["$B;3"]);
});

test.each(["\t", "\n", "\f", "^", "="])("%j returns to the first set", (delimiter) => {
  const decoded = decode("ISO_IR 100\\ISO 2022 IR 126", `x[1b]-F[c4]${delimiter}[c4]`);
  expect(decoded).toEqual([`xΔ${delimiter}Ä`]);
});

test("a carriage return and a backslash return to the first set", () => {
  expect(decode("ISO_IR 100\\ISO 2022 IR 126", "[1b]-F[c4][0d][c4]", "LT")).toEqual(["Δ\nÄ"]);
  expect(decode("ISO_IR 100\\ISO 2022 IR 126", "[1b]-F[c4]\\[c4]", "LO")).toEqual(["Δ\\Ä"]);
});

test("what separates in a name does not return to the first set in other texts", () => {
  expect(decode("ISO_IR 100\\ISO 2022 IR 126", "[1b]-F[c4]^=[c4]", "LO")).toEqual(["Δ^=Δ"]);
  expect(decode("ISO_IR 100\\ISO 2022 IR 126", "[1b]-F[c4]\\[c4]", "LT")).toEqual(["Δ\\Δ"]);
});

test("in two bytes of JIS 5C, 5E and 3D are no separators", () => {
  expect(decode("\\ISO 2022 IR 87", "[1b]$B[315c][1b](B\\b", "LO")).toEqual(["閲\\b"]);
  expect(decode("\\ISO 2022 IR 87", "[1b]$B[245e][3d55][1b](B^b")).toEqual(["ま春^b"]);
  expect(decode("\\ISO 2022 IR 87", "[1b]$B[5c21][1b](B", "LO")).toEqual(["棔"]);
});

test("in GBK and GB18030 a second byte 5C is no separator", () => {
  expect(decode("GBK", "[815c]\\[cdf5]", "LO")).toEqual(["乗\\王"]);
  expect(decode("GB18030", "[815c]", "LO")).toEqual(["乗"]);
});

test("in JIS Roman 5C separates values and is a yen sign elsewhere", () => {
  expect(decode("ISO_IR 13", "a\\b", "LO")).toEqual(["a\\b"]);
  expect(decode("ISO_IR 13", "a\\b~", "LT")).toEqual(["a¥b‾"]);
  expect(decode("ISO 2022 IR 13\\ISO 2022 IR 87", "~[1b](B~\\", "LT")).toEqual(["‾~\\"]);
  expect(decode("\\ISO 2022 IR 13", "[1b](J~a", "LO")).toEqual(["‾a"]);
});

test("a space in a set of two bytes stays a space", () => {
  expect(decode("\\ISO 2022 IR 87", "[1b]$B;3 ED[1b](B", "LO")).toEqual(["山 田"]);
});

test.each([
  ["ISO_IR 192", "a[e5b1]b", "a\ufffd\ufffdb"],
  ["ISO_IR 127", "[c8ff]", "ب\ufffd"],
  ["ISO_IR 13", "[d4ff]a", "ﾔ\ufffda"],
  ["GB18030", "[cdf5]a[ff]b", "王a\ufffdb"],
  ["GB18030", "[81]", "\ufffd"],
  ["GBK", "[cd]", "\ufffd"],
  ["\\ISO 2022 IR 87", "[1b]$B;3E[1b](B", "山\ufffd"],
  ["\\ISO 2022 IR 87", "[1b]$B[2921]ED[1b](B", "\ufffd\ufffd田"],
  ["\\ISO 2022 IR 149", "[1b]$)C[c8ab]^[1b]$)C[b1]e", "홍^\ufffde"],
  ["ISO 2022 IR 149", "[c8ab][c8]", "홍\ufffd"],
  ["\\ISO 2022 IR 87", "a[1b]Zb", "aZb"],
])("%s: bytes of %s without meaning are replaced", (terms, notation, text) => {
  expect(decode(terms, notation)).toEqual([text, "charset-invalid-bytes"]);
});

test.each(["ISO_IR 127", "ISO_IR 13", "ISO 2022 IR 149", "GB18030"])(
  "%s: a value that is invalid, but UTF-8, is read as UTF-8",
  (terms) => {
    expect(decode(terms, "J[e5b1b1]")).toEqual(["J山", "charset-assumed"]);
  },
);

test("beside UTF-8 as the first term others have no meaning", () => {
  expect(decode("ISO_IR 192\\ISO 2022 IR 87", "[e5b1b1]")).toEqual(["山"]);
  expect(decode("\\ISO_IR 192", "[e5b1b1]")).toEqual(["山", "charset-assumed"]);
});

const allTerms = fc.constantFrom(
  ...[6, 13, 58, 87, 100, 101, 109, 110, 126, 127, 138, 144, 148, 149, 159, 166, 192, 203].flatMap(
    (number) => [`ISO_IR ${number}`, `ISO 2022 IR ${number}`, `\\ISO 2022 IR ${number}`],
  ),
  "GB18030",
  "GBK",
  "XYZ",
);

test("no bytes in any set make it throw, and all text is well-formed, NFC and free of NUL", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc
      .array(
        fc.constantFrom(
          ...["[1b]$B", "[1b]$(D", "[1b](J", "[1b](B", "[1b])I", "[1b]$)C", "[1b]$)A", "[1b]-F"],
          ...["[1b]", "[315c]", "\\", "^", "=", " ", "a", "[c8ab]", "[00]", "[0d0a]", "[8130]"],
        ),
        { maxLength: 20 },
      )
      .map((parts) => bytesOf(parts.join(""))),
  );
  const vrs = fc.constantFrom("PN", "LO", "SH", "LT", "UC", "UT", "CS", "UI", "UR", "DS", "??");
  fc.assert(
    fc.property(bytes, allTerms, vrs, (value, terms, vr) => {
      const charset = parseCharset(terms, () => {});
      const text = decodeText(value, 0, value.length, vr, charset, plainPlatform, () => {});
      if (text === null) return;
      expect(text.isWellFormed()).toBe(true);
      expect(text.normalize("NFC")).toBe(text);
      expect(text).not.toMatch(/\0/);
      expect(text).not.toBe("");
    }),
    { numRuns: 3000 },
  );
});

test("no text of terms makes it throw", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (terms) => {
      parseCharset(terms, () => {});
    }),
  );
});
