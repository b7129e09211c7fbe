/** A row of the table of bars as something to be measured; what its figure is compared with is in bars.ts. */
import type { Archive } from "./measuring/archives.ts";
import { runBareLoop } from "./measuring/bare-loop.ts";
import { inTurns } from "./measuring/in-turns.ts";
import { writeSpread } from "./measuring/number-text.ts";
import type { ArchiveName } from "./measuring/recipes.ts";

export interface Row {
  readonly id: string;
  measure(bench: Bench): Promise<Outcome>;
}

/** What a run of the benchmark gives to each row. */
export interface Bench {
  /** How often each measurement is taken. */
  readonly turns: number;
  /** Factor on the sizes of all archives and series. */
  readonly scale: number;
  /** Folder for databases and other things that nobody wants afterwards. */
  readonly scratch: string;
  /** The program of bare-loop.c; null where there is no compiler. */
  readonly bareLoop: string | null;
  /** Makes the archive if need be, and reads all of it once. */
  archive(name: ArchiveName): Archive;
  /** Builds the program as it is published, and returns the path of its command line. */
  build(): string;
}

export type Outcome = Measured | NotMeasured;

export interface Measured {
  /** One figure of each turn, in the unit of the row's bar. */
  readonly samples: readonly number[];
  /** Sentences about what the figure does not say. */
  readonly notes: readonly string[];
}

export interface NotMeasured {
  readonly reason: string;
}

export const installCompiler = "gcc is missing: apt-get install gcc libc6-dev";

export interface Turns<Name extends string, Result> {
  readonly results: Record<Name, Result[]>;
  /** How fast the bare loop was meanwhile: lower figures mean a busy machine or a cold cache. */
  readonly canary: string;
}

/** Takes measurements in turns, the bare loop over `archive` before each turn. `turns`: default those of the run. */
export async function measureInTurns<Name extends string, Result>(
  { turns, bareLoop }: Bench,
  archive: Archive,
  measurements: Readonly<Record<Name, () => Promise<Result>>>,
  ownTurns = turns,
): Promise<Turns<Name, Result>> {
  const rates: number[] = [];
  const results = await inTurns(ownTurns, measurements, async () => {
    if (bareLoop === null) return;
    const { seconds } = await runBareLoop(bareLoop, archive);
    rates.push(archive.files / seconds);
  });
  const canary =
    bareLoop === null
      ? `no bare loop beside it: ${installCompiler}`
      : `bare loop beside it ${writeSpread(rates)} files/s`;
  return { results, canary };
}
