/**
 * `npm run bench [-- --help]`: measures every row of the table of bars on this machine and prints what was reached.
 * Ends 1 when something failed, 2 on wrong use; a missed bar is no failure.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { readVersion } from "#cli/version.ts";
import { type Bar, bars } from "./bars.ts";
import { readCommit } from "./commit.ts";
import { describeMachine, writeMachine } from "./machine.ts";
import { openBench } from "./open-bench.ts";
import { type Options, parseOptions, usage } from "./options.ts";
import { type ReportRow, writeFigure, writeReport } from "./report.ts";
import { loadNewestResults, type Results, saveResults } from "./results.ts";
import { spreadOf } from "./rows/measuring/spread.ts";
import type { Bench, Outcome } from "./rows/row.ts";
import { rows } from "./rows/rows.ts";

/** What ends a run early; it is not left to the system, so that the databases are removed. */
const signals = [
  { signal: "SIGINT", status: 130 },
  { signal: "SIGTERM", status: 143 },
] as const;

/** Load average from which on others are in the way. */
const BUSY = 0.5;

async function main(): Promise<void> {
  const options = readOptions();
  if (options === "help") {
    console.log(usage);
    return;
  }
  mkdirSync(options.folder, { recursive: true });
  const archives = realpathSync(options.folder);
  const scratch = mkdtempSync(join(archives, "scratch-"));
  process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
  for (const { signal, status } of signals) process.once(signal, () => process.exit(status));
  const [loadBefore = 0] = loadavg();
  const bench = openBench({ ...options, archives, scratch, onProgress: console.error });
  // What is stored is of full size.
  const before = options.saves || options.scale !== 1 ? null : loadNewestResults();
  const measured: ReportRow[] = [];
  for (const bar of bars.filter(({ row }) => options.rows.includes(row))) {
    const outcome = await measure(bar, bench);
    measured.push({ bar, outcome, before: before?.rows[bar.row] ?? null });
    // A run takes long; whoever ends it early has seen what there was.
    console.error(`${bar.row}: ${writeFigure(bar, outcome)}`);
  }
  const machine = describeMachine(archives);
  console.log(`${writeReport(measured)}\n${writeMachine(machine)}`);
  for (const line of describeRun(options, loadBefore, before)) console.log(line);
  if (!options.saves) return;
  const { turns, scale } = options;
  const made = { version: readVersion(), date: new Date().toISOString(), commit: readCommit() };
  console.log(
    `saved in ${saveResults({ ...made, scale, turns, loadBefore, machine, rows: figuresOf(measured) })}`,
  );
}

function readOptions(): Options | "help" {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}

/** A row that fails is told of; the others are measured all the same. */
async function measure(bar: Bar, bench: Bench): Promise<Outcome> {
  if (!bar.isBuilt) return { reason: "not built yet" };
  const row = rows.find(({ id }) => id === bar.row);
  if (row === undefined) throw new Error(`no row measures ${bar.row}`);
  try {
    return await row.measure(bench);
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
    return { reason: "it failed, see above" };
  }
}

function describeRun(
  { turns, scale }: Options,
  loadBefore: number,
  before: Results | null,
): string[] {
  return [
    `Median of ${turns} ${turns === 1 ? "turn" : "turns"}, lowest to highest; of the starts, 20.`,
    ...(loadBefore < BUSY
      ? []
      : [`Others worked on this machine (load ${loadBefore.toFixed(1)} before): trust no figure.`]),
    ...(scale === 1 ? [] : [`Sizes times ${scale}: the verdicts mean nothing.`]),
    ...(before === null
      ? []
      : [
          `Changes since ${before.version} at ${before.commit}, ${before.date.slice(0, 10)}, on: ${writeMachine(before.machine)}`,
        ]),
  ];
}

function figuresOf(measured: readonly ReportRow[]): Results["rows"] {
  return Object.fromEntries(
    measured.flatMap(({ bar, outcome }) =>
      "reason" in outcome ? [] : [[bar.row, spreadOf(outcome.samples)]],
    ),
  );
}

await main();
