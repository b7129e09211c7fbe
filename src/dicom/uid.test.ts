import fc from "fast-check";
import { expect, test } from "vitest";
import { parseUid } from "./uid.ts";

function parse(text: string): [string | null, ...string[]] {
  const warnings: string[] = [];
  return [parseUid(text, (code) => warnings.push(code)), ...warnings];
}

const digits64 = `1.2.${"3".repeat(60)}`;

test.each([
  "1.2",
  "0.0",
  "2.25.329800735698586629295641978511506172918",
  "1.2.840.10008.1.2",
  digits64,
])("%s is a UID of the standard", (uid) => {
  expect(parse(uid)).toEqual([uid]);
});

test.each([
  "1.02.3",
  "1.2.00",
  "3.1.2",
  "1.2.anon7",
  "1",
  "1..2",
  "1.2.",
  ".1.2",
  "12.3",
  "1.2.3-4",
  "Zürich",
  `${digits64}1`,
  "9".repeat(128),
])("%s is no UID of the standard, but an identity", (uid) => {
  expect(parse(uid)).toEqual([uid, "uid-nonconformant"]);
});

test.each([
  "",
  "  ",
  "\0",
  "1.2 .3",
  "1.2\x013",
  "1.2\n.3",
  "1.2\x7f",
  "1.2\u0085",
  "1.2\ufffd3",
  "9".repeat(129),
])("%j is no identity", (text) => {
  expect(parse(text)).toEqual([null]);
});

test("blanks and NULs around a UID are padding", () => {
  expect(parse(" 1.2.3 \0")).toEqual(["1.2.3"]);
});

test("the first of several UIDs is taken", () => {
  expect(parse("1.2.3\\1.2.4")).toEqual(["1.2.3", "uid-multivalued"]);
  expect(parse("1.2.3 \\ 1.2.4")).toEqual(["1.2.3", "uid-multivalued"]);
});

test("a separator with nothing after it makes no second value", () => {
  expect(parse("1.2.3\\\\ ")).toEqual(["1.2.3"]);
});

test("an empty first value is no identity", () => {
  expect(parse("\\1.2.3")).toEqual([null]);
});

test("an identity stays as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const uid = parse(text)[0];
      if (uid !== null) expect(parse(uid)[0]).toBe(uid);
    }),
  );
});
