/** Walks a series of faults: its first call fails, its second, and so on until a run meets no fault. */
import type { FaultLab } from "./fault-lab.ts";
import { type Expected, type FaultOutcome, runFault } from "./fault-run.ts";
import type { FaultSeries } from "./fault-series.ts";

/** Each of the first calls fails in turn: opening and looking for what is there are among them. */
const firstCalls = 4;

export interface WalkOptions {
  /** After the first calls every so-many-th one fails. */
  readonly every: number;
  /** Moves which ones. */
  readonly seed: number;
  /** Told of each run that met its fault. */
  readonly onRun?: (nth: number, outcome: FaultOutcome) => void;
}

export interface SeriesResult {
  readonly series: FaultSeries;
  readonly runs: number;
  readonly failures: readonly { readonly nth: number; readonly wrongs: readonly string[] }[];
}

export async function walkSeries(
  lab: FaultLab,
  expected: Expected,
  series: FaultSeries,
  options: WalkOptions,
): Promise<SeriesResult> {
  const failures: { nth: number; wrongs: readonly string[] }[] = [];
  let runs = 0;
  for (const nth of listCalls(options)) {
    const outcome = await runFault(lab, expected, series, nth);
    if (outcome.wrongs.length > 0) failures.push({ nth, wrongs: outcome.wrongs });
    if (!outcome.hasFired) break;
    runs += 1;
    options.onRun?.(nth, outcome);
  }
  return { series, runs, failures };
}

function* listCalls({ every, seed }: WalkOptions): Generator<number> {
  for (let nth = 1; nth <= firstCalls; nth++) yield nth;
  for (let nth = firstCalls + 1 + (seed % every); ; nth += every) yield nth;
}
