import { expect, test } from "vitest";
import { DamagedValueError, parseStored, readStored } from "./stored-value.ts";

test("what was stored comes back", () => {
  expect(parseStored('{"a":[1]}')).toEqual({ a: [1] });
});

test.each(['{"a":[1}', "", "null", "7", null, undefined, 5, new Uint8Array(3)])(
  "what is no stored value is damage: %o",
  (text) => {
    expect(() => parseStored(text)).toThrow(DamagedValueError);
  },
);

test("the damage names no content of the value", () => {
  try {
    readStored(() => JSON.parse('{"name":"KANARI'));
  } catch (error) {
    expect((error as Error).message).not.toContain("KANARI");
    expect(error).toMatchObject({ code: "database-damaged", exitStatus: 1 });
  }
});
