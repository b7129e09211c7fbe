import { expect, test } from "vitest";
import { parseAgeYears } from "./age.ts";

function parse(text: string): [number | null, ...string[]] {
  const warnings: string[] = [];
  return [parseAgeYears(text, (code) => warnings.push(code)), ...warnings];
}

test.each([
  ["045Y", 45],
  ["018M", 1.5],
  ["010D", 10 / 365.25],
  ["003W", 21 / 365.25],
  ["000Y", 0],
  [" 45y ", 45],
  ["045Y\\046Y", 45],
])("%j is %d years", (text, years) => {
  expect(parse(text)).toEqual([years]);
});

test.each(["045", "Y", "45X", "4.5Y", "-45Y", "0045Y", "45 Y", "045Ý"])("%j is no age", (text) => {
  expect(parse(text)).toEqual([null, "number-invalid"]);
});

test("an empty text is no age and no problem", () => {
  expect(parse("")).toEqual([null]);
});
