/** One command line typed into an installed package, and what must come of it. */
export interface PackageCheck {
  readonly program: "nils" | "neuro-backend";
  readonly words: readonly string[];
  readonly status: number;
  readonly stdout?: RegExp;
  readonly stderr?: RegExp;
}

/**
 * Run in this order, in one empty folder with an empty home, so that a check may use what one before it
 * made. Paths are relative to that folder.
 */
export const packageChecks: readonly PackageCheck[] = [
  { program: "nils", words: ["--version"], status: 0, stdout: /^nils \d+\.\d+\.\d+\n$/ },
  { program: "neuro-backend", words: ["--version"], status: 0, stdout: /^nils \d/ },
  { program: "neuro-backend", words: ["--help"], status: 0, stdout: /Usage: neuro-backend / },
  { program: "nils", words: [], status: 2, stderr: /Usage: nils / },
  { program: "nils", words: ["completion", "bash"], status: 0, stdout: /complete -F _nils nils/ },
  {
    program: "nils",
    words: ["exract"],
    status: 2,
    stderr: /^Unknown command 'exract'\..*'nils --help' shows what there is\.\n$/,
  },
  { program: "nils", words: ["demo", "archive"], status: 0, stdout: / are in archive\. / },
  {
    program: "nils",
    words: ["extract", "--cohort", "c", "--source", "archive"],
    status: 3, // the demo archive has files that deserve a look
    stdout: /^Found +(\d+) files in \d+ folders = \1 new$/m,
  },
  {
    program: "nils",
    words: ["extract", "--cohort", "c"],
    status: 3,
    stdout: /^Found +(\d+) files in \d+ folders = \1 unchanged$/m,
  },
  {
    program: "nils",
    words: ["dump", "--cohort", "c", "--sha256"],
    status: 0,
    stdout: /\b[0-9a-f]{64}\b/,
  },
  {
    program: "neuro-backend",
    words: ["extract", "--cohort", "seed", "--source", "archive", "--workers", "2"],
    status: 3,
    stdout: /^Next +neuro-backend export --cohort seed /m,
  },
  {
    program: "nils",
    words: ["export", "--cohort", "c", "--format", "parquet", "--out", "tables"],
    status: 0,
    stderr: /\d+ rows in .*v_stacks\.parquet/,
  },
];
