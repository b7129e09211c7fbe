/** Problems: opened and closed when the thing they are about is settled. */
import type { ProblemCount, ProblemRow, ProblemSubject } from "#store/settlement.ts";
import type { Session } from "./session.ts";

export function openProblems(
  session: Session,
  cohortId: number,
  problems: readonly ProblemRow[],
): void {
  const open = session.prepare(
    `INSERT INTO problem (cohort_id, code, about, about_id, column_name, count, example, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'open')
     ON CONFLICT (cohort_id, code, about, about_id, column_name)
     DO UPDATE SET count = excluded.count, example = excluded.example, state = 'open'`,
  );
  for (const problem of problems) {
    open.run(
      cohortId,
      problem.code,
      problem.about,
      problem.id,
      problem.column,
      problem.count,
      problem.example,
    );
  }
}

/** Closes the open problems of one thing that no longer hold. */
export function closeProblemsExcept(
  session: Session,
  cohortId: number,
  about: ProblemSubject,
  id: number,
  still: readonly ProblemRow[],
): void {
  const keep = new Set(still.map((problem) => `${problem.code}/${problem.column}`));
  const rows = session
    .prepare(
      "SELECT problem_id, code, column_name FROM problem WHERE cohort_id = ? AND about = ? AND about_id = ? AND state = 'open'",
    )
    .all(cohortId, about, id);
  const close = session.prepare("UPDATE problem SET state = 'closed' WHERE problem_id = ?");
  for (const row of rows) {
    if (!keep.has(`${row["code"]}/${row["column_name"]}`)) close.run(row["problem_id"] as number);
  }
}

/** Replaces the open problems of a kind of thing in the whole cohort, for some codes. */
export function replaceProblems(
  session: Session,
  cohortId: number,
  codes: readonly string[],
  problems: readonly ProblemRow[],
): void {
  const close = session.prepare(
    "UPDATE problem SET state = 'closed' WHERE cohort_id = ? AND code = ? AND state = 'open'",
  );
  for (const code of codes) close.run(cohortId, code);
  openProblems(session, cohortId, problems);
}

export function countProblems(session: Session, cohortId: number): ProblemCount[] {
  return session
    .prepare(
      `SELECT code, about, count(*) AS things, sum(count) AS count, min(example) AS example FROM problem
       WHERE cohort_id = ? AND state = 'open' GROUP BY code, about
       ORDER BY about <> 'cohort', things DESC, count DESC, code`,
    )
    .all(cohortId)
    .map((row) => ({
      code: row["code"] as string,
      about: row["about"] as ProblemSubject,
      things: row["things"] as number,
      count: row["count"] as number,
      example: row["example"] as string,
    }));
}
