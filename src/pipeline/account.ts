/** The account of a job: the two sums that must hold at every end, and what they say. Pure. */
import type { JobCounts } from "#store/job.ts";
import type { FileCount, FileState, LedgerSums } from "#store/ledger.ts";

export interface Account {
  /** Sentences on what does not add up; none when all does. */
  readonly imbalances: readonly string[];
  readonly byState: Readonly<Partial<Record<FileState, number>>>;
  readonly ledgerRows: number;
}

/** Sum of what found files became. */
export function sumFound(counts: JobCounts): number {
  return (
    counts.unchanged +
    counts.new +
    counts.changed +
    counts.readAgain +
    counts.waiting +
    counts.pending
  );
}

/**
 * First sum: found = unchanged + new + changed + read again + waiting + pending. Second: rows of the ledger =
 * found + kept + missing = sum over states, the rows counted against the counters kept with each batch. A job
 * that did not see everything has rows of its own count, so that only the states are compared.
 */
export function checkAccount(
  counts: JobCounts,
  counted: LedgerSums,
  counters: readonly FileCount[],
  wasComplete: boolean,
): Account {
  const imbalances: string[] = [];
  const states = new Map(counted.files.map(({ state, files }) => [state, files]));
  const kept = new Map(counters.map(({ state, files }) => [state, files]));
  for (const state of new Set([...states.keys(), ...kept.keys()])) {
    const rows = states.get(state) ?? 0;
    const counter = kept.get(state) ?? 0;
    if (rows !== counter) {
      imbalances.push(
        `The ledger has ${rows} rows of state ${state} and the counters say ${counter}.`,
      );
    }
  }
  if (sumFound(counts) !== counts.found) {
    imbalances.push(`${counts.found} files were found and ${sumFound(counts)} are accounted for.`);
  }
  const ledgerRows = counted.files.reduce((sum, { files }) => sum + files, 0);
  const expected = counts.found + counts.kept + (states.get("missing") ?? 0);
  if (wasComplete && ledgerRows !== expected) {
    imbalances.push(
      `The ledger has ${ledgerRows} rows and ${expected} were expected: ${counts.found} found, ${counts.kept} kept, ${states.get("missing") ?? 0} missing.`,
    );
  }
  return { imbalances, byState: Object.fromEntries(states), ledgerRows };
}
