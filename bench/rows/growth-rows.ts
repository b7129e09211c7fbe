/** Does a file cost more in a large archive than in a small one? Start-up is taken off both. */
import { join } from "node:path";
import { type Extraction, extractAnew } from "./measuring/extraction.ts";
import { pairwise } from "./measuring/in-turns.ts";
import { writeSpread } from "./measuring/number-text.ts";
import { describeCost } from "./measuring/process-cost.ts";
import type { ArchiveName } from "./measuring/recipes.ts";
import { type Bench, measureInTurns, type Outcome, type Row } from "./row.ts";

export const growthRows: readonly Row[] = [
  { id: "growth", measure: (bench) => measureGrowth(bench, "small200k", "small1m") },
  { id: "growth-random", measure: (bench) => measureGrowth(bench, "random200k", "random1m") },
];

async function measureGrowth(
  bench: Bench,
  middleName: ArchiveName,
  manyName: ArchiveName,
): Promise<Outcome> {
  const start = bench.archive("start");
  // Counted-up UIDs, in either row: what random ones cost shall be seen whatever the size.
  const few = bench.archive("small10k");
  const middle = bench.archive(middleName);
  const many = bench.archive(manyName);
  const program = bench.build();
  const database = join(bench.scratch, "nils.db");
  const { results, canary } = await measureInTurns(bench, many, {
    start: () => extractAnew({ program, source: start.folder, database }),
    few: () => extractAnew({ program, source: few.folder, database }),
    middle: () => extractAnew({ program, source: middle.folder, database }),
    many: () => extractAnew({ program, source: many.folder, database }),
  });
  const perFile = (runs: readonly Extraction[], files: number): number[] =>
    pairwise(runs, results.start, (a, b) => (a.seconds - b.seconds) / files);
  const ofFew = perFile(results.few, few.files);
  const ratio = (costs: readonly number[]): number[] => pairwise(costs, ofFew, (a, b) => a / b);
  return {
    samples: ratio(perFile(results.many, many.files)),
    notes: [
      `start-up included, ${few.files} files ${describeCost(results.few, few.files)}; ${many.files} files ${describeCost(results.many, many.files)}`,
      `of ${middle.files} files ${writeSpread(ratio(perFile(results.middle, middle.files)))} ×`,
      canary,
    ],
  };
}
