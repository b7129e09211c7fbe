/** What an entry of the table of fault kinds holds. */

/** A test that proves it: the file from the repository's root, and the title as it is written there. */
export interface ProvingTest {
  readonly file: string;
  readonly title: string;
}

export interface FaultKind {
  /** From 1 to 56, as in the list that the table follows. */
  readonly number: number;
  readonly group: FaultGroup;
  readonly name: string;
  /** Each different case of it; none where this program cannot meet it. */
  readonly cases: readonly FaultCase[];
  readonly tests: readonly ProvingTest[];
  /** Why there is no test; null where there is one. */
  readonly whyNot: string | null;
}

export type FaultGroup =
  | "names"
  | "types"
  | "permissions"
  | "races"
  | "input and output"
  | "mounts"
  | "processes and database";

export interface FaultCase {
  /** What is looked at, for example `the link`. */
  readonly of: string;
  /** State of the ledger's row; null where nothing is said of a file. */
  readonly state: string | null;
  readonly code: string | null;
  /** A part of what a person is told; null where nothing is said but the counts. */
  readonly message: string | null;
  readonly exitStatus: number;
}
