import { join } from "node:path";
import { extractAnew } from "./measuring/extraction.ts";
import { pairwise } from "./measuring/in-turns.ts";
import { describeCost } from "./measuring/process-cost.ts";
import { measureInTurns, type Row } from "./row.ts";

/** Large headers, with CSA blobs before wanted elements, against as many small ones. */
export const csaHeadersRow: Row = {
  id: "csa-headers",
  async measure(bench) {
    const small = bench.archive("small40k");
    const large = bench.archive("csa40k");
    const program = bench.build();
    const database = join(bench.scratch, "nils.db");
    const { results, canary } = await measureInTurns(bench, large, {
      small: () => extractAnew({ program, source: small.folder, database }),
      large: () => extractAnew({ program, source: large.folder, database }),
    });
    return {
      samples: pairwise(results.small, results.large, (a, b) => a.seconds / b.seconds),
      notes: [
        `small ${describeCost(results.small, small.files)}; large ${describeCost(results.large, large.files)}`,
        canary,
      ],
    };
  },
};
