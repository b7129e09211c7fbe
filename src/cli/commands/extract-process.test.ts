/** Jobs as processes: stopped, killed, doubled, hanging; the next one goes on and ends with the same content. */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runProgram, StartedProgram } from "#cli/testing/program.ts";
import { waitUntil } from "#cli/testing/wait-until.ts";
import { writeHeaderOnlyArchive } from "#demo/header-only.ts";
import { readerVersion } from "#pipeline/reader-versions.ts";
import type { Job } from "#store/job.ts";
import { isProcessAlive } from "#store/sqlite/process-alive.ts";
import { openSqliteStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";

const files = 12_000;

let folder = "";
let source = "";
let expected = "";
let databases = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "nils-process-"));
  source = join(folder, "archive");
  writeHeaderOnlyArchive(source, { files, seed: 1 });
  const database = newDatabase();
  const { status } = await start(database).end;
  expect(status).toBe(0);
  expected = await sumOf(database);
});

afterAll(() => rmSync(folder, { recursive: true }));

function newDatabase(): string {
  databases += 1;
  return join(folder, `${databases}.db`);
}

function start(database: string, ...words: string[]): StartedProgram {
  const own = ["extract", "--cohort", "c", "--source", source, "--database", database];
  return new StartedProgram([...own, "--batch-size", "200", "--workers", "2", ...words]);
}

async function withStore<Result>(
  database: string,
  work: (store: Store, cohortId: number) => Promise<Result>,
): Promise<Result> {
  const store = openSqliteStore(database, { readerVersion, mustExist: true });
  try {
    return await work(store, (await store.findCohort("c"))?.cohortId ?? 0);
  } finally {
    await store.close();
  }
}

/** SHA-256 of what the database holds, as of `nils dump`. */
function sumOf(database: string): Promise<string> {
  return withStore(database, async (store, cohortId) => {
    const sum = createHash("sha256");
    for await (const line of store.dump(cohortId)) sum.update(`${line}\n`);
    return sum.digest("hex");
  });
}

function lastJob(database: string): Promise<Job | undefined> {
  return withStore(database, async (store) => (await store.listJobs({ limit: 1 }))[0]);
}

/** The running job once it has committed so many files. */
function waitForJob(database: string, committed = 0): Promise<Job> {
  return waitUntil(async () => {
    try {
      return await withStore(database, async (store, cohortId) => {
        const rows = (await store.countFiles(cohortId)).reduce((sum, each) => sum + each.files, 0);
        const [job] = await store.listJobs({ limit: 1 });
        return rows >= committed && job?.state === "running" ? job : null;
      });
    } catch {
      return null; // the database is being made
    }
  });
}

/** The running job once it has committed some files and has many to go. */
function waitForCommits(database: string): Promise<Job> {
  return waitForJob(database, 1);
}

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)(
  "%s finishes the batch within two seconds, and the next job goes on",
  async (signal, status) => {
    const database = newDatabase();
    const program = start(database);
    await waitForCommits(database);
    const askedAt = Date.now();
    program.child.kill(signal);
    const end = await program.end;
    expect(Date.now() - askedAt).toBeLessThan(2_000);
    expect(end.status).toBe(status);
    expect(end.stdout).toContain("job 1: stopped before its end");
    expect(await lastJob(database)).toMatchObject({ state: "cancelled" });
    expect((await lastJob(database))?.endedAt).not.toBeNull();

    const next = await start(database).end;
    expect(next.status).toBe(0);
    expect(next.stdout).toMatch(/= \d[\d,]* unchanged \+ \d[\d,]* new$/m);
    expect(await sumOf(database)).toBe(expected);
  },
);

