/** How long the built command line takes to its first output. */
import { timeFirstOutput } from "./measuring/time-first-output.ts";
import { type Bench, measureInTurns, type Outcome, type Row } from "./row.ts";

const STARTS = 20;

export const startRows: readonly Row[] = [
  { id: "start-version", measure: (bench) => timeStart(bench, "--version") },
  { id: "start-help", measure: (bench) => timeStart(bench, "--help") },
];

/** The first start, which compiles and keeps what it compiled, is not counted. */
async function timeStart(bench: Bench, word: string): Promise<Outcome> {
  const words = [bench.build(), word];
  const start = () => timeFirstOutput(process.execPath, words, { XDG_CACHE_HOME: bench.scratch });
  const first = await start();
  const { results, canary } = await measureInTurns(
    bench,
    bench.archive("small10k"),
    { start },
    STARTS,
  );
  return {
    samples: results.start,
    notes: [`not counted, the first start of all ${Math.round(first)} ms`, canary],
  };
}
