import { expect, test } from "vitest";
import { parseCharset } from "#dicom/charset.ts";
import { decodeText } from "#dicom/text.ts";
import { canaries, makePerson } from "./canaries.ts";
import { findValueRange } from "./find-value-range.ts";
import { oddFiles } from "./odd-files.ts";

const platform = {
  latin1: (bytes: Uint8Array, start: number, end: number) =>
    Buffer.from(bytes.subarray(start, end)).toString("latin1"),
};

function decodeName(bytes: Uint8Array, characterSet: string | null): string | null {
  const warnings: string[] = [];
  const warn = (code: string) => warnings.push(code);
  const charset = parseCharset(characterSet, warn);
  const name = decodeText(bytes, 0, bytes.length, "PN", charset, platform, warn);
  expect(warnings).toEqual([]);
  return name;
}

test("names given as bytes decode to the names stated", () => {
  for (let index = 0; index < 6; index++) {
    const person = makePerson(index);
    if (person.nameBytes === null) continue;
    expect(decodeName(person.nameBytes, person.characterSet)).toBe(person.name);
  }
});

test("the odd Japanese name has a backslash's byte inside a character", () => {
  const file = oddFiles.find((one) => one.name === "row-34/japanese.dcm")?.bytes() as Uint8Array;
  const { offset, length } = findValueRange(file, 0x0010_0010);
  const value = file.subarray(offset, offset + length);
  expect(value.includes(0x5c)).toBe(true);
  expect(decodeName(value, "ISO 2022 IR 13\\ISO 2022 IR 87")).toBe(
    "ｶﾅﾘｱ^ﾎﾝ=金糸雀^本=かなりあ^ほん",
  );
});

test("every identifier of every person holds a canary", () => {
  for (let index = 0; index < 12; index++) {
    const person = makePerson(index);
    for (const value of [
      person.patientId,
      person.issuer,
      person.otherPatientId,
      person.name,
      person.birthDate,
      person.address,
      person.telephone,
      person.comments,
    ]) {
      expect(
        canaries.some((canary) => value.includes(canary)),
        value,
      ).toBe(true);
    }
  }
});
