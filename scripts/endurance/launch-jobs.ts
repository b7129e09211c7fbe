/** Jobs one after another from one process, as a server starts them, and what that process holds after each. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { runCommand } from "#cli/testing/run-command.ts";
import { writeHeaderOnlyArchive } from "#demo/header-only.ts";
import { launchJob } from "#jobs/launch-job.ts";

export interface Held {
  /** Resident memory, bytes. */
  readonly memory: number;
  /** Bytes of the heap that are in use after a collection. */
  readonly heap: number;
  /** Open descriptors. */
  readonly descriptors: number;
  /** Processes that this one has started and that are there. */
  readonly children: number;
  /** Listeners for the end of this process, and for its signals. */
  readonly listeners: number;
}

const entry = pathToFileURL(join(import.meta.dirname, "../../src/cli/job-process.ts"));

/** What is held after each job; `folder` is empty and takes the archive and the database. */
export async function launchJobs(
  folder: string,
  jobs: number,
  onJob: (number: number, held: Held) => void = () => undefined,
): Promise<Held[]> {
  const source = join(folder, "archive");
  const database = join(folder, "nils.db");
  writeHeaderOnlyArchive(source, { files: 5, seed: 1 });
  const words = ["cohort", "create", "c", "--source", source, "--database", database];
  await runCommand({}, ...words);
  const held: Held[] = [];
  for (let number = 1; number <= jobs; number++) {
    const result = await launchJob(
      entry,
      {
        kind: "extract",
        database,
        allowNetworkDisk: false,
        cohort: "c",
        settings: {
          workers: 1,
          batchSize: 1000,
          resume: true,
          minAgeMs: 0,
          trust: "size-mtime-ctime",
          acceptShrink: false,
        },
        programVersion: "0",
        standstillMs: null,
      },
      { stop: new AbortController().signal, onProgress: () => undefined },
    );
    if (result.kind !== "extract" || result.report.exitStatus !== 0) {
      throw new Error(`job ${number} did not end well`);
    }
    held.push(await measure());
    onJob(number, held.at(-1) as Held);
  }
  return held;
}

async function measure(): Promise<Held> {
  await sleep(5); // streams of a child that has gone are closed a moment later
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return {
    memory: rss,
    heap: heapUsed,
    descriptors: readdirSync("/proc/self/fd").length,
    children: readFileSync(`/proc/self/task/${process.pid}/children`, "utf8")
      .trim()
      .split(" ")
      .filter((text) => text !== "").length,
    listeners: ["exit", "SIGINT", "SIGTERM"].reduce(
      (sum, name) => sum + process.listenerCount(name),
      0,
    ),
  };
}

/** Sentences on what grew between job 20 (or a tenth of the jobs) and the last one. */
export function judgeGrowth(held: readonly Held[]): string[] {
  const early = held[Math.min(20, Math.ceil(held.length / 10)) - 1];
  const late = held.at(-1);
  if (early === undefined || late === undefined) return ["There was no job."];
  const grown: string[] = [];
  if (late.memory > early.memory * 1.1) {
    grown.push(`Memory grew from ${mebibytes(early.memory)} to ${mebibytes(late.memory)}.`);
  }
  for (const what of ["descriptors", "children", "listeners"] as const) {
    if (late[what] > early[what])
      grown.push(`Open ${what} grew from ${early[what]} to ${late[what]}.`);
  }
  return grown;
}

export const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
