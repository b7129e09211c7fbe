/**
 * Jobs in a process that permissions bind: to root no folder is locked and no file denied. Root gives up the
 * capabilities to overrule them (capabilities(7)) and stays itself, so that it still reaches a clone that lies
 * where others may not look.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { JobReport } from "#pipeline/run-job.ts";
import type { Extraction, JobOptions, LedgerFile } from "./run-extraction.ts";

/** What the process says of its job. */
export interface UnprivilegedJob {
  readonly report: JobReport;
  readonly files: readonly LedgerFile[];
  readonly dump: readonly string[];
}

const overruling = "-dac_override,-dac_read_search";

const program = fileURLToPath(new URL("./unprivileged-job.ts", import.meta.url));

export function runUnprivileged(lab: Extraction, options: JobOptions = {}): UnprivilegedJob {
  const isRoot = process.getuid?.() === 0;
  const words = [process.execPath, program, lab.folder, JSON.stringify(options)];
  const command = isRoot
    ? ["setpriv", `--bounding-set=${overruling}`, `--inh-caps=${overruling}`, ...words]
    : words;
  const child = spawnSync(command[0] as string, command.slice(1), {
    encoding: "utf8",
    timeout: 30_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (child.status !== 0)
    throw new Error(`the job's process ended ${child.status}: ${child.stderr}`);
  return JSON.parse(child.stdout) as UnprivilegedJob;
}
