/** What an entry of the table of fault kinds holds. */

export type FaultGroup =
  | "names and paths"
  | "types"
  | "permissions"
  | "races"
  | "input and output"
  | "mounts"
  | "processes and database";

export interface FaultKind {
  /** From 1 to 56. */
  readonly number: number;
  readonly group: FaultGroup;
  readonly name: string;
  /** Each different outcome; none where the kind cannot be met. */
  readonly outcomes: readonly FaultOutcome[];
  /** What proves it; none where `whyNot` says why. */
  readonly tests: readonly ProvingTest[];
  readonly whyNot: string | null;
}

export interface FaultOutcome {
  /** State and code of the ledger's row, for example `skipped symlink`; null where the kind is about no file. */
  readonly row: string | null;
  /** A part of what a person is told; null where it is what any job says of its counts. */
  readonly message: string | null;
  /** Of the command that met it. */
  readonly exitStatus: number;
}

/** The file from the repository's root, and the title of a test as it is written there. */
export interface ProvingTest {
  readonly file: string;
  readonly title: string;
}
