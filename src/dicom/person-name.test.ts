import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalPersonName } from "./person-name.ts";

test.each([
  ["Doe^John^^^", "Doe^John"],
  ["=山田^太郎", "=山田^太郎"],
  [" Doe ^ John ^^ Dr ", "Doe^John^^Dr"],
  ["Yamada^Tarou=山田^太郎=やまだ^たろう", "Yamada^Tarou=山田^太郎=やまだ^たろう"],
  ["Doe^John==", "Doe^John"],
  ["Doe^John=^^=  ", "Doe^John"],
  ["Doe^John==x", "Doe^John==x"],
  ["doe, JOHN", "doe, JOHN"],
  ["^John", "^John"],
  ["a^b^c^d^e^f=2=3=4", "a^b^c^d^e^f=2=3=4"],
])("%j has the canonical form %j", (text, name) => {
  expect(canonicalPersonName(text)).toBe(name);
});

test.each(["", "  ", "^^^^", "==", " ^ = ^ "])("nothing is left of %j", (text) => {
  expect(canonicalPersonName(text)).toBeNull();
});

test("a canonical name stays as it is", () => {
  const letters = fc.constantFrom("a", "B", " ", "^", "=", "山");
  fc.assert(
    fc.property(fc.string({ unit: letters }), (text) => {
      const name = canonicalPersonName(text);
      if (name !== null) expect(canonicalPersonName(name)).toBe(name);
    }),
  );
});
