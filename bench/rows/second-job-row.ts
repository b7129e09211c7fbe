import { join } from "node:path";
import { extractAgain, extractAnew } from "./measuring/extraction.ts";
import { pairwise } from "./measuring/in-turns.ts";
import { measureProcess } from "./measuring/measure-process.ts";
import { describeCost } from "./measuring/process-cost.ts";
import { measureInTurns, type Row } from "./row.ts";

/** A job over an archive that is as it was, against `find` printing what such a job has to look at. */
export const secondJobRow: Row = {
  id: "second-job",
  async measure(bench) {
    const archive = bench.archive("small200k");
    const options = {
      program: bench.build(),
      source: archive.folder,
      database: join(bench.scratch, "known.db"),
    };
    await extractAnew(options);
    const words = [archive.folder, "-type", "f", "-printf", "%s %T@ %p\\n"];
    const { results, canary } = await measureInTurns(bench, archive, {
      ours: () => extractAgain(options),
      find: () => measureProcess({ program: "find", words }),
    });
    const { ours, find } = results;
    return {
      samples: pairwise(ours, find, (a, b) => b.seconds / a.seconds),
      notes: [
        `ours ${describeCost(ours, archive.files)}; find ${describeCost(find, archive.files)}`,
        canary,
      ],
    };
  },
};
