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
];
