/** Jobs as processes that are stopped for long, meet each other, or whose clock jumps. */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ProgramEnd, StartedProgram } from "#cli/testing/program.ts";
import { runCommand } from "#cli/testing/run-command.ts";
import { waitUntil } from "#cli/testing/wait-until.ts";
import { writeHeaderOnlyArchive } from "#demo/header-only.ts";
import { hasCompiler, makeClockShim } from "./fault-kinds/clock-shim.ts";

const files = 1_200;

let folder = "";
let source = "";
let expected = "";

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "nils-kinds-")));
  source = join(folder, "archive");
  writeHeaderOnlyArchive(source, { files, seed: 1 });
  const database = join(folder, "whole.db");
  expect((await start(database, "c").end).status).toBe(0);
  expected = await sumOf(database, "c");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(
  database: string,
  cohort: string,
  {
    from = source,
    env = {},
    words = [],
  }: { from?: string; env?: Readonly<Record<string, string>>; words?: readonly string[] } = {},
): StartedProgram {
  const own = ["extract", "--cohort", cohort, "--source", from, "--database", database];
  return new StartedProgram([...own, "--batch-size", "50", "--workers", "2", ...words], env);
}

async function sumOf(database: string, cohort: string): Promise<string> {
  const words = ["dump", "--cohort", cohort, "--sha256", "--database", database];
  return (await runCommand({}, ...words)).stdout;
}

/** Another program's look at the database; null while it is being made or somebody writes. */
function look<Value>(database: string, ask: (db: DatabaseSync) => Value): Value | null {
  try {
    const db = new DatabaseSync(database);
    try {
      return ask(db);
    } finally {
      db.close();
    }
  } catch {
    return null;
  }
}

/** So many commits that a look at the database comes in time. */
const slowly = ["--batch-size", "6"];

interface RunningJob {
  readonly pid: number;
  readonly files: number;
}

/** The process of job 1 once some of its files are committed. */
function waitForCommits(database: string): Promise<RunningJob> {
  return waitUntil(() => {
    const job = look(database, (db) =>
      db
        .prepare(
          "SELECT pid, (SELECT count(*) FROM file) AS files FROM job WHERE state = 'running'",
        )
        .get(),
    );
    return (job?.["files"] as number | undefined) ? (job as unknown as RunningJob) : null;
  });
}

/** Stops the process where it holds no lock of the database, so that another one can write. */
async function stopUnlocked(pid: number, database: string): Promise<void> {
  for (;;) {
    process.kill(pid, "SIGSTOP");
    await sleep(50);
    const isFree = look(database, (db) => {
      db.exec("BEGIN IMMEDIATE; ROLLBACK");
      return true;
    });
    if (isFree) return;
    process.kill(pid, "SIGCONT");
    await sleep(5);
  }
}

test("a job that was stopped for long is overtaken, and writes nothing when it wakes up", async () => {
  const database = join(folder, "stopped.db");
  const first = start(database, "c", { words: slowly });
  const { pid } = await waitForCommits(database);
  await stopUnlocked(pid, database);
  try {
    const early = await start(database, "c").end;
    expect(early.status).toBe(4);
    expect(early.stderr).toMatch(
      /^Cohort c is being extracted by job 1 \(process \d+ on .*\); wait for it to end, or stop it with nils jobs cancel 1\.$/m,
    );

    const longAgo = new Date(Date.now() - 31_000).toISOString();
    look(database, (db) => db.prepare("UPDATE job SET heartbeat_at = ?").run(longAgo));
    const second = await start(database, "c").end;
    expect(second.status).toBe(0);
    expect(second.stderr).toContain(
      "Job 1 was lost: its process ended without a word. This job continues it.",
    );
    expect(await sumOf(database, "c")).toBe(expected);
  } finally {
    process.kill(pid, "SIGCONT");
  }
  const woken = await first.end;
  expect(woken.status).toBe(1);
  expect(woken.stdout).toBe("");
  expect(woken.stderr).toContain(
    "Job 1 was stopped for so long that another job has taken over its cohort; it has written nothing since and ends here.",
  );
  expect(await sumOf(database, "c")).toBe(expected);
  const states = look(database, (db) => db.prepare("SELECT state FROM job ORDER BY job_id").all());
  expect(states).toEqual([{ state: "lost" }, { state: "completed" }]);
});

test("two cohorts whose sources lie in each other, extracted at once, count each file once", async () => {
  const below = join(folder, "below");
  writeHeaderOnlyArchive(join(below, "inner"), { files: 100, seed: 3 });
  writeHeaderOnlyArchive(join(below, "other"), { files: 50, seed: 4 });
  const sources = { outer: below, inner: join(below, "inner") } as const;
  const together = join(folder, "together.db");
  const ends = await Promise.all(
    Object.entries(sources).map(([cohort, from]) => start(together, cohort, { from }).end),
  );
  expect(ends.map(({ status }) => status)).toEqual([0, 0]);
  for (const [cohort, from] of Object.entries(sources)) {
    const alone = join(folder, `${cohort}.db`);
    expect((await start(alone, cohort, { from }).end).status).toBe(0);
    expect(await sumOf(together, cohort)).toBe(await sumOf(alone, cohort));
  }
  const counts = look(together, (db) =>
    db
      .prepare(
        `SELECT cohort.name, count(*) AS files FROM file JOIN folder USING (folder_id)
         JOIN cohort USING (cohort_id) GROUP BY cohort.name ORDER BY cohort.name`,
      )
      .all(),
  );
  expect(counts).toEqual([
    { name: "inner", files: 100 },
    { name: "outer", files: 150 },
  ]);
  const { status } = await runCommand({}, "doctor", "--recount", "--database", together);
  expect(status).toBe(0);
});

const day = 24 * 60 * 60;

// Without gcc there is nothing that moves the clock.
test.skipIf(!hasCompiler).each([
  ["forward", day],
  ["back", -day],
])(
  "a clock that jumps a day %s during a job changes nothing (needs gcc on Linux)",
  async (way, by) => {
    const database = join(folder, `clock-${way}.db`);
    const trigger = join(folder, `jump-${way}`);
    const program = start(database, "c", {
      env: makeClockShim(folder, trigger, by),
      words: slowly,
    });
    await waitForCommits(database);
    writeFileSync(trigger, "");
    const end: ProgramEnd = await program.end;
    expect([end.status, /^ {4}at /m.test(end.stderr)]).toEqual([0, false]);
    expect(await sumOf(database, "c")).toBe(expected);
    const [job] = look(database, (db) =>
      db.prepare("SELECT started_at, ended_at FROM job").all(),
    ) as { started_at: string; ended_at: string }[];
    const took = (Date.parse(job?.ended_at ?? "") - Date.parse(job?.started_at ?? "")) / 1000;
    expect(Math.abs(took - by)).toBeLessThan(60); // the clock did jump
    expect((await start(database, "c").end).status).toBe(0);
    expect(await sumOf(database, "c")).toBe(expected);
  },
);

test("the zone of the clock, and its summer time, change nothing", async () => {
  const database = join(folder, "zone.db");
  expect((await start(database, "c", { env: { TZ: "Pacific/Apia" } }).end).status).toBe(0);
  expect(await sumOf(database, "c")).toBe(expected);
});
