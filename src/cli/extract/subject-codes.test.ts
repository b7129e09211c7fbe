import fc from "fast-check";
import { expect, test } from "vitest";
import { parseSubjectCodes } from "./subject-codes.ts";

const parse = (text: string): [string, string][] => [
  ...parseSubjectCodes(new TextEncoder().encode(text)),
];
const codes = [
  ["0042", "sub-01"],
  ["77", "sub-02"],
];

test.each([
  ["commas", "PatientID,code\n0042,sub-01\n77,sub-02\n"],
  ["semicolons", "PatientID;code\n0042;sub-01\n77;sub-02\n"],
  ["tabs", "PatientID\tcode\n0042\tsub-01\n77\tsub-02\n"],
  ["a byte order mark", "\uFEFFPatientID,code\n0042,sub-01\n77,sub-02\n"],
  ["Windows line ends", "PatientID,code\r\n0042,sub-01\r\n77,sub-02\r\n"],
  ["no end of the last line", "PatientID,code\n0042,sub-01\n77,sub-02"],
  ["empty lines", "\nPatientID,code\n\n0042,sub-01\n,\n77,sub-02\n\n"],
  ["quotes", '"PatientID","code"\n"0042","sub-01"\n77,"sub-02"\n'],
  ["blanks around values", "PatientID , code\n 0042 , sub-01\n77,sub-02\n"],
  ["the code first", "subject_code,patient_id\nsub-01,0042\nsub-02,77\n"],
  ["further columns", "nr,Patient ID,sex,Code\n1,0042,F,sub-01\n2,77,M,sub-02\n"],
  ["headers of its own", "id,pseudonym\n0042,sub-01\n77,sub-02\n"],
])("takes %s", (_, text) => {
  expect(parse(text)).toEqual(codes);
});

test("a quoted value may hold separators, quotes and line ends", () => {
  expect(parse('PatientID,code\n"a,""b""\nc",x\n')).toEqual([['a,"b"\nc', "x"]]);
});

test.each([
  ["", "Line 1", "nothing in it"],
  ["PatientID,code\n", "Line 1", "no line follows"],
  ["PatientID,sex,site\n1,F,x\n", "Line 1", "headers PatientID and code"],
  ["PatientID,code\nSECRET,\n", "Line 2", "the code is empty"],
  ["PatientID,code\n,x\n", "Line 2", "the PatientID is empty"],
  ["PatientID,code\nSECRET,x\nSECRET,y\n", "Line 3", "PatientID stands in line 2"],
  ["PatientID,code\nSECRET,x\nB,x\n", "Line 3", "code stands in line 2"],
  ["PatientID,code\n\nSECRET\n", "Line 3", "there are 1 columns, and 2"],
  ['PatientID,code\nSECRET,"x\n', "Line 2", "quotation mark is not closed"],
  ['PatientID,code\n"SECRET"x,y\n', "Line 2", "follows a closing quotation mark"],
  ['PatientID,code\n"a\nb",x\nSECRET,\n', "Line 4", "the code is empty"],
  ["PatientID,code\nSECRET,x\u0007\n", "Line 2", "control character"],
])("refuses %j without quoting it", (text, line, reason) => {
  let message = "";
  try {
    parse(text);
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message).toContain(line);
  expect(message).toContain(reason);
  expect(message).not.toContain("SECRET");
});

test("refuses what is not UTF-8", () => {
  const bytes = Buffer.from("PatientID,code\nM\xfcller,x\n", "latin1");
  expect(() => parseSubjectCodes(bytes)).toThrow(/not UTF-8/);
});

test("gives back any list that was written as CSV", () => {
  const word = fc.string({ minLength: 1, unit: "grapheme" }).filter((text) => {
    return text.trim() === text && text !== "" && !/\p{Cc}/u.test(text);
  });
  const lists = fc.uniqueArray(fc.tuple(word, word), {
    minLength: 1,
    selector: ([id]) => id,
  });
  const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(lists, fc.constantFrom(",", ";", "\t"), (list, separator) => {
      const numbered = list.map(([id, code], index) => [id, `${code}-${index}`] as const);
      const lines = numbered.map((pair) => pair.map(quote).join(separator));
      const text = [`PatientID${separator}code`, ...lines].join("\n");
      expect(parse(text)).toEqual(numbered);
    }),
  );
});
