/** Studies and subjects whose series changed: their tuples out, their settled values in. */
import { seriesColumns, shownColumns } from "#store/columns.ts";
import type { JobKey } from "#store/job.ts";
import type { Cell } from "#store/packed-rows.ts";
import type { SettleGroup, SettleResult, WeightedTuple } from "#store/settlement.ts";
import type { Session } from "./session.ts";

const tupleNames = seriesColumns.map((column) => `series_values."${column.name}"`).join(", ");

/**
 * Begun with the few that are dirty, in the order of their partial index: CROSS JOIN and INDEXED BY keep
 * SQLite from beginning with all subjects of the cohort.
 */
const dirtyGroups = {
  study: `SELECT study_id AS id FROM study CROSS JOIN subject ON subject.subject_id = study.subject_id
    WHERE study.dirty = 1 AND cohort_id = ? ORDER BY study_id LIMIT ?`,
  subject: `SELECT subject_id AS id FROM subject INDEXED BY subject_dirty
    WHERE dirty = 1 AND cohort_id = ? ORDER BY subject_id LIMIT ?`,
} as const;

const groupTuples = {
  study: `SELECT series_values_id, series_values.instances, ${tupleNames}
    FROM series JOIN series_values USING (series_id)
    WHERE study_id = ? AND series_values.instances > 0 ORDER BY series_values_id`,
  subject: `SELECT series_values_id, series_values.instances, ${tupleNames}
    FROM study JOIN series USING (study_id) JOIN series_values USING (series_id)
    WHERE subject_id = ? AND series_values.instances > 0 ORDER BY series_values_id`,
} as const;

export function loadSettleGroups(
  session: Session,
  job: JobKey,
  level: "study" | "subject",
  limit: number,
): SettleGroup[] {
  const tuples = session.prepare(groupTuples[level]);
  tuples.setReturnArrays(true);
  const series = session.prepare(
    `SELECT instances${shownColumns(level)
      .filter((column) => column.table === "series")
      .map((column) => `, "${column.name}"`)
      .join("")} FROM series WHERE study_id = ? AND instances > 0 ORDER BY series_id`,
  );
  return session
    .prepare(dirtyGroups[level])
    .all(job.cohortId, limit)
    .map((group) => {
      const id = group["id"] as number;
      const rows = tuples.all(id) as unknown as Cell[][];
      return {
        id,
        tuples: rows.map(
          ([seriesValuesId, weight, ...values]): WeightedTuple => ({
            seriesValuesId: seriesValuesId as number,
            weight: weight as number,
            values,
          }),
        ),
        series:
          level === "study"
            ? series.all(id).map(({ instances, ...values }) => ({
                weight: instances as number,
                values: values as Record<string, Cell>,
              }))
            : [],
      };
    });
}

export function writeSettleGroups(
  session: Session,
  job: JobKey,
  level: "study" | "subject",
  results: readonly SettleResult[],
): void {
  const names = shownColumns(level).map((column) => column.name);
  const update = `UPDATE ${level} SET ${names.map((name) => `"${name}" = ?, `).join("")}varying = ?, dirty = 0 WHERE ${level}_id = ?`;
  session.jobTransaction(job, () => {
    const statement = session.prepare(update);
    for (const result of results) {
      statement.run(...names.map((name) => result.values[name] ?? null), result.varying, result.id);
    }
  });
}
