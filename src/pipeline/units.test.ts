import fc from "fast-check";
import { expect, test } from "vitest";
import type { Unit } from "./parse/read-unit.ts";
import { UnitGatherer } from "./units.ts";

const file = (name: string, size = 1000) => ({ name, isKnown: false, size, mtime: 1, ctime: 1 });

test("nothing gathered is no unit", () => {
  expect(new UnitGatherer(10).take()).toBeNull();
});

test("a unit is full at the batch size, and at 256 files whatever the batch", () => {
  for (const [batchSize, limit] of [
    [10, 10],
    [100_000, 256],
  ] as const) {
    const gatherer = new UnitGatherer(batchSize);
    for (let index = 1; index < limit; index++) {
      expect(gatherer.add("a", null, file(`${index}`))).toBeNull();
    }
    expect(gatherer.add("a", null, file("last"))?.files).toHaveLength(limit);
    expect(gatherer.take()).toBeNull();
  }
});

test("large files fill a unit by their bytes, a huge one no more than others since its header alone is read", () => {
  const gatherer = new UnitGatherer(1000);
  let unit: Unit | null = null;
  let files = 0;
  while (unit === null) {
    unit = gatherer.add("a", null, file(`${files++}`, 1_000_000_000));
  }
  expect(files).toBe(16);
});

test("every file comes out once, in order, in its own folder", () => {
  const folders = fc.array(fc.tuple(fc.constantFrom("", "a", "a/b"), fc.nat(3)), { maxLength: 60 });
  fc.assert(
    fc.property(folders, fc.integer({ min: 1, max: 9 }), (planned, batchSize) => {
      const gatherer = new UnitGatherer(batchSize);
      const units: Unit[] = [];
      const expected: [string, string][] = [];
      for (const [folder, count] of planned) {
        for (let index = 0; index < count; index++) {
          const name = `${expected.length}`;
          expected.push([folder, name]);
          const full = gatherer.add(folder, folder === "" ? null : "a", file(name));
          if (full !== null) units.push(full);
        }
      }
      const rest = gatherer.take();
      if (rest !== null) units.push(rest);
      const seen = units.flatMap((unit) =>
        unit.files.map((each) => [unit.folders[each.folder]?.path, each.name]),
      );
      expect(seen).toEqual(expected);
      expect(units.every((unit) => unit.files.length <= batchSize)).toBe(true);
    }),
  );
});
