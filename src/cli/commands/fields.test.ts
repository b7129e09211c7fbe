import { expect, test } from "vitest";
import { columns } from "#catalogue/catalogue.ts";
import { runCommand } from "#cli/testing/run-command.ts";

test("the catalogue is listed for people, a column a line", async () => {
  const { stdout } = await runCommand({}, "fields", "--table", "mri_series_details");
  const lines = stdout.trimEnd().split("\n");
  expect(lines[0]).toMatch(/^name +table +type +unit +tag +keyword +read from +privacy +meaning$/);
  const line = lines.find((each) => each.startsWith("echo_time "));
  expect(line).toMatch(
    / mri_series_details +real +ms +0018,0081 +EchoTime +FG\(0018,9114\/0018,9082\)/,
  );
  expect(lines.some((each) => each.startsWith("patient_id "))).toBe(false);
});

test("--json holds every column", async () => {
  const { stdout } = await runCommand({}, "fields", "--json");
  const fields = JSON.parse(stdout);
  expect(fields.map((field: { name: string }) => field.name)).toEqual(
    columns.map((column) => column.name),
  );
  expect(fields[0]).toMatchObject({ readFrom: ["made by settle"], privacy: "none" });
});

test("a table also lists the columns that it shows copies of", async () => {
  const { stdout } = await runCommand({}, "fields", "--table", "study", "--json");
  const names = JSON.parse(stdout).map((field: { name: string }) => field.name);
  expect(names).toContain("study_date");
  expect(names).toContain("manufacturer");
});
