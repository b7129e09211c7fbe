/**
 * Discover, plan, parse and write, running into each other: chunks of found entries are compared with the
 * ledger, what is to be read goes to the readers in units, and their rows to the writer.
 */
import type { FolderListing, KnownFolder } from "#store/ledger.ts";
import { eachRow, type PackedRows } from "#store/packed-rows.ts";
import { type Discovery, startDiscovery } from "./discover/discover.ts";
import type { EntryKind, FoundEntries } from "./discover/walk.ts";
import type { JobRun } from "./job-run.ts";
import { type Note, noteRows } from "./note-rows.ts";
import type { Unit } from "./parse/read-unit.ts";
import {
  type FoundFile,
  type KnownFile,
  type PlannedAs,
  type PlanRules,
  planFile,
} from "./plan.ts";
import { isOutdated } from "./reader-versions.ts";
import { settleReadSoFar } from "./settle/settle.ts";
import { makeSubjectFolderFinder } from "./subject-folders.ts";
import { UnitRunner } from "./unit-runner.ts";
import { UnitGatherer } from "./units.ts";

/** How long a stop waits for readers to finish their units, ms. */
const stopPatienceMs = 1_000;

/** Ids of one folder's files that the store is asked for or told at a time. */
const idsPerPage = 10_000;

/** Which counter a planned file adds to when its row is committed. */
const counterOf: Readonly<
  Record<PlannedAs, "unchanged" | "new" | "changed" | "readAgain" | "waiting">
> = {
  unchanged: "unchanged",
  new: "new",
  changed: "changed",
  "read-again": "readAgain",
  waiting: "waiting",
};

/** A unit with the reason of each of its files. */
interface PlannedUnit {
  readonly unit: Unit;
  readonly planned: readonly PlannedAs[];
}

export class FileExtraction {
  readonly #run: JobRun;
  readonly #rules: PlanRules;
  readonly #gatherer: UnitGatherer;
  readonly #subjectFolderOf: (folder: string) => string | null;
  readonly #runner: UnitRunner;
  /** Ids not met so far of what the ledger has of folders that come in several parts. */
  readonly #unmetIds = new Map<string, Set<number>>();
  #planned: PlannedAs[] = [];
  #settleAt: number;
  #discovery: Discovery | null = null;

