/** Digests of files that met another with the same SOP Instance UID. */
import type { JobRun } from "#pipeline/job-run.ts";
import { readInParts } from "#pipeline/read-in-parts.ts";
import type { ContestFile, FileDigests } from "#store/settlement.ts";

/** Files that one reader digests at a time. */
const filesPerTask = 8;

/** By file id, null of those that could not be read; undefined when the job is stopped meanwhile. */
export async function digestFiles(
  { pool, stop }: Pick<JobRun, "pool" | "stop">,
  files: readonly ContestFile[],
): Promise<ReadonlyMap<number, FileDigests | null> | undefined> {
  const outcomes = await readInParts(stop, files, filesPerTask, (part) =>
    pool.readDigests(part.map((file) => file.path)),
  );
  if (outcomes === undefined) return undefined;
  return new Map(
    outcomes.map(({ result }, index) => [(files[index] as ContestFile).fileId, result]),
  );
}
