import { join } from "node:path";
import { extractAnew } from "./measuring/extraction.ts";
import { writeSpread } from "./measuring/number-text.ts";
import type { ArchiveName } from "./measuring/recipes.ts";
import { measureInTurns, type Row } from "./row.ts";

const names = [
  "small200k",
  "small1m",
  "random1m",
  "csa40k",
  "series100k",
  "enhanced10k",
  "enhanced36k",
] as const satisfies readonly ArchiveName[];

/** The largest of the peaks of archives of every kind, with the headers that a job keeps unless told otherwise. */
export const peakMemoryRow: Row = {
  id: "memory",
  async measure(bench) {
    const program = bench.build();
    const database = join(bench.scratch, "nils.db");
    const measurements = names.map((name) => {
      const { folder } = bench.archive(name);
      const extract = () =>
        extractAnew({
          program,
          source: folder,
          database,
          headers: "representative",
          watchesMemory: true,
        });
      return [name, async () => (await extract()).peakMiB] as const;
    });
    const { results, canary } = await measureInTurns(
      bench,
      bench.archive("small200k"),
      Object.fromEntries(measurements) as Record<ArchiveName, () => Promise<number>>,
    );
    const turns = Array.from({ length: bench.turns }, (_, turn) =>
      Math.max(...names.map((name) => results[name][turn] as number)),
    );
    return {
      samples: turns,
      notes: [
        ...names.map((name) => `${name} ${writeSpread(results[name])} MiB`),
        "pages that processes share count once",
        canary,
      ],
    };
  },
};
