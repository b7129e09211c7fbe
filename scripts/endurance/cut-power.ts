/**
 * Power cuts: a job writes its database to a disk that lies in a file; at a random moment its processes are stopped
 * and the file is copied, so that what was never brought to the disk is not in the copy. On the copy the database has
 * to be sound, to hold what the job had said to be in it, and the next job has to end as one that nothing disturbed.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeRandomFor } from "#demo/random.ts";
import { readerVersion } from "#pipeline/reader-versions.ts";
import { openSqliteStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";
import { DiskImage } from "./disk-image.ts";

const program = join(import.meta.dirname, "../../src/cli/main.ts");

export interface CutOptions {
  readonly source: string;
  /** For images, mounts and databases. */
  readonly folder: string;
  readonly cuts: number;
  readonly seed: number;
  readonly onCut?: (done: number) => void;
}

export interface CutReport {
  /** Cuts that met a job at work. */
  cuts: number;
  /** Of these, with files in the ledger by then. */
  withRows: number;
  /** Of these, in which the job had said so. */
  said: number;
  /** Sentences on what was not as it should be. */
  readonly faults: string[];
}

/** Part of a whole run in which the program starts and has written nothing. */
const startShare = 0.25;

export async function cutPower(options: CutOptions): Promise<CutReport> {
  const { source, folder, cuts, seed } = options;
  const whole = join(folder, "whole.db");
  const began = performance.now();
  const { status } = await ended(startJob(source, whole).child);
  const wholeMs = performance.now() - began;
  const expected = { status, sum: await withStore(whole, sumOf) };
  const report: CutReport = { cuts: 0, withRows: 0, said: 0, faults: [] };
  const random = makeRandomFor(seed, "power");
  for (let number = 1; report.cuts < cuts; number++) {
    const afterMs = (startShare + random() * (1 - startShare)) * wholeMs;
    const said = await cutOnce(source, folder, afterMs);
    if (said === null) continue; // the job was faster
    report.cuts += 1;
    if (said > 0) report.said += 1;
    const after = await lookAfterCut(source, folder, said, expected);
    if (after.files > 0) report.withRows += 1;
    report.faults.push(...after.faults.map((fault) => `cut ${number}: ${fault}`));
    options.onCut?.(report.cuts);
  }
  return report;
}

/** Leaves the copy of the disk in `cut.img`. Files that the job had said to be committed; null when it ended before. */
async function cutOnce(source: string, folder: string, afterMs: number): Promise<number | null> {
  const disk = new DiskImage(join(folder, "disk.img"), join(folder, "disk"));
  disk.format();
  disk.mount();
  const job = startJob(source, join(disk.folder, "nils.db"));
  let pids: readonly number[] = [job.child.pid as number];
  try {
    await Promise.race([sleep(afterMs), ended(job.child)]);
    if (job.child.exitCode !== null) return null;
    pids = processesOf(job.child.pid as number);
    for (const pid of pids) signal(pid, "SIGSTOP");
    await sleep(30); // what a thread had begun in the system comes to its end
    const said = job.committed();
    disk.copyTo(join(folder, "cut.img"));
    return said;
  } finally {
    for (const pid of pids) signal(pid, "SIGKILL");
    await ended(job.child);
    await disk.remove();
  }
}

interface AfterCut {
  /** In the ledger before the next job. */
  readonly files: number;
  /** What is wrong on the copy of the disk. */
  readonly faults: readonly string[];
}

async function lookAfterCut(
  source: string,
  folder: string,
  said: number,
  expected: { readonly status: number | null; readonly sum: string },
): Promise<AfterCut> {
  const disk = new DiskImage(join(folder, "cut.img"), join(folder, "cut"));
  const database = join(disk.folder, "nils.db");
  const faults: string[] = [];
  let files = 0;
  try {
    disk.mount();
    if (existsSync(database)) {
      faults.push(...(await withStore(database, (store) => store.check())));
      files = await withStore(database, countFiles);
    }
    if (files < said) faults.push(`${said} files were committed, and ${files} are there`);
    const { status } = await ended(startJob(source, database).child);
    if (status !== expected.status) faults.push(`the next job ends ${status}`);
    const sum = await withStore(database, sumOf);
    if (sum !== expected.sum) faults.push("the next job ends with another content");
    faults.push(...(await withStore(database, (store) => store.check())));
  } catch (error) {
    faults.push((error as Error).stack ?? String(error));
  } finally {
    await disk.remove();
  }
  return { files, faults };
}

async function countFiles(store: Store): Promise<number> {
  const cohort = await store.findCohort("c");
  const states = cohort === null ? [] : await store.countFiles(cohort.cohortId);
  return states.reduce((sum, state) => sum + state.files, 0);
}

interface RunningJob {
  readonly child: ChildProcess;
  /** Files that the job has said to be in the ledger. */
  committed(): number;
}

function startJob(source: string, database: string): RunningJob {
  const words = ["extract", "--cohort", "c", "--source", source, "--database", database, "--json"];
  const child = spawn(
    process.execPath,
    [program, ...words, "--batch-size", "40", "--workers", "2"],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  let last = 0;
  let text = "";
  child.stdout?.setEncoding("utf8").on("data", (more: string) => {
    const lines = (text + more).split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) {
      const { inLedger = 0 } = JSON.parse(line) as { inLedger?: number };
      last = Math.max(last, inLedger);
    }
  });
  return { child, committed: () => last };
}

async function ended(child: ChildProcess): Promise<{ status: number | null }> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  return { status: child.exitCode };
}

/** The process and its children. */
function processesOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    return [
      pid,
      ...children
        .split(" ")
        .filter((text) => text !== "")
        .map(Number),
    ];
  } catch {
    return [pid]; // it ended meanwhile
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended meanwhile.
  }
}

async function withStore<Result>(
  database: string,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const store = openSqliteStore(database, { readerVersion });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function sumOf(store: Store): Promise<string> {
  const hash = createHash("sha256");
  const cohort = await store.findCohort("c");
  for await (const line of store.dump(cohort?.cohortId ?? 0)) hash.update(`${line}\n`);
  return hash.digest("hex");
}
