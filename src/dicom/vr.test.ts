import { expect, test } from "vitest";
import {
  isTwoCapitals,
  isVr,
  LONG_LENGTH,
  SHORT_LENGTH,
  TEXT_VALUE,
  vrCode,
  vrName,
  vrTraits,
} from "./vr.ts";

test("each of the 34 VRs has one form of length", () => {
  const codes = Array.from(vrTraits.keys()).filter((code) => isVr(code));
  expect(codes).toHaveLength(34);
  for (const code of codes) {
    const forms = (vrTraits[code] ?? 0) & (SHORT_LENGTH | LONG_LENGTH);
    expect([SHORT_LENGTH, LONG_LENGTH]).toContain(forms);
    expect(isTwoCapitals(code)).toBe(true);
  }
});

test("the 64-bit VRs have the long form", () => {
  for (const vr of ["OV", "SV", "UV"]) expect(vrTraits[vrCode(vr)]).toBe(LONG_LENGTH);
});

test("text is told from numbers", () => {
  expect((vrTraits[vrCode("DS")] ?? 0) & TEXT_VALUE).toBe(TEXT_VALUE);
  expect((vrTraits[vrCode("FD")] ?? 0) & TEXT_VALUE).toBe(0);
});

test("a code has a name again", () => {
  expect(vrName(vrCode("SQ"))).toBe("SQ");
  expect(vrName(0)).toBe("");
  expect(isVr(vrCode("ZZ"))).toBe(false);
});
