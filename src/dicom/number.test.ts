import fc from "fast-check";
import { expect, test } from "vitest";
import {
  formatNumber,
  parseDecimal,
  parseDecimals,
  parseInteger,
  readBinaryNumbers,
  roundToQuantum,
} from "./number.ts";

function withWarnings<T>(parse: (warn: (code: string) => void) => T): [T, ...string[]] {
  const warnings: string[] = [];
  return [parse((code) => warnings.push(code)), ...warnings];
}

const decimal = (text: string) => withWarnings((warn) => parseDecimal(text, warn));
const integer = (text: string) => withWarnings((warn) => parseInteger(text, warn));
const decimals = (text: string, expected: number | null) =>
  withWarnings((warn) => parseDecimals(text, expected, warn));

test.each([
  ["1", 1],
  ["+1.50", 1.5],
  ["-1.", -1],
  [".5", 0.5],
  ["-.5", -0.5],
  ["1e3", 1000],
  ["1E+3", 1000],
  ["1.5d-3", 0.0015],
  ["1.5D3", 1500],
  ["  42 \0", 42],
  ["-0", 0],
  ["-0.0e5", 0],
  ["007", 7],
  ["3.1415926535897932384626433832795028841971", Math.PI],
])("%j is the decimal %d", (text, value) => {
  expect(decimal(text)).toEqual([value]);
});

test("a comma may stand for the point", () => {
  expect(decimal("0,5")).toEqual([0.5, "number-comma"]);
  expect(decimal("-1,5e2")).toEqual([-150, "number-comma"]);
});

test.each([
  "1.#QNAN",
  "-1.#IND",
  "NaN",
  "Inf",
  "INF",
  "Infinity",
  "1.#INF",
  "*****",
  "****",
  "-",
  "+",
  ".",
  "N/A",
  "3.0T",
  "0x10",
  "0b1",
  "1 000.5",
  "1,000.5",
  "1,000,5",
  ",",
  "",
  "  ",
  "1e",
  "1e+",
  "e5",
  "1e5x",
  "--1",
  "1e999",
  "1_000",
  "１",
])("%j is no decimal", (text) => {
  expect(decimal(text)).toEqual([null, "number-invalid"]);
});

test("several decimals are separated by backslashes", () => {
  expect(decimals("1\\ 2.5 \\-3e1", 3)).toEqual([[1, 2.5, -30]]);
  expect(decimals("1\\x\\3", null)).toEqual([[1, null, 3], "number-invalid"]);
  expect(decimals("1\\\\3", null)).toEqual([[1, null, 3], "number-invalid"]);
  expect(decimals("1\\2\\", null)).toEqual([[1, 2]]);
  expect(decimals("0,5\\0,25", 2)).toEqual([[0.5, 0.25], "number-comma", "number-comma"]);
  expect(decimals("", 2)).toEqual([[]]);
});

test("a comma separates as many decimals as the attribute has", () => {
  expect(decimals("0.0058,0.0019", 2)).toEqual([[0.0058, 0.0019], "number-comma"]);
  expect(decimals("1, 2,3", 3)).toEqual([[1, 2, 3], "number-comma"]);
  expect(decimals("0,5", 1)).toEqual([[0.5], "number-comma"]);
  expect(decimals("0,5", null)).toEqual([[0.5], "number-comma"]);
  expect(decimals("0.0058,0.0019", null)).toEqual([[null], "number-invalid"]);
  expect(decimals("0.1,x", 2)).toEqual([[null], "number-invalid"]);
});

test.each([
  ["150", 150],
  ["150.0", 150],
  ["-7", -7],
  ["1e3", 1000],
  ["2147483647", 2147483647],
  ["-2147483648", -2147483648],
])("%s is the integer %d", (text, value) => {
  expect(integer(text)).toEqual([value]);
});

