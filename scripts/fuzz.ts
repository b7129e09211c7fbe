/**
 * `npm run fuzz -- --cases N [--seed S] [--from N | --only N] [--samples DIR]`: headers of the demo archive, and of
 * the samples where they are, damaged and read as a job reads them. `--only` makes one case again and shows its
 * edits; it needs the same samples. Ends 1 when a case fails or memory grows beyond the bar.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { CaseChecker } from "./fuzz/case-checker.ts";
import { writeEdit } from "./fuzz/edit-text.ts";
import { listDemoSeedFiles, listSampleSeedFiles } from "./fuzz/list-seed-files.ts";
import { makeCase } from "./fuzz/make-case.ts";
import { type FuzzReport, runCases } from "./fuzz/run-cases.ts";

/**
 * What reading may add to this program with its seed files. `npm run fuzz` has glibc give large buffers back: each
 * case makes a file's copies anew, which no job does, and in three million cases their remains come to 100 MiB.
 */
const MEMORY_BAR_MIB = 256;
/**
 * How much more may be held in the last three tenths of a run than in the three after the first one, at the least:
 * the reader's caches fill to 4 MiB each before they are emptied, over more cases than a tenth of a short run has.
 */
const CACHES_MIB = 16;
/** Cases between two looks at memory. */
const SAMPLED = 10_000;

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    only: { type: "string" },
    samples: { type: "string" },
  },
});
const beside = fileURLToPath(new URL("../../shared/dicom/", import.meta.url));
const samples = values.samples ?? (existsSync(beside) ? beside : "");
const files = [...listDemoSeedFiles(), ...(samples === "" ? [] : listSampleSeedFiles(samples))];
const seed = Number(values.seed);
const from = Number(values.only ?? values.from);
const cases = values.only === undefined ? Number(values.cases) : 1;
const write = (line: string): void => void process.stdout.write(`${line}\n`);
const mebibytes = (bytes: number): number => bytes / 2 ** 20;

if (values.only !== undefined) {
  const { file, mutations, edits } = makeCase(files, seed, from);
  write(`${file}: ${mutations.join(", ")}\n${edits.map(writeEdit).join(" ")}`);
}
/** MiB held after a collection, now and then. */
const held: number[] = [];
const before = mebibytes(process.memoryUsage.rss());
const began = performance.now();
const checker = new CaseChecker();
try {
  const report = runCases(checker, {
    files,
    seed,
    from,
    cases,
    onProgress: (done) => {
      if (done % SAMPLED !== 0) return;
      globalThis.gc?.();
      const { heapUsed, external, rss } = process.memoryUsage();
      held.push(mebibytes(heapUsed + external));
      const rate = (done * 1000) / (performance.now() - began);
      process.stderr.write(
        `${done} cases, ${rate.toFixed(0)}/s, ${mebibytes(rss).toFixed(0)} MiB\n`,
      );
    },
  });
  const seconds = (performance.now() - began) / 1000;
  writeReport(report, seconds);
} finally {
  checker.close();
}

function writeReport(report: FuzzReport, seconds: number): void {
  for (const { fault, cases: count, examples } of report.failures.values()) {
    write(`FAILED ${count} times: ${fault}`);
    for (const { number, file, mutations, faults, edits } of examples) {
      write(`  --seed ${seed} --only ${number}: ${file}: ${mutations.join(", ")}`);
      for (const each of faults) write(`    ${each}`);
      write(`    ${edits.map(writeEdit).join(" ")}`);
    }
  }
  const failed = [...report.failures.values()].reduce((sum, { cases: count }) => sum + count, 0);
  const peak = process.resourceUsage().maxRSS / 1024 - before;
  write(
    `seed ${seed}: ${report.cases} cases from ${from} of ${files.length} files in ${seconds.toFixed(0)} s (${(report.cases / seconds).toFixed(0)}/s), ${failed} failed`,
  );
  for (const { milliseconds, number, file, bytes } of report.slowest) {
    write(`slowest: ${milliseconds.toFixed(1)} ms, case ${number}, ${bytes} bytes, ${file}`);
  }
  const { perByte, number } = report.mostSteps;
  write(`most steps per byte: ${perByte.toFixed(3)}, case ${number}`);
  const tenths = listTenths();
  write(
    `memory: ${before.toFixed(0)} MiB before the first case, at most ${peak.toFixed(0)} more (bar ${MEMORY_BAR_MIB})`,
  );
  write(`held in each tenth at the least, MiB: ${tenths.map((size) => size.toFixed(1)).join(" ")}`);
  write(`outcomes: ${listCounts(report.states)}`);
  write(`stopped: ${listCounts(report.stops)}`);
  const isFlat =
    tenths.length < 10 ||
    Math.min(...tenths.slice(-3)) <= Math.min(...tenths.slice(1, 4)) + CACHES_MIB;
  if (!isFlat) write("memory grows");
  if (failed > 0 || peak > MEMORY_BAR_MIB || !isFlat) process.exitCode = 1;
}

function listTenths(): number[] {
  const perTenth = held.length / 10;
  if (perTenth < 1) return held;
  return Array.from({ length: 10 }, (_, tenth) =>
    Math.min(...held.slice(Math.floor(tenth * perTenth), Math.floor((tenth + 1) * perTenth))),
  );
}

function listCounts(counts: ReadonlyMap<string, number>): string {
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.map(([key, count]) => `${key} ${count}`).join(", ");
}
