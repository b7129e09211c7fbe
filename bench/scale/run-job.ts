/** Runs a job over the simulated archive and watches it once a second. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Block, JobLog, ProgressLine } from "./job-log.ts";
import { readJobUsage } from "./job-usage.ts";

const program = join(import.meta.dirname, "../../src/cli/main.ts");

/** The last line of `nils extract --json`, as far as it is used here. */
export interface ResultLine {
  readonly state: string;
  readonly counts: { readonly found: number; readonly new: number; readonly written: number };
  readonly states: Readonly<Record<string, number>>;
  readonly content: Readonly<Record<string, number>>;
  readonly problems: readonly { readonly code: string; readonly count: number }[];
  readonly ledger: { readonly rows: number; readonly imbalances: readonly unknown[] };
}

export interface JobEnd {
  /** Exit status; null after a signal. */
  readonly status: number | null;
  readonly seconds: number;
  /** Null when the job ended without one. */
  readonly result: ResultLine | null;
  /** What the job wrote to standard error. */
  readonly errors: string;
}

export interface JobOptions {
  readonly words: readonly string[];
  /** Environment on top of this process's own. */
  readonly env: Readonly<Record<string, string>>;
  onBlock(block: Block): void;
}

export async function runJob(log: JobLog, { words, env, onBlock }: JobOptions): Promise<JobEnd> {
  const began = performance.now();
  const sinceBegin = (): number => (performance.now() - began) / 1000;
  const child = spawn(process.execPath, [program, ...words, "--json"], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const watch = setInterval(() => log.addUsage(readJobUsage(child.pid ?? 0)), 1000);
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.on("error", reject);
  child.on("close", resolve);
  let result: ResultLine | null = null;
  for await (const text of createInterface(child.stdout)) {
    const line = JSON.parse(text) as
      | ({ type: "progress" } & ProgressLine)
      | ({ type: "result" } & ResultLine);
    if (line.type === "result") result = line;
    else for (const block of log.addProgress(line, sinceBegin())) onBlock(block);
  }
  const status = await promise;
  clearInterval(watch);
  onBlock(log.finish(sinceBegin()));
  return { status, seconds: sinceBegin(), result, errors };
}