test("an integer beyond 32 bits is kept while it is exact", () => {
  expect(integer("2147483648")).toEqual([2147483648, "number-range"]);
  expect(integer("-2147483649")).toEqual([-2147483649, "number-range"]);
  expect(integer("9007199254740991")).toEqual([9007199254740991, "number-range"]);
  expect(integer("9007199254740993")).toEqual([null, "number-range"]);
  expect(integer("99999999999999999999")).toEqual([null, "number-range"]);
});

test("a fraction is no integer, but a decimal", () => {
  expect(integer("150.5")).toEqual([null, "number-range"]);
  expect(decimal("150.5")).toEqual([150.5]);
});

test("what is no decimal is no integer", () => {
  expect(integer("N/A")).toEqual([null, "number-invalid"]);
});

function binary(vr: string, bytes: readonly number[], bigEndian = false) {
  const padded = Uint8Array.from([0x31, ...bytes, 0x31]);
  return withWarnings((warn) =>
    readBinaryNumbers(padded, 1, 1 + bytes.length, vr, bigEndian, warn),
  );
}

test.each([
  ["US", [0x34, 0x12, 0xff, 0xff], [0x1234, 65535]],
  ["SS", [0x34, 0x12, 0xff, 0xff], [0x1234, -1]],
  ["UL", [0x78, 0x56, 0x34, 0x12, 0xff, 0xff, 0xff, 0xff], [0x12345678, 4294967295]],
  ["SL", [0xff, 0xff, 0xff, 0xff], [-1]],
  ["UV", [1, 0, 0, 0, 1, 0, 0, 0], [4294967297]],
  ["SV", [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [-2]],
  ["FL", [0, 0, 0x20, 0xc1], [-10]],
  ["FD", [0, 0, 0, 0, 0, 0, 0xf8, 0x3f], [1.5]],
  ["AT", [0x18, 0x00, 0x81, 0x00], [0x00180081]],
  ["AT", [0xfe, 0xff, 0x00, 0xe0], [0xfffee000]],
])("%s is read in little and in big endian", (vr, bytes, numbers) => {
  expect(binary(vr, bytes)).toEqual([numbers]);
  const size = vr === "AT" ? 2 : bytes.length / numbers.length;
  const swapped: number[] = [];
  for (let start = 0; start < bytes.length; start += size) {
    swapped.push(...bytes.slice(start, start + size).reverse());
  }
  expect(binary(vr, swapped, true)).toEqual([numbers]);
});

test("bytes that make no whole number are ignored", () => {
  expect(binary("US", [1, 0, 2])).toEqual([[1]]);
  expect(binary("FD", [1, 2, 3])).toEqual([[]]);
  expect(binary("US", [])).toEqual([[]]);
});

test("a VR without numbers has none", () => {
  expect(binary("OB", [1, 2, 3, 4])).toEqual([[]]);
});

test.each([
  0.1, 2.493, 1e-7, 1e-45, 5e-40, 123456.7, 8589974000, 3.4028235e38, 1.1754944e-38, 16777216,
  0.33333334, 0.30000004,
])("an FL is the shortest decimal: %d", (value) => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  expect(binary("FL", [...bytes])).toEqual([[value]]);
});

test("NaN, infinity and -0 are not kept", () => {
  expect(binary("FL", [0, 0, 0xc0, 0x7f])).toEqual([[null], "number-invalid"]);
  expect(binary("FD", [0, 0, 0, 0, 0, 0, 0xf0, 0xff])).toEqual([[null], "number-invalid"]);
  expect(Object.is(binary("FL", [0, 0, 0, 0x80])[0][0], 0)).toBe(true);
});

test("64 bits beyond exact numbers are null", () => {
  expect(binary("UV", Array(8).fill(0xff))).toEqual([[null], "number-range"]);
  expect(binary("SV", [0, 0, 0, 0, 0, 0, 0, 0x80])).toEqual([[null], "number-range"]);
});

const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));

test("digits in a binary VR are read as text", () => {
  expect(binary("US", ascii("512 "))).toEqual([[512], "number-as-text"]);
  expect(binary("FD", ascii("1.5\\-2e3 "))).toEqual([[1.5, -2000], "number-as-text"]);
});

