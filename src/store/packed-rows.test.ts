import fc from "fast-check";
import { expect, test } from "vitest";
import { type Cell, eachRow, packRows, RowPacker, unpackRows } from "./packed-rows.ts";

const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.constant(null),
  fc.double(),
  fc.integer(),
  fc.string({ unit: "binary" }),
);
const table = fc
  .integer({ min: 1, max: 6 })
  .chain((cellsPerRow) =>
    fc
      .array(fc.array(cell, { minLength: cellsPerRow, maxLength: cellsPerRow }))
      .map((rows) => ({ cellsPerRow, rows })),
  );

test("rows come out as they went in", () => {
  fc.assert(
    fc.property(table, ({ cellsPerRow, rows }) => {
      const packed = packRows(rows, cellsPerRow);
      expect(packed.rows).toBe(rows.length);
      expect(unpackRows(packed)).toEqual(rows);
    }),
  );
});

test("rows survive the way to another thread", () => {
  fc.assert(
    fc.property(table, ({ cellsPerRow, rows }) => {
      expect(unpackRows(structuredClone(packRows(rows, cellsPerRow)))).toEqual(rows);
    }),
  );
});

test("empty text, null and zero are told apart", () => {
  const rows = [["", null, 0, -0]];
  expect(unpackRows(packRows(rows, 4))).toEqual(rows);
});

test("a visitor sees the rows in order with their numbers", () => {
  const seen: [Cell, number][] = [];
  eachRow(packRows([["a"], ["b"]], 1), (row, index) => seen.push([row[0] as Cell, index]));
  expect(seen).toEqual([
    ["a", 0],
    ["b", 1],
  ]);
});

test("a packer begins anew after it gave its packet", () => {
  const packer = new RowPacker(2);
  packer.addRow(["first", 1]);
  const first = packer.finish();
  expect(packer.rows).toBe(0);
  packer.addRow(["second", 2]);
  expect(unpackRows(packer.finish())).toEqual([["second", 2]]);
  expect(unpackRows(first)).toEqual([["first", 1]]);
});

test("a row of the wrong length is a bug", () => {
  expect(() => new RowPacker(2).addRow([1])).toThrow("a row of 1 cells where 2 belong");
});
