/** The bare loop of bare-loop.c: the floor that extraction is compared with, and the canary beside every measurement. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Archive } from "./archives.ts";
import { findProgram } from "./find-program.ts";
import { measureProcess, type ProcessRun } from "./measure-process.ts";

/** Builds it into `folder` and returns its path; null where there is no compiler. */
export function buildBareLoop(folder: string): string | null {
  if (findProgram("gcc") === null) return null;
  const program = join(folder, "bare-loop");
  const source = join(import.meta.dirname, "bare-loop.c");
  execFileSync("gcc", ["-O2", "-pthread", "-o", program, source], { stdio: "inherit" });
  return program;
}

/** One loop over an archive. Its wall time is that of the loop alone, without reading the list of paths. */
export async function runBareLoop(program: string, archive: Archive): Promise<ProcessRun> {
  const run = await measureProcess({ program, words: [archive.pathList], keepsOutput: true });
  const [files, seconds] = run.output.split(" ").map(Number);
  if (files !== archive.files || seconds === undefined) {
    throw new Error(`the bare loop printed: ${run.output}`);
  }
  return { ...run, seconds };
}