test("two bytes are never text: a pixel value may look like digits", () => {
  expect(binary("US", ascii("12"))).toEqual([[0x3231]]);
});

test("letters of numbers that make no number are not read as text", () => {
  expect(binary("US", ascii("  --"))).toEqual([[0x2020, 0x2d2d]]);
});

test.each([
  [0, "0"],
  [-0, "0"],
  [1.5, "1.5"],
  [150, "150"],
  [0.000001, "0.000001"],
  [0.0000015, "0.0000015"],
  [9.5e-7, "9.5e-7"],
  [123456789012345, "123456789012345"],
  [999999999999999, "999999999999999"],
  [1e15, "1e+15"],
  [-1.5e16, "-1.5e+16"],
  [1e21, "1e+21"],
  [0.1 + 0.2, "0.30000000000000004"],
])("%d is written %s", (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test.each([
  [2.345, 0.01, "2.35"],
  [-2.345, 0.01, "-2.35"],
  [2.344, 0.01, "2.34"],
  [1.005, 0.01, "1.01"],
  [0.3, 0.1, "0.3"],
  [0.5, 1, "1"],
  [-0.5, 1, "-1"],
  [-0.4, 1, "0"],
  [90, 0.1, "90"],
  [7, 5, "5"],
  [7.5, 5, "10"],
  [0.63, 0.25, "0.75"],
  [0.0019, 0.0005, "0.002"],
  [1.26e-7, 1e-8, "1.3e-7"],
  [1e300, 0.01, "1e+300"],
])("%d at a quantum of %d is %s", (value, quantum, text) => {
  expect(roundToQuantum(value, quantum)).toBe(text);
});

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

test("a number that is written is read back", () => {
  fc.assert(
    fc.property(finite, (value) => {
      expect(decimal(formatNumber(value))).toEqual([value === 0 ? 0 : value]);
    }),
  );
});

test("a written number has no exponent from 1e-6 to 1e15", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 999999999999999, noNaN: true }), (value) => {
      expect(formatNumber(value)).toMatch(/^\d+(\.\d*[1-9])?$/);
    }),
  );
});

test("a rounded number stays as it is", () => {
  const quanta = fc.constantFrom(0.0001, 0.001, 0.01, 0.05, 0.1, 0.5, 1, 10);
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), quanta, (value, quantum) => {
      const text = roundToQuantum(value, quantum);
      expect(roundToQuantum(Number(text), quantum)).toBe(text);
    }),
  );
});

test("a single precision number keeps its bits", () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setFloat32(0, value);
      const [[number], ...warnings] = binary("FL", [...bytes], true);
      if (warnings.length === 0)
        expect(Math.fround(number as number)).toBe(value === 0 ? 0 : value);
    }),
  );
});

test("a decimal of up to six digits survives as an FL", () => {
  fc.assert(
    fc.property(fc.integer({ min: -999999, max: 999999 }), fc.nat(20), (digits, decimals) => {
      const value = Number(`${digits}e-${decimals}`);
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setFloat32(0, value);
      expect(Math.abs(value) > 0 ? binary("FL", [...bytes], true) : [[value]]).toEqual([[value]]);
    }),
  );
});

test("no text and no bytes make it throw", () => {
  const letters = fc.constantFrom(..."0123456789.,+-eEdD \\#");
  const vrs = fc.constantFrom("US", "SS", "UL", "SL", "UV", "SV", "FL", "FD", "AT", "LO", "");
  fc.assert(
    fc.property(fc.string({ unit: letters }), fc.nat(4), (text, expected) => {
      integer(text);
      for (const value of decimals(text, expected)[0]) {
        expect(value === null || Number.isFinite(value)).toBe(true);
      }
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array(), vrs, fc.boolean(), (bytes, vr, bigEndian) => {
      for (const value of binary(vr, [...bytes], bigEndian)[0]) {
        expect(value === null || (Number.isFinite(value) && !Object.is(value, -0))).toBe(true);
      }
    }),
  );
});
