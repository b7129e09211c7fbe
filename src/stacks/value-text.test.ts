import { expect, test } from "vitest";
import { limitKey, valueText } from "./value-text.ts";

test("upper-cases text of the alphabet of keys", () => {
  expect(valueText(" b30f ")).toBe("B30F");
  expect(valueText("H31s/3")).toBe("H31S/3");
});

test("marks replaced characters with a digest of the original", () => {
  expect(valueText("a b")).toMatch(/^A_B~[0-9A-F]{6}$/);
  expect(valueText("a b")).not.toBe(valueText("a:b"));
  expect(valueText("Ångström")).toMatch(/^_NGSTR_M~[0-9A-F]{6}$/);
});

test("changes the case of a–z only", () => {
  expect(valueText("ß")).toMatch(/^_~[0-9A-F]{6}$/);
  expect(valueText("ss")).toBe("SS");
});

test("cuts a long key and keeps keys apart", () => {
  const long = `MR|TYPE=${"A".repeat(300)}`;
  expect(limitKey(long)).toHaveLength(253);
  expect(limitKey(long)).not.toBe(limitKey(`${long}A`));
  expect(limitKey("A".repeat(255))).toBe("A".repeat(255));
});
