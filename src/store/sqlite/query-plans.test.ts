/** Pages begin with the few rows that are due: the cost of what is settled does not grow with the cohort. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StatementSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { beforeAllContests } from "#store/settlement.ts";
import { contests } from "./contests.ts";
import { headerTasks } from "./headers.ts";
import { openDatabase } from "./open-database.ts";
import { closeProblemsExcept } from "./problems.ts";
import { countDirtySeries, loadDirtySeries } from "./series-content.ts";
import { Session } from "./session.ts";
import { settleCohort } from "./settle-cohort.ts";
import { loadSettleGroups } from "./settle-groups.ts";
import { uidHash } from "./uid-hash.ts";

/** Remembers what it was asked. */
class RecordingSession extends Session {
  readonly asked: string[] = [];

  override prepare(sql: string): StatementSync {
    this.asked.push(sql);
    return super.prepare(sql);
  }
}

const job = { jobId: 1, cohortId: 1, epoch: 1 };
let folder = "";
let session: Session;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "nils-plans-"));
  session = openDatabase(join(folder, "nils.db"));
  session.db.function("uid_hash", (uid) => uidHash(String(uid)));
  session.db.exec(`INSERT INTO cohort (name, source_path, settings, state, epoch, created_at)
    VALUES ('one', '/data', '{}', 'extracting', 1, '');
    INSERT INTO job (cohort_id, epoch, state, counts, settings, versions, host, pid, process_start, started_at, heartbeat_at)
    VALUES (1, 1, 'running', '{}', '{}', '{}', '', 0, '', '', '')`);
});

afterAll(() => {
  session.close();
  rmSync(folder, { recursive: true });
});

/** Steps of each statement that `ask` prepares, as SQLite explains them. */
function plansOf(ask: (session: Session) => void): string[][] {
  const recording = new RecordingSession(session.db, session.path);
  ask(recording);
  return recording.asked.map((sql) =>
    session.db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map((step) => step["detail"] as string),
  );
}

test.each<[name: string, firstStep: string, ask: (session: Session) => void]>([
  [
    "dirty series",
    "series USING INDEX series_dirty (series_id>?)",
    (s) => loadDirtySeries(s, job, 0, 9),
  ],
  ["their number", "series USING INDEX series_dirty", (s) => countDirtySeries(s, job)],
  [
    "contests",
    "series USING INDEX series_dirty",
    (s) => contests(s, job, beforeAllContests, { series: 9, files: 9, bytes: 9 }),
  ],
  ["dirty studies", "study USING INDEX study_dirty", (s) => loadSettleGroups(s, job, "study", 9)],
  [
    "dirty subjects",
    "subject USING INDEX subject_dirty",
    (s) => loadSettleGroups(s, job, "subject", 9),
  ],
  [
    "problems of a series",
    "problem USING INDEX problem_open (about=? AND about_id=?)",
    (s) => closeProblemsExcept(s, 1, "series", 1, []),
  ],
  [
    "headers of representatives",
    "due USING INDEX series_stack_representative (representative_instance_id>?)",
    (s) => headerTasks(s, job, "representative", 0, 9),
  ],
  [
    "headers of instances",
    "due USING INTEGER PRIMARY KEY (rowid>?)",
    (s) => headerTasks(s, job, "all", 0, 9),
  ],
])("%s: begins with what is due, and sorts nothing", (_, firstStep, ask) => {
  const plan = plansOf(ask).find((steps) => steps[0]?.includes(firstStep));
  expect(plan).toBeDefined();
  expect(plan?.slice(1).filter((step) => step.startsWith("SCAN"))).toEqual([]);
  expect(plan?.filter((step) => step.includes("TEMP B-TREE"))).toEqual([]);
});

test("a cohort in which nothing changed is settled without a look at all files or instances", () => {
  const plan = plansOf((s) => settleCohort(s, job)).flat();
  expect(plan.join("\n")).toContain("file USING INDEX file_refused");
  expect(plan.join("\n")).toContain("folder USING INDEX folder_unreadable");
  const whole = /^SCAN (file|folder|instance|instance_uid_hash|hashed)\b/;
  expect(plan.filter((step) => whole.test(step))).toEqual([]);
});
