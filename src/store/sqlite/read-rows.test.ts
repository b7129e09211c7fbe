import { afterAll, beforeAll, expect, test } from "vitest";
import { type ExtractedCohort, extractCohort } from "#cli/testing/extracted-cohort.ts";
import { planDemoArchive } from "#demo/archive.ts";
import { type RowSource, rowSources } from "#store/row-reading.ts";
import type { Store } from "#store/store.ts";
import { openSqliteStore } from "./sqlite-store.ts";

let cohort: ExtractedCohort;
let store: Store;

beforeAll(async () => {
  cohort = await extractCohort(planDemoArchive({ seed: 1, subjects: 1, scale: 0.1 }));
  store = openSqliteStore(cohort.database, { readerVersion: 1 });
});

afterAll(async () => {
  await store.close();
  cohort.remove();
});

async function readAll(source: RowSource, limit: number, cohortId = 1) {
  const columns = (await store.describeRows(source)).map((column) => column.name);
  const rows: unknown[] = [];
  let after: readonly number[] | null = null;
  do {
    const page = await store.readRows({ source, cohortId, columns, after, limit });
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    expect(page.keys).toHaveLength(page.rows.length);
    rows.push(...page.rows);
    after = page.next;
  } while (after !== null);
  return rows;
}

test.each(rowSources)(
  "%s: small pages hold the rows of a large one, and no other cohort's",
  async (source) => {
    const whole = await readAll(source, 100_000);
    expect(await readAll(source, 3)).toEqual(whole);
    expect(await readAll(source, 7, 2)).toEqual([]);
    if (source !== "stack_history" && !source.startsWith("ct") && !source.startsWith("pet")) {
      expect(whole.length).toBeGreaterThan(0);
    }
  },
);

test("identifiers are told apart and read as text", async () => {
  const columns = await store.describeRows("v_stacks");
  expect(columns.find((column) => column.name === "patient_id")).toEqual({
    name: "patient_id",
    type: "text",
    isIdentifier: true,
  });
  const { rows } = await store.readRows({
    source: "v_stacks",
    cohortId: 1,
    columns: ["stack_key", "patient_id"],
    after: null,
    limit: 1,
  });
  expect(rows).toEqual([[expect.stringContaining("MR|"), expect.stringMatching(/^KANARI-/)]]);
});

test("a column that is not there is refused", async () => {
  const query = {
    source: "study",
    cohortId: 1,
    columns: ["dirty"],
    after: null,
    limit: 1,
  } as const;
  await expect(store.readRows(query)).rejects.toThrow("study has no column dirty");
});
