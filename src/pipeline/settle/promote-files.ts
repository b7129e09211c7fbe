/** Reads files again so that they take over their instances. */
import type { JobRun } from "#pipeline/job-run.ts";
import { noteRows } from "#pipeline/note-rows.ts";
import type { Unit } from "#pipeline/parse/read-unit.ts";
import { readInParts } from "#pipeline/read-in-parts.ts";
import { makeSubjectFolderFinder } from "#pipeline/subject-folders.ts";
import type { ContestFile } from "#store/settlement.ts";

/** What the reader and the ledger find out of a file anew. */
const unknownTimes = { mtime: 0, ctime: 0 } as const;

/** Writes what was read, also of files that could not be; nothing when the job is stopped meanwhile. */
export async function promoteFiles(run: JobRun, files: readonly ContestFile[]): Promise<void> {
  const { store, job, pool, progress, stop } = run;
  const finder = makeSubjectFolderFinder(run.input.cohort.settings.subjectFolders);
  const unitOf = ({ folder, name, size }: ContestFile): Unit => ({
    folders: [{ path: folder, subjectFolder: finder(folder) }],
    files: [{ folder: 0, name, isKnown: true, size, ...unknownTimes }],
  });
  const outcomes = await readInParts(stop, files, 1, async ([file]) => {
    const { result, failure } = await pool.readUnit(unitOf(file as ContestFile));
    return { result: result === null ? null : [result], failure };
  });
  if (outcomes === undefined) return;
  const units = outcomes.map(({ result, failure }, index) => {
    const { folder, name, size } = files[index] as ContestFile;
    return (
      result ??
      noteRows([
        {
          folder,
          name,
          isKnown: true,
          size,
          ...unknownTimes,
          state: "unreadable",
          code: failure ?? "reader-crash",
          detail: null,
          recheck: false,
        },
      ])
    );
  });
  const { refused } = await store.writeBatch(job, [], units);
  progress.counts.refused += refused;
}
