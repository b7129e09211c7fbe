import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columns } from "./catalogue.ts";
import { findWarning } from "./codes.ts";
import { conversionNeeds, conversions, type Value } from "./conversions.ts";
import { inputColumns } from "./input-columns.ts";

const value: fc.Arbitrary<Value> = fc.oneof(
  fc.constant(null),
  fc.double(),
  fc.integer(),
  fc.string(),
  fc
    .array(fc.oneof(fc.double().map(String), fc.string()), { maxLength: 7 })
    .map((a) => a.join("\\")),
  fc.constantFrom("YES", "NO", "MIXED", "GE MEDICAL SYSTEMS", "CANON", "1\\0\\0\\0\\1\\0", "PT"),
);

const known = new Set([...columns, ...inputColumns].map((column) => column.name));

describe.each(Object.entries(conversions))("%s", (name, convert) => {
  test("never throws, asks for its needs only, and gives codes that are explained", () => {
    const needs = new Set(conversionNeeds[name]);
    for (const need of needs) expect(known).toContain(need);
    fc.assert(
      fc.property(value, fc.array(value, { minLength: 1 }), (given, others) => {
        let asked = 0;
        const result = convert(given, {
          get(column) {
            expect([column, needs.has(column)]).toEqual([column, true]);
            return others[asked++ % others.length] ?? null;
          },
        });
        for (const code of result.warnings ?? []) expect(findWarning(code)?.code).toBe(code);
        if (result.isAbsent) expect(result.value).toBeNull();
      }),
      { numRuns: 200 },
    );
  });
});
