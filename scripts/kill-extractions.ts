/**
 * Extractions killed at random moments with SIGKILL, the job's process, its parent or both, and a third of
 * their continuations killed again. Each is then run to its end and its dump compared with that of a job
 * that was never killed.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeRandom } from "#demo/random.ts";
import { readerVersion } from "#pipeline/reader-versions.ts";
import { openSqliteStore } from "#store/sqlite/sqlite-store.ts";

const program = join(import.meta.dirname, "../src/cli/main.ts");

export interface KillOptions {
  readonly source: string;
  /** Folder for the databases; they are removed again. */
  readonly folder: string;
  readonly kills: number;
  readonly seed: number;
  /** Extractions at a time. */
  readonly lanes: number;
  readonly onKill?: (done: number) => void;
}

export interface KillReport {
  /** Processes that really died of it. */
  readonly killed: number;
  /** Extractions that were compared. */
  readonly compared: number;
  readonly differing: readonly string[];
}

/** A kill again while continuing is tried at most so often in a row. */
const killsInARow = 3;

export async function killExtractions(options: KillOptions): Promise<KillReport> {
  const whole = join(options.folder, "whole.db");
  const began = Date.now();
  await finished(start(options.source, whole));
  const run: Run = {
    options,
    wholeMs: Date.now() - began,
    expected: await dumpSum(whole),
    killed: 0,
    compared: 0,
    differing: [],
  };
  await Promise.all(Array.from({ length: options.lanes }, (_, lane) => killInLane(run, lane)));
  return run;
}

interface Run {
  readonly options: KillOptions;
  /** Time of an extraction that is left alone, ms. */
  readonly wholeMs: number;
  readonly expected: string;
  killed: number;
  compared: number;
  readonly differing: string[];
}

async function killInLane(run: Run, lane: number): Promise<void> {
  const { source, folder, kills, seed, onKill } = run.options;
  const random = makeRandom(seed + lane);
  for (let number = 1; run.killed < kills; number++) {
    const database = join(folder, `kill-${lane}-${number}.db`);
    for (let again = 0; again < killsInARow; again++) {
      const child = start(source, database);
      if (await killAfter(child, random() * run.wholeMs, random())) {
        run.killed += 1;
        onKill?.(run.killed);
      }
      if (random() > 1 / 3) break;
    }
    const { status, output } = await finished(start(source, database));
    const sum = await dumpSum(database);
    run.compared += 1;
    if (sum !== run.expected || status !== 3) {
      run.differing.push(`lane ${lane}, number ${number}: status ${status}, ${output}`);
    }
    for (const suffix of ["", "-wal", "-shm"]) rmSync(database + suffix, { force: true });
  }
}

function start(source: string, database: string): ChildProcess {
  const words = ["extract", "--cohort", "c", "--source", source, "--database", database, "--quiet"];
  const batches = ["--batch-size", "40", "--workers", "2"];
  return spawn(process.execPath, [program, ...words, ...batches], {
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function finished(child: ChildProcess): Promise<{ status: number | null; output: string }> {
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  return new Promise((resolve) => child.on("exit", (status) => resolve({ status, output })));
}

/** Kills the job's process, the parent, or both, by `choice` from 0 to 1; true when one of them died of it. */
async function killAfter(child: ChildProcess, delayMs: number, choice: number): Promise<boolean> {
  const ended = finished(child);
  await Promise.race([sleep(delayMs), ended]);
  if (child.exitCode !== null || child.pid === undefined) return false;
  const jobs = childrenOf(child.pid);
  if (choice < 2 / 3) for (const pid of jobs) kill(pid);
  if (choice > 1 / 3) kill(child.pid);
  await ended;
  // A job whose parent alone was killed notices and stops at the next good place.
  while (jobs.some(isAlive)) await sleep(20);
  return true;
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
      .split(" ")
      .filter((text) => text !== "")
      .map(Number);
  } catch {
    return []; // it ended meanwhile
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended meanwhile.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function dumpSum(database: string): Promise<string> {
  const store = openSqliteStore(database, { readerVersion });
  const cohort = await store.findCohort("c");
  const hash = createHash("sha256");
  if (cohort !== null)
    for await (const line of store.dump(cohort.cohortId)) hash.update(`${line}\n`);
  await store.close();
  return hash.digest("hex");
}
