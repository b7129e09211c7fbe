import fc from "fast-check";
import { expect, test } from "vitest";
import { seriesColumns } from "#store/columns.ts";
import type { Cell } from "#store/packed-rows.ts";
import type { SettleGroup } from "#store/settlement.ts";
import { settleGroup } from "./settle-group.ts";

/** A tuple with these columns and null in all others. */
function tuple(weight: number, values: Readonly<Record<string, Cell>>, seriesValuesId = 1) {
  for (const name of Object.keys(values)) {
    expect(seriesColumns.some((column) => column.name === name)).toBe(true);
  }
  return {
    seriesValuesId,
    weight,
    values: seriesColumns.map((column) => values[column.name] ?? null),
  };
}

const group = (changes: Partial<SettleGroup>): SettleGroup => ({
  id: 5,
  tuples: [],
  series: [],
  ...changes,
});

test("a study shows the most frequent value and lists what varies", () => {
  const result = settleGroup(
    group({
      tuples: [
        tuple(3, { study_description: "Brain", study_date: "2020-01-01" }),
        tuple(1, { study_description: "brain", study_date: "2020-01-01" }),
      ],
    }),
    "study",
  );
  expect(result.id).toBe(5);
  expect(result.values).toMatchObject({ study_description: "Brain", study_date: "2020-01-01" });
  expect(result.varying).toBe('{"study_description":2}');
});

test("equipment of a study is the most frequent of its series, modalities are all of them", () => {
  const result = settleGroup(
    group({
      series: [
        { values: { modality: "PT", manufacturer: "A" }, weight: 10 },
        { values: { modality: "CT", manufacturer: "B" }, weight: 40 },
        { values: { modality: "CT", manufacturer: "A" }, weight: 40 },
      ],
    }),
    "study",
  );
  expect(result.values).toMatchObject({ modality: "CT\\PT", manufacturer: "A" });
  expect(result.varying).toBe('{"manufacturer":2}');
});

test("a subject has the sex that most of its images have", () => {
  const result = settleGroup(
    group({ tuples: [tuple(2, { patient_sex: "F" }), tuple(3, { patient_sex: "M" })] }),
    "subject",
  );
  expect(result.values).toMatchObject({ patient_sex: "M" });
  expect(result.varying).toBe('{"patient_sex":2}');
});

test("a group of which nothing is present has no values and nothing that varies", () => {
  const { values, varying } = settleGroup(group({}), "study");
  expect(Object.values(values).filter((value) => value !== null)).toEqual([]);
  expect(varying).toBeNull();
});

test("the order of tuples and series makes no difference", () => {
  const texts = fc.constantFrom("A", "B", "a", null);
  const tuples = fc.array(
    fc
      .tuple(fc.integer({ min: 1, max: 3 }), texts, texts)
      .map(([weight, study_description, accession_number]) =>
        tuple(weight, { study_description, accession_number }),
      ),
  );
  const series = fc.array(
    fc.record({
      values: fc.record({ modality: texts, manufacturer: texts }),
      weight: fc.integer({ min: 1, max: 3 }),
    }),
  );
  fc.assert(
    fc.property(tuples, series, (someTuples, someSeries) => {
      const forward = settleGroup(group({ tuples: someTuples, series: someSeries }), "study");
      const backward = settleGroup(
        group({ tuples: someTuples.toReversed(), series: someSeries.toReversed() }),
        "study",
      );
      expect(backward).toEqual(forward);
    }),
  );
});
