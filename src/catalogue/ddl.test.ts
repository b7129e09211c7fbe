import { expect, test } from "vitest";
import { columnByName } from "./catalogue.ts";
import type { Column } from "./column.ts";
import { sqlColumns } from "./ddl.ts";

test("numbers are numbers, everything else is text", () => {
  const columns = ["echo_time", "rows", "image_type", "pixel_spacing", "study_date"]
    .map(columnByName)
    .filter((column): column is Column => column !== undefined);
  expect(sqlColumns(columns)).toEqual([
    { name: "echo_time", sql: "REAL" },
    { name: "rows", sql: "INTEGER" },
    { name: "image_type", sql: "TEXT" },
    { name: "pixel_spacing", sql: "TEXT" },
    { name: "study_date", sql: "TEXT" },
  ]);
});
