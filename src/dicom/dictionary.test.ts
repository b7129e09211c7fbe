import { expect, test } from "vitest";
import { findAttribute, findAttributeByKeyword, findVr } from "./dictionary.ts";
import { vrName } from "./vr.ts";

test("finds an attribute by tag and by keyword", () => {
  const echoTime = {
    tag: 0x0018_0081,
    vr: "DS",
    vm: "1",
    keyword: "EchoTime",
    name: "Echo Time",
    isRetired: false,
  };
  expect(findAttribute(0x0018_0081)).toEqual(echoTime);
  expect(findAttributeByKeyword("EchoTime")).toEqual(echoTime);
  expect(findAttribute(0x0020_000d)?.name).toBe("Study Instance UID");
  expect(findAttribute(0x0020_0030)).toMatchObject({ keyword: "ImagePosition", isRetired: true });
});

test("finds attributes of repeating groups under the tag asked for", () => {
  expect(findAttribute(0x6004_3000)).toMatchObject({
    tag: 0x6004_3000,
    keyword: "OverlayData",
    vr: "OW",
  });
  expect(findAttribute(0x5002_0005)).toMatchObject({ keyword: "CurveDimensions" });
  expect(findAttribute(0x0020_3142)).toMatchObject({ keyword: "SourceImageIDs", tag: 0x0020_3142 });
  expect(findAttribute(0x6001_3000)).toBeNull();
});

test("does not know private tags", () => {
  expect(findAttribute(0x0019_100c)).toBeNull();
  expect(findAttributeByKeyword("NoSuchKeyword")).toBeNull();
});

test("gives a VR where files state none", () => {
  expect(
    [0x0028_0106, 0x7fe0_0010, 0x0004_1200, 0x0019_0010, 0x0019_0000, 0x5200_9230].map((tag) =>
      vrName(findVr(tag)),
    ),
  ).toEqual(["US", "OW", "UL", "LO", "UL", "SQ"]);
  expect(findVr(0x0019_100c)).toBe(0);
});
