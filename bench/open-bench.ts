import { requireArchive } from "./rows/measuring/archives.ts";
import { buildBareLoop } from "./rows/measuring/bare-loop.ts";
import { buildProgram } from "./rows/measuring/build-program.ts";
import type { Bench } from "./rows/row.ts";

export interface BenchOptions {
  readonly turns: number;
  readonly scale: number;
  readonly archives: string;
  readonly scratch: string;
  readonly onProgress: (text: string) => void;
}

/** What the rows need; things are made when a row first asks for them. */
export function openBench({ turns, scale, archives, scratch, onProgress }: BenchOptions): Bench {
  let built: string | null = null;
  return {
    turns,
    scale,
    scratch,
    bareLoop: buildBareLoop(scratch),
    archive: (name) =>
      requireArchive(
        { folder: archives, scale, onMake: () => onProgress(`making the archive ${name}`) },
        name,
      ),
    build() {
      if (built === null) onProgress("building the program");
      built ??= buildProgram();
      return built;
    },
  };
}
