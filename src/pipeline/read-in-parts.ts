/**
 * Files that are read in tasks of several: a reader that fails costs the file it was on, and the rest of its
 * task is done again.
 */
import type { ReaderFailure, TaskOutcome } from "#pipeline/parse/reader-pool.ts";
import type { StopSign } from "#pipeline/stop-sign.ts";

/** What became of one file: without a result it could not be read; `failure` when its reader failed. */
export interface ReadOutcome<Result> {
  readonly result: Result | null;
  readonly failure: ReaderFailure | null;
}

/** Outcomes in the order of the items; undefined as soon as the sign is raised, whatever is still being read. */
export async function readInParts<Item, Result>(
  stop: StopSign,
  items: readonly Item[],
  perTask: number,
  read: (part: readonly Item[]) => Promise<TaskOutcome<readonly (Result | null)[]>>,
): Promise<ReadOutcome<Result>[] | undefined> {
  const parts: Promise<ReadOutcome<Result>[]>[] = [];
  for (let first = 0; first < items.length; first += perTask) {
    parts.push(readPart(items.slice(first, first + perTask), read));
  }
  return (await stop.orRaised(Promise.all(parts)))?.flat();
}

async function readPart<Item, Result>(
  part: readonly Item[],
  read: (part: readonly Item[]) => Promise<TaskOutcome<readonly (Result | null)[]>>,
): Promise<ReadOutcome<Result>[]> {
  const outcomes = part.map((): ReadOutcome<Result> => ({ result: null, failure: null }));
  let rest = part.map((_, index) => index);
  while (rest.length > 0) {
    const { result, failure } = await read(rest.map((index) => part[index] as Item));
    if (result !== null) {
      rest.forEach((index, each) => {
        outcomes[index] = { result: result[each] ?? null, failure: null };
      });
      break;
    }
    if (failure === null) break; // the pool was closed
    const failed = rest[Math.min(failure.file, rest.length - 1)] as number;
    outcomes[failed] = { result: null, failure: failure.code };
    rest = rest.filter((index) => index !== failed);
  }
  return outcomes;
}
