/** Writing a settled series: its values, its stacks, and the end of its mark. */
import { type DetailsTable, detailsTables, findDetailsTable } from "#catalogue/details-tables.ts";
import { shownColumns } from "#store/columns.ts";
import type { JobEvent, JobKey } from "#store/job.ts";
import type { Cell } from "#store/packed-rows.ts";
import type { SeriesResult, SettledStack } from "#store/settlement.ts";
import { insertJobEvents } from "./jobs.ts";
import { closeProblemsExcept, openProblems } from "./problems.ts";
import { renewBase } from "./series-headers.ts";
import type { Session } from "./session.ts";
import { passOnRows } from "./stack-history.ts";

const namesOf = (table: Parameters<typeof shownColumns>[0]): string[] =>
  shownColumns(table).map((column) => column.name);

const seriesNames = namesOf("series");
const stackNames = namesOf("series_stack").filter((name) => name !== "stack_key");
const assignments = (names: readonly string[]): string =>
  names.map((name) => `"${name}" = ?, `).join("");

const updateSeries = `UPDATE series SET ${assignments(seriesNames)}varying = ?, instances = ?, frames = ?, stacks = ?, settled_instances = ?, dirty = 0 WHERE series_id = ?`;
const updateStack = `UPDATE series_stack SET ${assignments(stackNames)}representative_instance_id = ?, representative_frame = ? WHERE series_stack_id = ?`;
const insertStack = `INSERT INTO series_stack (series_id, stack_key, ${stackNames.map((name) => `"${name}", `).join("")}representative_instance_id, representative_frame) VALUES (?, ?, ${stackNames.map(() => "?, ").join("")}?, ?)`;

const cellsOf = (names: readonly string[], values: Readonly<Record<string, Cell>>): Cell[] =>
  names.map((name) => values[name] ?? null);

export function writeSeries(
  session: Session,
  job: JobKey,
  results: readonly SeriesResult[],
  events: readonly JobEvent[],
): void {
  session.jobTransaction(job, () => {
    for (const result of results) writeOne(session, job, result);
    insertJobEvents(session, job, events);
  });
}

function writeOne(session: Session, job: JobKey, result: SeriesResult): void {
  const { seriesId } = result;
  const before = session
    .prepare("SELECT study_id, settled_instances FROM series WHERE series_id = ?")
    .get(seriesId);
  writeStacks(session, job, seriesId, result.stacks);
  session
    .prepare(updateSeries)
    .run(
      ...cellsOf(seriesNames, result.values),
      result.varying,
      result.instances,
      result.frames,
      result.stacks.length,
      result.instances,
      seriesId,
    );
  const details = result.instances === 0 ? null : findDetailsTable(result.modality ?? "");
  for (const table of detailsTables) {
    if (table === details) writeDetails(session, table, seriesId, result.values);
    else session.prepare(`DELETE FROM ${table} WHERE series_id = ?`).run(seriesId);
  }
  session
    .prepare("UPDATE series_values SET instances = 0 WHERE series_id = ? AND instances > 0")
    .run(seriesId);
  const weigh = session.prepare(
    "UPDATE series_values SET instances = ? WHERE series_values_id = ?",
  );
  for (const { seriesValuesId, weight } of result.tupleWeights) weigh.run(weight, seriesValuesId);
  session
    .prepare(
      `DELETE FROM header WHERE instance_id IN (SELECT instance_id FROM header JOIN instance USING (instance_id) WHERE series_id = ?1)
       AND CASE (SELECT settings ->> 'headers' FROM cohort WHERE cohort_id = ?2) WHEN 'all' THEN FALSE WHEN 'none' THEN TRUE
         ELSE instance_id NOT IN (SELECT representative_instance_id FROM series_stack WHERE series_id = ?1) END`,
    )
    .run(seriesId, job.cohortId);
  renewBase(session, seriesId);
  const studyId = before?.["study_id"] as number;
  session.prepare("UPDATE study SET dirty = 1 WHERE study_id = ?").run(studyId);
  session
    .prepare(
      "UPDATE subject SET dirty = 1 WHERE subject_id = (SELECT subject_id FROM study WHERE study_id = ?)",
    )
    .run(studyId);
  closeProblemsExcept(session, job.cohortId, "series", seriesId, result.problems);
  openProblems(session, job.cohortId, result.problems);
}

/** A stack whose key is still there keeps its row, a new one takes the row of one that went or gets its own. */
function writeStacks(
  session: Session,
  job: JobKey,
  seriesId: number,
  stacks: readonly SettledStack[],
): void {
  const rows = new Map(
    session
      .prepare(
        "SELECT stack_key, series_stack_id FROM series_stack WHERE series_id = ? ORDER BY stack_key",
      )
      .all(seriesId)
      .map((row) => [row["stack_key"] as string, row["series_stack_id"] as number]),
  );
  passOnRows(session, job, seriesId, stacks, rows);
  const dropMembers = session.prepare("DELETE FROM stack_member WHERE series_stack_id = ?");
  for (const stackId of rows.values()) dropMembers.run(stackId);
  const addMember = session.prepare(
    "INSERT INTO stack_member (series_stack_id, instance_id, frames) VALUES (?, ?, ?)",
  );
  for (const stack of stacks) {
    const cells = [
      ...cellsOf(stackNames, stack.values),
      stack.representativeInstanceId,
      stack.representativeFrame,
    ];
    let stackId = rows.get(stack.stackKey);
    if (stackId === undefined) {
      const made = session.prepare(insertStack).run(seriesId, stack.stackKey, ...cells);
      stackId = Number(made.lastInsertRowid);
    } else session.prepare(updateStack).run(...cells, stackId);
    for (const member of stack.members) addMember.run(stackId, member.instanceId, member.frames);
  }
}

function writeDetails(
  session: Session,
  table: DetailsTable,
  seriesId: number,
  values: Readonly<Record<string, Cell>>,
): void {
  const names = namesOf(table);
  session
    .prepare(
      `INSERT OR REPLACE INTO ${table} (series_id, ${names.map((name) => `"${name}"`).join(", ")})
       VALUES (?, ${names.map(() => "?").join(", ")})`,
    )
    .run(seriesId, ...cellsOf(names, values));
}

export function markAllDirty(session: Session, job: JobKey): number {
  return session.jobTransaction(job, () =>
    Number(
      session
        .prepare(
          `UPDATE series SET dirty = 1 WHERE study_id IN
           (SELECT study_id FROM study JOIN subject USING (subject_id) WHERE cohort_id = ?)`,
        )
        .run(job.cohortId).changes,
    ),
  );
}
