import { expect, test } from "vitest";
import { columns } from "./catalogue.ts";
import { findElementPrivacy, findPrivateVr, isPlaceLeftOut } from "./element-privacy.ts";
import { isLeftOut } from "./left-out.ts";
import { csa, privateElement, top } from "./location.ts";

test.each([
  [0x0010_0010, "PN", "identifier"],
  [0x0010_1040, "LO", "identifier"],
  [0x0010_0032, "TM", "identifier"],
  [0x0010_0040, "CS", "quasi"],
  [0x0008_0090, "PN", "identifier"],
  [0x0008_0050, "SH", "identifier"],
  [0x0008_1010, "SH", "quasi"],
  [0x0008_103e, "LO", "text"],
  [0x0038_0010, "LO", "text"],
  [0x0040_a160, "UT", "text"],
  [0x0040_a121, "DA", "text"],
  [0x0018_0081, "DS", "none"],
  [0x0018_1030, "LO", "text"],
  [0x0008_0104, "LO", "none"],
  [0x0002_0013, "SH", "none"],
  [0x0002_0102, "OB", "text"],
  [0x0028_0004, "CS", "none"],
  [0x7fe0_0010, "OW", "text"],
  [0x0008_1140, "SQ", "none"],
] as const)("%i of VR %s is %s", (tag, vr, privacy) => {
  expect(findElementPrivacy(tag, vr)).toBe(privacy);
});

test("a private element is shown only where the catalogue knows it by its creator", () => {
  const siemens = "SIEMENS MR HEADER";
  expect(findElementPrivacy(0x0019_0010, "LO")).toBe("none");
  expect(findElementPrivacy(0x0019_100c, "UN", siemens)).toBe("none");
  expect(findElementPrivacy(0x0019_420c, "UN", siemens)).toBe("none");
  expect(findElementPrivacy(0x0019_100c, "UN", null)).toBe("text");
  expect(findElementPrivacy(0x0019_10ff, "DA", siemens)).toBe("text");
  expect(findElementPrivacy(0x0019_10ff, "DS", siemens)).toBe("quasi");
  expect(findElementPrivacy(0x0029_1010, "OB", "SIEMENS CSA HEADER")).toBe("text");
  expect(findPrivateVr(0x0019_100c, siemens)).toBe("IS");
  expect(findPrivateVr(0x0019_10ff, siemens)).toBeNull();
});

test("what names or describes a person is left out, what names a procedure is not", () => {
  const names = columns.filter(isLeftOut).map((column) => column.name);
  expect(names).toContain("patient_name");
  expect(names).toContain("accession_number");
  expect(names).toContain("patient_comments");
  expect(names).not.toContain("series_description");
  expect(names).not.toContain("patient_sex");
});

test("what is written in a place is left out if its element is, whatever the column takes from it", () => {
  expect(isPlaceLeftOut(top(0x0020_4000, "LT"))).toBe(true);
  expect(isPlaceLeftOut(top(0x0018_0081, "DS"))).toBe(false);
  expect(isPlaceLeftOut(privateElement("NOBODY KNOWS", 0x0009, 0x30, "LO"))).toBe(true);
  expect(isPlaceLeftOut(privateElement("SIEMENS MR HEADER", 0x0051, 0x0f, "LO"))).toBe(false);
  expect(isPlaceLeftOut(csa("image", "EchoTime"))).toBe(false);
});
