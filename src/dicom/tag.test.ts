import { expect, test } from "vitest";
import { formatTag, parseTag } from "./tag.ts";

test("a tag is written in capitals with a comma", () => {
  expect(formatTag(0x0018_0081)).toBe("0018,0081");
  expect(formatTag(0xfffe_e00d)).toBe("FFFE,E00D");
});

test.each([
  ["0018,0081", 0x0018_0081],
  ["(fffe,e0dd)", 0xfffe_e0dd],
  [" 00280010 ", 0x0028_0010],
  ["0018,008", null],
  ["EchoTime", null],
  ["", null],
])("%j is read as %s", (text, tag) => {
  expect(parseTag(text)).toBe(tag);
});
