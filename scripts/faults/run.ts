/**
 * `npm run test:faults -- [--kinds database,wal] [--calls write,sync] [--every K] [--seed S]`: extractions and exports
 * of a small archive in which one call of the system fails, or that one and all after it, for each call in turn. Ends
 * 1 when a promise was broken: see fault-run.ts for what is looked at.
 */
import { parseArgs } from "node:util";
import { whyNoFaults } from "./build-shim.ts";
import { FaultLab } from "./fault-lab.ts";
import { prepareExpected } from "./fault-run.ts";
import { listFaultSeries, type PathKind, pathKinds } from "./fault-series.ts";
import { type SeriesResult, walkSeries } from "./walk-series.ts";

const { values } = parseArgs({
  options: {
    kinds: { type: "string", default: pathKinds.join(",") },
    calls: { type: "string", default: "" },
    every: { type: "string", default: "1" },
    seed: { type: "string", default: "0" },
  },
});
const why = whyNoFaults();
if (why !== null) throw new Error(`faults cannot be injected: ${why}`);
const isKind = (word: string): word is PathKind => pathKinds.some((kind) => kind === word);
const kinds = values.kinds.split(",").filter(isKind);
if (kinds.length === 0) throw new Error(`--kinds takes ${pathKinds.join(", ")}`);
const calls = values.calls.split(",").filter((word) => word !== "");
const write = (line: string): void => void process.stdout.write(`${line}\n`);

const lab = new FaultLab();
const results: SeriesResult[] = [];
/** Ends by status and sentence, for a person to read. */
const ends = new Map<string, number>();
try {
  await lab.writeArchive();
  const expected = await prepareExpected(lab);
  for (const series of listFaultSeries(kinds, calls)) {
    const { kind, call, errno, isSticky } = series;
    const name = `${kind} ${call} ${errno} ${isSticky ? "for ever" : "once"}`;
    const result = await walkSeries(lab, expected, series, {
      every: Number(values.every),
      seed: Number(values.seed),
      onRun: (_nth, { status, stderr }) => {
        const told = stderr
          .trim()
          .replaceAll(lab.folder, "…")
          .replaceAll(/…\/\d+-/g, "…/");
        const end = `${kind} ${status}: ${told}`;
        ends.set(end, (ends.get(end) ?? 0) + 1);
      },
    });
    results.push(result);
    process.stderr.write(`${name}: ${result.runs} runs, ${result.failures.length} failures\n`);
    for (const { nth, wrongs } of result.failures) {
      write(`FAILED ${name}, call ${nth}: ${wrongs.join("; ").replaceAll(lab.folder, "…")}`);
    }
  }
} finally {
  lab.remove();
}
const widths = [9, 9, 10, 9, 5, 8];
const writeRow = (cells: readonly (string | number)[]): void =>
  write(cells.map((cell, column) => String(cell).padEnd(widths[column] ?? 0)).join(" "));
writeRow(["call", "kind", "error", "", "runs", "failures"]);
for (const { series, runs, failures } of results) {
  if (runs === 0) continue;
  const { call, kind, errno, isSticky } = series;
  writeRow([call, kind, errno, isSticky ? "for ever" : "once", runs, failures.length]);
}
for (const [end, runs] of [...ends].sort(([, a], [, b]) => b - a)) write(`${runs} × ${end}`);
const sum = (of: (result: SeriesResult) => number): number =>
  results.reduce((total, result) => total + of(result), 0);
const failures = sum((result) => result.failures.length);
write(`seed ${values.seed}: ${sum(({ runs }) => runs)} runs met a fault, ${failures} failed`);
process.exitCode = failures > 0 ? 1 : 0;
