import { join } from "node:path";
import { runBareLoop } from "./measuring/bare-loop.ts";
import { extractAnew } from "./measuring/extraction.ts";
import { pairwise } from "./measuring/in-turns.ts";
import { writeSpread } from "./measuring/number-text.ts";
import { describeCost } from "./measuring/process-cost.ts";
import { installCompiler, measureInTurns, type Row } from "./row.ts";

/** Extraction against the least that reading so many files can cost. */
export const bareLoopRow: Row = {
  id: "bare-loop",
  async measure(bench) {
    const { bareLoop, scratch } = bench;
    if (bareLoop === null) return { reason: installCompiler };
    const archive = bench.archive("small200k");
    const program = bench.build();
    const database = join(scratch, "nils.db");
    const { results, canary } = await measureInTurns(bench, archive, {
      ours: () => extractAnew({ program, source: archive.folder, database }),
      loop: () => runBareLoop(bareLoop, archive),
    });
    const { ours, loop } = results;
    const cpu = pairwise(ours, loop, (a, b) => b.cpuSeconds / a.cpuSeconds);
    return {
      samples: pairwise(ours, loop, (a, b) => b.seconds / a.seconds),
      notes: [
        `ours ${describeCost(ours, archive.files)}; the loop ${describeCost(loop, archive.files)}`,
        `by processor time ${writeSpread(cpu)}`,
        canary,
      ],
    };
  },
};