test("a second signal ends at once, and the next job says what it continues", async () => {
  const database = newDatabase();
  const program = start(database);
  await waitForCommits(database);
  program.child.kill("SIGTERM");
  program.child.kill("SIGINT");
  const askedAt = Date.now();
  const { status } = await program.end;
  expect(Date.now() - askedAt).toBeLessThan(2_000);
  expect([130, 143]).toContain(status);
  expect((await start(database).end).status).toBe(0);
  expect(await sumOf(database)).toBe(expected);
});

test("a job whose process is killed is a failure, and the next one continues it", async () => {
  const database = newDatabase();
  const program = start(database);
  const job = await waitForCommits(database);
  process.kill(job.pid, "SIGKILL");
  const end = await program.end;
  expect(end.status).toBe(1);
  expect(end.stdout).toBe("");
  expect(end.stderr).toContain(
    "The job's process ended without a word (SIGKILL); what was committed is kept: start the command again and it goes on.",
  );
  expect((await lastJob(database))?.state).toBe("lost");

  const next = await start(database).end;
  expect(next.status).toBe(0);
  expect(next.stderr).toContain(
    "Job 1 was lost: its process ended without a word. This job continues it.",
  );
  expect(await sumOf(database)).toBe(expected);
});

test("a job whose parent is killed stops by itself and says so in its row", async () => {
  const database = newDatabase();
  const program = start(database);
  await waitForCommits(database);
  program.child.kill("SIGKILL");
  await program.end;
  const job = await waitUntil(async () => {
    const last = await lastJob(database);
    return last?.endedAt === null ? null : last;
  }, 5_000);
  expect(job.state).toBe("cancelled");
  expect((await start(database).end).status).toBe(0);
  expect(await sumOf(database)).toBe(expected);
});

