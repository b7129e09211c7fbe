/** The table of bars: what each row has to reach, and what it should. */

export type Unit = "×" | "frames/s" | "MiB" | "bytes" | "µs" | "s" | "ms";

export interface Bar {
  /** Id of the row that measures it. */
  readonly row: string;
  readonly what: string;
  readonly unit: Unit;
  readonly isLargerBetter: boolean;
  /** A floor, or a ceiling. */
  readonly bar: number;
  readonly aim: number;
  /** Is there nothing yet that could be measured? */
  readonly isBuilt: boolean;
}

const atLeast = (row: string, what: string, unit: Unit, bar: number, aim: number): Bar => ({
  row,
  what,
  unit,
  isLargerBetter: true,
  bar,
  aim,
  isBuilt: true,
});

const atMost = (row: string, what: string, unit: Unit, bar: number, aim: number): Bar => ({
  ...atLeast(row, what, unit, bar, aim),
  isLargerBetter: false,
});

/** In the order of the table. Measured on two cores, the page cache warm, with generated MR headers. */
export const bars: readonly Bar[] = [
  atLeast("bare-loop", "speed against a bare loop in C, 200k small files", "×", 0.08, 0.15),
  atLeast("dicomtocsv", "speed against dicomtocsv, as many tags", "×", 3.5, 6),
  atLeast("gdcmscanner", "speed against gdcmscanner, as many tags", "×", 5, 9),
  atLeast("pydicom", "speed against pydicom into SQLite", "×", 80, 150),
  atLeast("pydicom-pool", "speed against pydicom in a pool of four", "×", 35, 65),
  atLeast("csa-headers", "speed of 78 KiB headers with CSA against small ones", "×", 0.6, 0.85),
  atLeast("frames", "enhanced object of 10k frames read, one thread", "frames/s", 50_000, 150_000),
  atLeast(
    "frames-stored",
    "enhanced objects of 10k frames read, grouped, stored",
    "frames/s",
    50_000,
    150_000,
  ),
  atLeast("second-job", "speed of a second job against find -printf", "×", 0.6, 1),
  { ...atLeast("postgres", "speed of PostgreSQL against SQLite", "×", 0.4, 0.7), isBuilt: false },
  atMost("growth", "cost per file, 1M files against 10k", "×", 1.15, 1.05),
  atMost("growth-random", "cost per file, 1M files with random UIDs against 10k", "×", 1.5, 1.2),
  atMost("memory", "peak memory, four workers, any archive", "MiB", 320, 220),
  atMost("database-bytes", "database per instance, no headers", "bytes", 500, 400),
  atMost("stacks", "stacks of 1M frames in ordinary series, per frame", "µs", 5, 2.5),
  atMost("stacks-series", "stacks of one series of 100k frames", "s", 2, 1),
  atMost("stacks-distinct", "stacks of one series of 100k frames, all distinct", "s", 10, 5),
  { ...atMost("pages", "any page's requests at 1M instances", "ms", 200, 100), isBuilt: false },
  atMost("start-version", "built command line, --version, to first output", "ms", 150, 80),
  atMost("start-help", "built command line, --help, to first output", "ms", 150, 80),
];

export type Verdict = "aim reached" | "bar reached" | "missed";

export function judge({ isLargerBetter, bar, aim }: Bar, figure: number): Verdict {
  const reaches = (goal: number): boolean => (isLargerBetter ? figure >= goal : figure <= goal);
  if (reaches(aim)) return "aim reached";
  return reaches(bar) ? "bar reached" : "missed";
}
