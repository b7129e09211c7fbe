import { expect, test } from "vitest";
import { findNuclide } from "./nuclides.ts";

test.each([
  ["^18^Fluorine", "F-18"],
  ["Fluorine-18", "F-18"],
  ["C-111A1", "F-18"],
  ["F18", "F-18"],
  ["18F", "F-18"],
  ["F-18", "F-18"],
  ["F^18^", "F-18"],
  ["^68^Gallium", "Ga-68"],
  ["GA 68", "Ga-68"],
  ["Zr89", "Zr-89"],
  ["^99m^Technetium", "Tc-99m"],
  ["Tc-99m", "Tc-99m"],
  ["Tc99m", "Tc-99m"],
  ["99mTc", "Tc-99m"],
  ["Technetium-99m", "Tc-99m"],
  ["F^18^[^18^Fluorine]", "F-18"],
])("%s is %s", (written, expected) => {
  expect(findNuclide(written)).toBe(expected);
});

test.each(["", "FDG", "F", "18", "C-B1031", "C-999A1", "F-18-19", "F-18 C-18", "Unobtainium-300"])(
  "%s is no nuclide",
  (written) => {
    expect(findNuclide(written)).toBeUndefined();
  },
);
