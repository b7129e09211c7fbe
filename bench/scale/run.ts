/**
 * `npm run bench:scale [-- --files 10000000] [--per-folder 1000] [--workers 4] [--headers none] [--folder DIR]
 * [--again] [--keep]`: extraction of an archive of any size that exists only in the answers of a preloaded
 * library, so that nothing but the database takes disk (about 4 GB for 10^7 files). Prints rate and memory of each
 * million files, then whether memory stays flat, the rate does not fall, and the account adds up; exit status 1
 * where not. Blocks of less than 100,000 files say little: the first one holds the start of the program. `--again`
 * runs a second job over the unchanged archive; `--keep` leaves the folder with database, library and description.
 * Linux with gcc. Figures of one machine.
 */
import { mkdtempSync, realpathSync, rmSync, statSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildLibrary } from "./build-library.ts";
import { type Block, JobLog } from "./job-log.ts";
import { judgeJob } from "./judge-job.ts";
import { runJob } from "./run-job.ts";
import { mostFilesPerSeries, writeDescription } from "./write-description.ts";

const { values } = parseArgs({
  options: {
    files: { type: "string", default: "10000000" },
    "per-folder": { type: "string", default: "1000" },
    workers: { type: "string", default: "4" },
    headers: { type: "string", default: "none" },
    folder: { type: "string" },
    again: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
  },
});
const files = Number(values.files);
const filesPerSeries = Number(values["per-folder"]);
if (!(filesPerSeries >= 1 && filesPerSeries <= mostFilesPerSeries)) {
  throw new Error(`--per-folder goes from 1 to ${mostFilesPerSeries}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function sayBlock(block: Block): void {
  const rate = block.rate === 0 ? "after reading" : `${block.rate.toFixed(0)} files/s`;
  const memory = `memory median ${block.medianMiB.toFixed(0)}, peak ${block.peakMiB.toFixed(0)} MiB`;
  const load = `load ${loadavg()[0]?.toFixed(1)}`;
  say(
    `${String(block.files).padStart(10)} files  ${block.seconds.toFixed(1)} s  ${rate}  cpu ${block.cpuSeconds.toFixed(1)} s  ${memory}  ${load}`,
  );
}

async function measureJob(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  database: string,
): Promise<void> {
  const log = new JobLog(files, Math.min(1_000_000, Math.ceil(files / 10)));
  const end = await runJob(log, { words, env, onBlock: sayBlock });
  if (end.errors !== "") say(end.errors);
  for (const [phase, seconds] of log.phases) say(`${phase} first seen at ${seconds.toFixed(1)} s`);
  say(`total     ${end.seconds.toFixed(1)} s, ${(files / end.seconds).toFixed(0)} files/s`);
  say(`database  ${(statSync(database).size / files).toFixed(0)} bytes per instance`);
  const { content = {}, states = {}, problems = [] } = end.result ?? {};
  say(`content   ${JSON.stringify(content)}`);
  say(`files     ${JSON.stringify(states)}`);
  for (const problem of problems) say(`problem   ${problem.code}, ${problem.count}`);
  for (const { what, value, isKept } of judgeJob(files, log, end)) {
    say(`${isKept ? "kept    " : "NOT KEPT"}  ${what}: ${value}`);
    if (!isKept) process.exitCode = 1;
  }
}

const folder = realpathSync(mkdtempSync(join(values.folder ?? tmpdir(), "nils-scale-")));
try {
  const root = join(folder, "archive");
  const database = join(folder, "nils.db");
  const env = {
    LD_PRELOAD: buildLibrary(folder),
    NILS_SIMULATED_ARCHIVE: writeDescription(folder, root, { files, filesPerSeries }),
  };
  const cohort = ["extract", "--cohort", "scale", "--source", root, "--database", database];
  const words = [...cohort, "--workers", values.workers, "--headers", values.headers];
  await measureJob(words, env, database);
  if (values.again) {
    say("once more, unchanged");
    await measureJob(words, env, database);
  }
  if (values.keep) say(`kept in   ${folder}`);
} finally {
  if (!values.keep) rmSync(folder, { recursive: true, force: true });
}
