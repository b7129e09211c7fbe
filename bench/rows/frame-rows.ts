/** Enhanced objects of many frames: how many frames a second one thread reads, and what storing them adds. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Archive } from "./measuring/archives.ts";
import { extractAnew } from "./measuring/extraction.ts";
import { pairwise } from "./measuring/in-turns.ts";
import { writeSpread } from "./measuring/number-text.ts";
import { type FramesRead, readFrames } from "./measuring/read-frames.ts";
import { measureInTurns, type Row } from "./row.ts";

export const frameRows: readonly Row[] = [
  {
    id: "frames",
    async measure(bench) {
      const [ordinary, large] = [
        firstFile(bench.archive("enhanced10k")),
        firstFile(bench.archive("enhanced36k")),
      ];
      const cold = rateOf(readFrames(ordinary));
      const { results, canary } = await measureInTurns(bench, bench.archive("small10k"), {
        ordinary: async () => rateOf(readFrames(ordinary)),
        large: async () => rateOf(readFrames(large)),
      });
      return {
        samples: results.ordinary,
        notes: [
          `of 36,000 frames ${writeSpread(results.large)} frames/s`,
          `the first object that a process reads ${writeSpread([cold])} frames/s`,
          canary,
        ],
      };
    },
  },
  {
    id: "frames-stored",
    async measure(bench) {
      const start = bench.archive("start");
      const objects = bench.archive("enhanced10k");
      const program = bench.build();
      const database = join(bench.scratch, "nils.db");
      const { results, canary } = await measureInTurns(bench, bench.archive("small10k"), {
        start: () => extractAnew({ program, source: start.folder, database }),
        objects: () => extractAnew({ program, source: objects.folder, database }),
      });
      const rate = (a: number, b: number): number => objects.frames / (b - a);
      const wall = pairwise(results.start, results.objects, (a, b) => rate(a.seconds, b.seconds));
      return {
        samples: pairwise(results.start, results.objects, (a, b) =>
          rate(a.cpuSeconds, b.cpuSeconds),
        ),
        notes: [
          `${objects.files} objects, frames per second of processor time of all threads, start-up taken off`,
          `by the clock ${writeSpread(wall)} frames/s`,
          canary,
        ],
      };
    },
  },
];

function firstFile({ folder }: Archive): string {
  return join(folder, readdirSync(folder)[0] ?? "");
}

const rateOf = ({ frames, seconds }: FramesRead): number => frames / seconds;
