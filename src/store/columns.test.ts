import { expect, test } from "vitest";
import { columnByName } from "#catalogue/catalogue.ts";
import type { Column } from "#catalogue/column.ts";
import { sqlType } from "./columns.ts";

test("numbers are numbers, identifiers are references, everything else is text", () => {
  const types = ["echo_time", "rows", "image_type", "pixel_spacing", "study_date", "patient_name"]
    .map(columnByName)
    .filter((column): column is Column => column !== undefined)
    .map((column) => [column.name, sqlType(column)]);
  expect(types).toEqual([
    ["echo_time", "REAL"],
    ["rows", "INTEGER"],
    ["image_type", "TEXT"],
    ["pixel_spacing", "TEXT"],
    ["study_date", "TEXT"],
    ["patient_name", "INTEGER"],
  ]);
});
