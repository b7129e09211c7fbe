/**
 * Settles who holds each contested instance. Smallest paths that are not the stored ones are read, which
 * makes them so; the others are compared by digests, which are made only here.
 */

import { joinPath, parentPath } from "#base/path-text.ts";
import type { JobRun } from "#pipeline/job-run.ts";
import { noteRows } from "#pipeline/note-rows.ts";
import type { Unit } from "#pipeline/parse/read-unit.ts";
import { makeSubjectFolderFinder } from "#pipeline/subject-folders.ts";
import { eachRow } from "#store/packed-rows.ts";
import type { Contest, ContestFile, Verdict } from "#store/settlement.ts";
import { judgeContest } from "./judge-contest.ts";

/** Series whose contests are settled together. */
const seriesPerPage = 50;

/** Files that one reader digests at a time. */
const digestsPerTask = 8;

export async function settleContests(run: JobRun): Promise<void> {
  const { store, job, stop } = run;
  const unread = new Set<number>();
  let after = 0;
  while (stop.reason === null) {
    const found = await store.contests(job, after, seriesPerPage);
    const last = found.at(-1);
    if (last === undefined) return;
    const isSettled = await settlePage(run, found, unread);
    if (isSettled) after = last.seriesId;
  }
}

/** One round; true when nothing is left to do for these contests. */
async function settlePage(
  run: JobRun,
  found: readonly Contest[],
  unread: Set<number>,
): Promise<boolean> {
  const promoted: ContestFile[] = [];
  const lacking: ContestFile[] = [];
  const verdicts: Verdict[] = [];
  for (const contest of found) {
    const stored = contest.files.find((file) => file.state === "stored");
    if (stored !== undefined && unread.has(stored.fileId)) continue; // nothing to compare with in this job
    const files = contest.files.filter((file) => !unread.has(file.fileId));
    const ruling = judgeContest({ ...contest, files });
    if (ruling.kind === "promote") promoted.push(ruling.file);
    else if (ruling.kind === "digest") lacking.push(...ruling.files);
    else verdicts.push(...ruling.verdicts);
  }
  if (verdicts.length > 0) await run.store.writeVerdicts(run.job, verdicts);
  if (promoted.length > 0) await promote(run, promoted, unread);
  if (lacking.length > 0) await digest(run, lacking, unread);
  return promoted.length === 0 && lacking.length === 0;
}

/** Reads files again so that they take over their instances. */
async function promote(
  run: JobRun,
  files: readonly ContestFile[],
  unread: Set<number>,
): Promise<void> {
  const finder = makeSubjectFolderFinder(run.input.cohort.settings.subjectFolders);
  for (const file of files) {
    const folder = parentPath(file.path) ?? "";
    const name = nameIn(folder, file.path);
    const found = { name, isKnown: true, size: file.size, mtime: 0, ctime: 0, folder: 0 };
    const unit: Unit = {
      folders: [{ path: folder, subjectFolder: finder(folder) }],
      files: [found],
    };
    const { result, failure } = await run.pool.readUnit(unit);
    if (result === null && failure === null) return; // the pool was closed
    const rows =
      result ??
      noteRows([
        {
          ...found,
          folder,
          state: "unreadable",
          code: failure?.code ?? "reader-crash",
          detail: null,
          recheck: false,
        },
      ]);
    let state = "";
    eachRow(rows.files, (row) => {
      state = String(row[6]);
    });
    if (state !== "stored") unread.add(file.fileId);
    await run.queue.add([{ rows, onWritten: () => undefined }]);
  }
  await run.queue.flush();
}

/** The last part of a path, as it was encoded by itself. */
function nameIn(folder: string, path: string): string {
  const plain = folder === "" ? path : path.slice(folder.length + 1);
  if (joinPath(folder, plain) === path) return plain;
  return `//${path.slice(path.lastIndexOf("/") + 1)}`;
}

async function digest(
  run: JobRun,
  files: readonly ContestFile[],
  unread: Set<number>,
): Promise<void> {
  const tasks: Promise<void>[] = [];
  const verdicts: Verdict[] = [];
  for (let first = 0; first < files.length; first += digestsPerTask) {
    const part = files.slice(first, first + digestsPerTask);
    tasks.push(
      run.pool.readDigests(part.map((file) => file.path)).then(({ result, failure }) => {
        if (result === null && failure === null) return;
        part.forEach((file, index) => {
          const digests = result?.[index] ?? null;
          if (digests === null) unread.add(file.fileId);
          const { fileId, state, code } = file;
          verdicts.push({
            fileId,
            state,
            code,
            digests,
            ...(digests === null ? { recheck: true as const } : {}),
          });
        });
      }),
    );
  }
  await Promise.all(tasks);
  await run.store.writeVerdicts(run.job, verdicts);
}
