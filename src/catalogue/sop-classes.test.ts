import { expect, test } from "vitest";
import { findSopClass, sopClasses } from "./sop-classes.ts";

test("no class is listed twice", () => {
  expect(new Set(sopClasses.map(({ uid }) => uid)).size).toBe(sopClasses.length);
});

test("kinds and forms of the classes that stacks are made of", () => {
  const describe = (suffix: string) => {
    const found = findSopClass(`1.2.840.10008.5.1.4.1.1.${suffix}`);
    return [found?.modality, found?.kind, found?.form];
  };
  expect(describe("4")).toEqual(["MR", "image", "classic"]);
  expect(describe("4.1")).toEqual(["MR", "image", "enhanced"]);
  expect(describe("4.2")).toEqual(["MR", "spectroscopy", "enhanced"]);
  expect(describe("2.2")).toEqual(["CT", "image", "legacy-converted"]);
  expect(describe("128")).toEqual(["PT", "image", "classic"]);
  expect(describe("66")).toEqual([null, "non-image", "classic"]);
});

test("an unknown class is not found", () => {
  expect(findSopClass("1.2.3")).toBeUndefined();
});