test("a second job of the same cohort is refused, and the first goes on", async () => {
  const database = newDatabase();
  const first = start(database, "--batch-size", "4"); // so slow that the second one comes in time
  await waitForCommits(database);
  const second = await start(database).end;
  expect(second.status).toBe(4);
  expect(second.stderr).toMatch(
    /^Cohort c is being extracted by job 1 \(process \d+ on .*nils jobs cancel 1/m,
  );
  expect((await first.end).status).toBe(0);
  expect(await sumOf(database)).toBe(expected);
});

test.each(["pause", "cancel"] as const)(
  "nils jobs %s stops a job from elsewhere, and resume goes on",
  async (how) => {
    const database = newDatabase();
    const program = start(database);
    await waitForCommits(database);
    const asked = await runProgram(["jobs", how, "1", "--database", database]);
    expect(asked.status).toBe(0);
    const end = await program.end;
    if (end.status === 0) return; // it was faster than its next look at what it is asked
    expect(end.status).toBe(1);
    expect((await lastJob(database))?.state).toBe(how === "pause" ? "paused" : "cancelled");
    const resumed = await runProgram(["jobs", "resume", "1", "--database", database]);
    expect(resumed.status).toBe(0);
    expect(await sumOf(database)).toBe(expected);
  },
);

test("nothing that a process list shows names a cohort or a folder", async () => {
  const database = newDatabase();
  const program = start(database);
  const { pid } = await waitForCommits(database);
  const { stdout } = spawnSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
  expect(stdout).not.toContain(folder);
  program.child.kill("SIGTERM");
  await program.end;
});

/** Opens of a file whose name holds "stuck-share-" never come back, as on a share whose server has gone. */
const shim = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>
static void wait_forever(const char *path) {
  const char *name = strrchr(path, '/');
  if (strstr(name ? name : path, "stuck-share-")) for (;;) pause();
}
#define MODE mode_t mode = 0; if (flags & (O_CREAT | O_TMPFILE)) { va_list list; va_start(list, flags); mode = va_arg(list, mode_t); va_end(list); }
#define OPEN(name) int name(const char *path, int flags, ...) { MODE \\
  int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, #name); wait_forever(path); return real(path, flags, mode); }
#define OPENAT(name) int name(int folder, const char *path, int flags, ...) { MODE \\
  int (*real)(int, const char *, int, ...) = dlsym(RTLD_NEXT, #name); wait_forever(path); return real(folder, path, flags, mode); }
OPEN(open) OPEN(open64) OPENAT(openat) OPENAT(openat64)
`;

const hasCompiler = process.platform === "linux" && spawnSync("gcc", ["--version"]).status === 0;

/** An archive of 400 files and two that hang, and the library that makes them. */
function makeHangingShare(name: string): { share: string; library: string } {
  const share = join(folder, name);
  writeHeaderOnlyArchive(share, { files: 400, seed: 2 });
  const [first = ""] = globSync("**/*.dcm", { cwd: share });
  for (const number of [1, 2]) cpSync(join(share, first), join(share, `stuck-share-${number}.dcm`));
  const code = join(folder, `${name}.c`);
  const library = join(folder, `${name}.so`);
  writeFileSync(code, shim);
  execFileSync("gcc", ["-shared", "-fPIC", "-o", library, code, "-ldl"]);
  return { share, library };
}

test("readers that die while they start cost no file", async () => {
  const preload = join(folder, "dying.mjs");
  const marks = join(folder, "deaths");
  writeFileSync(
    preload,
    `import { appendFileSync, existsSync, statSync } from "node:fs";
    import { workerData } from "node:worker_threads";
    const deaths = existsSync(${JSON.stringify(marks)}) ? statSync(${JSON.stringify(marks)}).size : 0;
    if (workerData?.heartbeat !== undefined && deaths < 3) {
      appendFileSync(${JSON.stringify(marks)}, "x");
      throw new Error("no thread");
    }`,
  );
  const { status, stdout } = await runProgram(
    ["extract", "--cohort", "d", "--source", source, "--database", newDatabase(), "--workers", "1"],
    { NODE_OPTIONS: `--import=${preload}` },
  );
  expect(readFileSync(marks, "utf8")).toBe("xxx");
  expect(stdout).not.toContain("reader-crash");
  expect(status).toBe(0);
});

// Without gcc there is nothing that a file could be made to hang with.
test.skipIf(!hasCompiler)(
  "a file that hangs costs itself and neither the job nor its end (needs gcc on Linux)",
  async () => {
    const { share, library } = makeHangingShare("share-1");
    const startedAt = Date.now();
    const { status, stdout } = await runProgram(
      [
        "extract",
        "--cohort",
        "h",
        "--source",
        share,
        "--database",
        newDatabase(),
        "--workers",
        "2",
      ],
      { LD_PRELOAD: library, NILS_STANDSTILL_MS: "2000" },
    );
    expect(status).toBe(3);
    expect(stdout).toContain("reader-timeout, 2 files");
    expect(stdout).toMatch(/^Ledger {4}402 files = 402 found = 400 stored \+ 2 unreadable$/m);
    expect(Date.now() - startedAt).toBeLessThan(30_000);
  },
);

test.skipIf(!hasCompiler)(
  "a stop waits for no file that hangs, nor does a job whose parent has gone (needs gcc on Linux)",
  async () => {
    const { share, library } = makeHangingShare("share-2");
    for (const signal of ["SIGTERM", "SIGKILL"] as const) {
      const database = newDatabase();
      const program = new StartedProgram(
        ["extract", "--cohort", "c", "--source", share, "--database", database, "--workers", "2"],
        { LD_PRELOAD: library },
      );
      const { pid } = await waitForJob(database);
      await sleep(500); // both readers have met their file by now
      const askedAt = Date.now();
      program.child.kill(signal);
      expect((await program.end).status).toBe(signal === "SIGTERM" ? 143 : null);
      await waitUntil(async () => (await lastJob(database))?.endedAt != null, 5_000);
      await waitUntil(() => !isProcessAlive(pid, ""), 5_000);
      expect(Date.now() - askedAt).toBeLessThan(4_000);
      expect(await lastJob(database)).toMatchObject({ state: "cancelled" });
    }
  },
);