  constructor(run: JobRun) {
    const { settings, cohort } = run.input;
    this.#run = run;
    this.#settleAt = Date.now() + run.settleEveryMs;
    this.#rules = {
      resume: settings.resume,
      isOutdated,
      trust: settings.trust,
      files: cohort.settings.files,
      minAge: settings.minAgeMs * 1000,
      now: Date.now() * 1000,
    };
    this.#gatherer = new UnitGatherer(settings.batchSize);
    this.#subjectFolderOf = makeSubjectFolderFinder(cohort.settings.subjectFolders);
    this.#runner = new UnitRunner(run.pool, run.stop, () => this.#mustWait());
  }

  /** Threads that hang in the system over a folder and were left behind. */
  get abandonedWalks(): number {
    return this.#discovery?.abandoned ?? 0;
  }

  /** True when the whole source was seen and all of it is written; false when it was stopped. */
  async extract(): Promise<boolean> {
    const { cohort } = this.#run.input;
    const { stop, progress, queue, standstillMs } = this.#run;
    const discovery = startDiscovery(cohort.sourcePath, {
      followLinks: cohort.settings.followLinks,
      ...(standstillMs === undefined ? {} : { standstillMs }),
    });
    this.#discovery = discovery;
    try {
      while (stop.reason === null) {
        const chunk = await stop.orRaised(discovery.next());
        if (chunk === undefined) break;
        if (chunk === null) {
          progress.foundIsFinal = true;
          break;
        }
        await this.#takeChunk(chunk);
        await this.#feedIdleReaders();
        if (Date.now() >= this.#settleAt) await this.#settleMeanwhile();
      }
      progress.phase = "parse";
      const rest = this.#gatherer.take();
      if (rest !== null && stop.reason === null) await this.#submit(this.#withReasons(rest));
      await this.#runner.finish(stopPatienceMs);
      progress.phase = "write";
      progress.waitingFor = null;
      await (stop.reason === null ? queue.flush() : queue.seal());
      return progress.foundIsFinal && stop.reason === null;
    } finally {
      discovery.stop();
    }
  }

  /** What is found slowly is read as it comes, and not by one reader once it fills a unit. */
  async #feedIdleReaders(): Promise<void> {
    const { pool, input, stop } = this.#run;
    if (pool.busy >= input.settings.workers) return;
    const found = this.#gatherer.take();
    if (found !== null && stop.reason === null) await this.#submit(this.#withReasons(found));
  }

  /**
   * Settles and stacks what has been read so far, so that the end of a job of days is not a stage of hours, and
   * what it has found can be used. A series that goes on growing is marked again and done again.
   */
  async #settleMeanwhile(): Promise<void> {
    await this.#runner.finish(stopPatienceMs);
    await this.#run.queue.flush();
    await settleReadSoFar(this.#run);
    this.#run.progress.phase = "discover";
    this.#settleAt = Date.now() + this.#run.settleEveryMs;
  }

  async #takeChunk(chunk: readonly FoundEntries[]): Promise<void> {
    const { store, input, progress, queue } = this.#run;
    const known = await store.knownFolders(
      input.cohort.cohortId,
      chunk.map((part) => ({
        path: part.path,
        names: isWhole(part) ? null : namesOf(part),
      })),
    );
    const notes: Note[] = [];
    const notesPlanned: PlannedAs[] = [];
    const listings: FolderListing[] = [];
    for (const [index, part] of chunk.entries()) {
      listings.push(this.#listing(part));
      const { folderId, files } = known[index] as KnownFolder;
      const knownByName = readKnown(files);
      const names = new Set<string>();
      const units = this.#planPart(part, knownByName, names, notes, notesPlanned);
      // Before its files are read: what is written of them was not there to be missed.
      await this.#compareFolder(part, folderId, knownByName, names);
      for (const unit of units) await this.#submit(unit);
    }
    // Notes are cut like units, so that no batch grows beyond its size.
    const { batchSize } = input.settings;
    for (let first = 0; first < notes.length || first === 0; first += batchSize) {
      const planned = notesPlanned.slice(first, first + batchSize);
      await queue.add(
        [
          {
            rows: noteRows(notes.slice(first, first + batchSize)),
            onWritten: () => this.#count(planned),
          },
        ],
        first === 0 ? listings : [],
      );
    }
    progress.waitingFor = queue.isFull ? "database" : null;
  }

  #listing(part: FoundEntries): FolderListing {
    const { counts } = this.#run.progress;
    if (part.isFirst) counts.folders += 1;
    if (part.state === "unreadable") counts.foldersUnlisted += 1;
    return {
      path: part.path,
      state: part.state,
      code: part.code,
      detail: part.detail,
      entries: part.entries,
      subjectFolder: this.#subjectFolderOf(part.path),
    };
  }

  /** Plans the files of a part; full units come back, names and notes are added to the lists. */
  #planPart(
    part: FoundEntries,
    knownByName: ReadonlyMap<string, KnownFile>,
    names: Set<string>,
    notes: Note[],
    notesPlanned: PlannedAs[],
  ): PlannedUnit[] {
    const { counts } = this.#run.progress;
    const subjectFolder = this.#subjectFolderOf(part.path);
    const full: PlannedUnit[] = [];
    eachRow(part.files, (row) => {
      const found: FoundFile = {
        name: row[0] as string,
        kind: row[1] as EntryKind,
        size: row[2] as number,
        mtime: row[3] as number,
        ctime: row[4] as number,
        detail: row[5] as string | null,
      };
      if (names.has(found.name)) return; // a folder that changes meanwhile may list a name twice
      names.add(found.name);
      counts.found += 1;
      const before = knownByName.get(found.name);
      const plan = planFile(found, before, this.#rules);
      const isKnown = before !== undefined;
      if (plan.planned === "unchanged") {
        counts.unchanged += 1;
        return;
      }
      counts.pending += 1;
      if (plan.action === "note") {
        const { state, code, recheck } = plan;
        const { name, size, mtime, ctime, detail } = found;
        notes.push({
          folder: part.path,
          name,
          isKnown,
          size,
          mtime,
          ctime,
          detail,
          state,
          code,
          recheck,
        });
        notesPlanned.push(plan.planned);
      } else {
        this.#planned.push(plan.planned);
        const { name, size, mtime, ctime } = found;
        const unit = this.#gatherer.add(part.path, subjectFolder, {
          name,
          isKnown,
          size,
          mtime,
          ctime,
        });
        if (unit !== null) full.push(this.#withReasons(unit));
      }
    });
    return full;
  }

  #withReasons(unit: Unit): PlannedUnit {
    const planned = this.#planned;
    this.#planned = [];
    return { unit, planned };
  }

  /** After a folder's last part: what the ledger knows of it and the look did not find. */
  async #compareFolder(
    part: FoundEntries,
    folderId: number | null,
    knownByName: ReadonlyMap<string, KnownFile>,
    names: ReadonlySet<string>,
  ): Promise<void> {
    if (isWhole(part)) {
      const unmet: number[] = [];
      for (const [name, { fileId, state }] of knownByName) {
        if (state !== "missing" && !names.has(name)) unmet.push(fileId);
      }
      await this.#unmet(part, unmet);
      return;
    }
    const unmet = this.#unmetIds.get(part.path) ?? (await this.#presentIds(folderId));
    for (const [name, file] of knownByName) if (names.has(name)) unmet.delete(file.fileId);
    if (part.state === "listing") {
      this.#unmetIds.set(part.path, unmet);
      return;
    }
    this.#unmetIds.delete(part.path);
    const ids = [...unmet];
    for (let first = 0; first < ids.length; first += idsPerPage) {
      await this.#unmet(part, ids.slice(first, first + idsPerPage));
    }
  }

  async #presentIds(folderId: number | null): Promise<Set<number>> {
    const present = new Set<number>();
    let after = 0;
    while (folderId !== null) {
      const ids = await this.#run.store.presentFileIds(folderId, after, idsPerPage);
      for (const id of ids) present.add(id);
      if (ids.length < idsPerPage) break;
      after = ids.at(-1) as number;
    }
    return present;
  }

  /** Not found in a folder seen whole: noted as missing. In one that could not be listed: kept. */
  async #unmet(part: FoundEntries, fileIds: readonly number[]): Promise<void> {
    if (fileIds.length === 0) return;
    if (part.state === "listed") await this.#run.store.noteMissing(this.#run.job, fileIds);
    else this.#run.progress.counts.kept += fileIds.length;
  }

  /** The readers, or the writer behind them, have enough to do. */
  #mustWait(): boolean {
    const { pool, queue, progress, input } = this.#run;
    const isWaiting = pool.busy > input.settings.workers || queue.isFull;
    if (isWaiting) progress.waitingFor = queue.isFull ? "database" : "disk";
    return isWaiting;
  }

  async #submit({ unit, planned }: PlannedUnit): Promise<void> {
    const { queue, progress } = this.#run;
    progress.phase = progress.foundIsFinal ? "parse" : "discover";
    await this.#runner.submit(unit, {
      onRead: (rows, _rest, positions) => {
        progress.counts.read += positions.length;
        const done = positions.map((position) => planned[position] as PlannedAs);
        return queue.add([{ rows, onWritten: () => this.#count(done) }]);
      },
      onFailed: (position, code) =>
        this.#noteFailure(unit, position, code, planned[position] as PlannedAs),
    });
  }

  async #noteFailure(unit: Unit, index: number, code: string, planned: PlannedAs): Promise<void> {
    const file = unit.files[index];
    const folder = file === undefined ? undefined : unit.folders[file.folder];
    if (file === undefined || folder === undefined) return;
    const { name, isKnown, size, mtime, ctime } = file;
    const note: Note = {
      folder: folder.path,
      name,
      isKnown,
      size,
      mtime,
      ctime,
      state: "unreadable",
      code,
      detail: null,
      recheck: false,
    };
    await this.#run.queue.add([
      { rows: noteRows([note]), onWritten: () => this.#count([planned]) },
    ]);
  }

  #count(planned: readonly PlannedAs[]): void {
    const { counts } = this.#run.progress;
    for (const each of planned) counts[counterOf[each]] += 1;
    counts.written += planned.length;
    counts.pending -= planned.length;
  }
}

/** Did the folder come in one part, so that all of the ledger's files of it can be asked for at once? */
function isWhole(part: FoundEntries): boolean {
  return part.isFirst && part.state !== "listing";
}

function namesOf(part: FoundEntries): string[] {
  const names: string[] = [];
  eachRow(part.files, (row) => names.push(row[0] as string));
  return names;
}

function readKnown(rows: PackedRows): Map<string, KnownFile> {
  const files = new Map<string, KnownFile>();
  eachRow(rows, (row) => {
    files.set(row[1] as string, {
      fileId: row[0] as number,
      size: row[2] as number,
      mtime: row[3] as number,
      ctime: row[4] as number,
      state: row[5] as string,
      recheck: row[6] === 1,
      readerVersion: row[7] as number,
      linkCode: row[8] as string | null,
      linkDetail: row[9] as string | null,
    });
  });
  return files;
}
