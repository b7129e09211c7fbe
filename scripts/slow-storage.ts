/**
 * `npm run bench:slow [-- --files 400] [--workers 4] [--ms 0.5,2,10]`: extraction from storage on which every call takes
 * so many ms: what the calls would take one after another, against what they took with as many at a time as there are
 * readers and the walk. The library of scripts/faults makes each call on the source wait.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeHeaderOnlyArchive } from "#demo/header-only.ts";
import { buildShim, whyNoFaults } from "./faults/build-shim.ts";
import { makeFaultEnvironment, readFaultState } from "./faults/fault.ts";

const { values } = parseArgs({
  options: {
    files: { type: "string", default: "400" },
    workers: { type: "string", default: "4" },
    ms: { type: "string", default: "0.5,2,10" },
  },
});
const why = whyNoFaults();
if (why !== null) throw new Error(`calls cannot be made slow: ${why}`);
const files = Number(values.files);
const workers = Number(values.workers);
const program = join(import.meta.dirname, "../src/cli/main.ts");
const folder = realpathSync(mkdtempSync(join(tmpdir(), "nils-slow-")));
const source = join(folder, "archive");

interface SlowRun {
  readonly seconds: number;
  /** Calls on the source. */
  readonly calls: number;
}

/** One job into a new database, each call on the source `ms` late. */
async function extract(library: string, ms: number): Promise<SlowRun> {
  const database = join(folder, "nils.db");
  const state = join(folder, "state");
  for (const suffix of ["", "-wal", "-shm"]) rmSync(database + suffix, { force: true });
  const effect = { kind: "sleep", ms } as const;
  const fault = { call: "any-but-list", path: source, nth: 1, isSticky: true, effect } as const;
  const words = ["extract", "--cohort", "c", "--source", source, "--database", database];
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [program, ...words, "--workers", `${workers}`, "--headers", "none", "--quiet"],
    {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, ...makeFaultEnvironment(fault, library, state) },
    },
  );
  const status = await new Promise((resolve) => child.on("exit", resolve));
  if (status !== 0) throw new Error(`the job ended ${status}`);
  return { seconds: (performance.now() - began) / 1000, calls: readFaultState(state).calls };
}

try {
  writeHeaderOnlyArchive(source, { files, seed: 1 });
  const library = buildShim(folder);
  const atOnce = await extract(library, 0);
  const inFlight = workers + 1;
  for (const ms of values.ms.split(",").map(Number)) {
    const { seconds, calls } = await extract(library, ms);
    const slow = seconds - atOnce.seconds;
    const allowed = (calls * ms) / 1000 / inFlight;
    console.log(
      `${ms} ms a call: ${calls} calls in ${slow.toFixed(2)} s more than at once (${atOnce.seconds.toFixed(2)} s); ${inFlight} at a time allow ${allowed.toFixed(2)} s: ${((100 * allowed) / slow).toFixed(0)} %; ${(files / seconds).toFixed(0)} files/s`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
