/**
 * The bulk writer: listings and units of files into rows, in one transaction. A part of the batch that
 * the database refuses for what is in it is rolled back and halved until the file at fault is found; the
 * rest goes in.
 */
import { compareUtf8 } from "#base/byte-order.ts";
import { joinPath } from "#base/path-text.ts";
import { instanceCells } from "#store/columns.ts";
import type { JobKey } from "#store/job.ts";
import { type FileState, type FolderListing, failedReads } from "#store/ledger.ts";
import { type Cell, eachRow } from "#store/packed-rows.ts";
import { type FrameRange, fileCells, type UnitRows } from "#store/unit-rows.ts";
import { addCounts } from "./counters.ts";
import { isRefusal } from "./database-errors.ts";
import { FolderKeys } from "./folder-keys.ts";
import { SeriesKeys } from "./series-keys.ts";
import type { Session } from "./session.ts";
import { UnitKeys } from "./unit-keys.ts";

const at = Object.fromEntries(fileCells.map((name, index) => [name, index])) as Record<
  (typeof fileCells)[number],
  number
>;
const instanceAt = fileCells.length;

/** Rows first…last-1 of a unit. */
interface Slice {
  readonly unit: UnitRows;
  readonly ranges: ReadonlyMap<number, readonly FrameRange[]>;
  readonly first: number;
  readonly last: number;
}

export class BatchWriter {
  readonly #session: Session;
  readonly #folders: FolderKeys;
  readonly #series: SeriesKeys;
  readonly #readerVersion: number;
  #job: JobKey = { jobId: 0, cohortId: 0, epoch: 0 };
  #dirtySeries = new Set<number>();
  #dirtySubjectFolders = new Set<number>();
  #counts = new Map<FileState, number>();
  #refused = 0;
  /** Is every file looked up, also those that the plan did not know? */
  #looksUpAll = false;

  constructor(session: Session, readerVersion: number) {
    this.#session = session;
    this.#folders = new FolderKeys(session);
    this.#series = new SeriesKeys(session);
    this.#readerVersion = readerVersion;
  }

  write(
    job: JobKey,
    listings: readonly FolderListing[],
    units: readonly UnitRows[],
  ): { refused: number } {
    // Between two jobs another process may have cleared the cohort, and ids that are kept here with it.
    if (job.jobId !== this.#job.jobId) this.#session.rolledBack();
    this.#job = job;
    this.#refused = 0;
    this.#looksUpAll = false;
    this.#forget();
    this.#session.jobTransaction(job, () => {
      for (const listing of listings) this.#folders.record(job, listing);
      const slices = units.map((unit) => ({
        unit,
        ranges: rangesByFile(unit),
        first: 0,
        last: unit.files.rows,
      }));
      this.#writeOrHalve(slices);
      this.#flushMarks();
    });
    return { refused: this.#refused };
  }

  /** Marks and counts of what is being written; dropped with it. */
  #forget(): void {
    this.#dirtySeries = new Set();
    this.#dirtySubjectFolders = new Set();
    this.#counts = new Map();
  }

  #flushMarks(): void {
    const markSeries = this.#session.prepare(
      "UPDATE series SET dirty = 1 WHERE series_id = ? AND dirty = 0",
    );
    for (const seriesId of this.#dirtySeries) markSeries.run(seriesId);
    const markFolder = this.#session.prepare(
      "UPDATE subject_folder SET dirty = 1 WHERE subject_folder_id = ? AND dirty = 0",
    );
    for (const id of this.#dirtySubjectFolders) markFolder.run(id);
    const counts = new Map([...this.#counts].map(([state, change]) => [`file.${state}`, change]));
    addCounts(this.#session, this.#job, counts);
    this.#forget();
  }

  /**
   * Writes the slices; on a refusal takes them back and tries their halves. A file that is there although
   * the plan did not know it has been met twice: rare, so looking up each new file would cost more than
   * writing the slices again.
   */
  #writeOrHalve(slices: readonly Slice[]): void {
    const { db } = this.#session;
    let isMetTwice = false;
    db.exec("SAVEPOINT part");
    try {
      for (const slice of slices) this.#writeSlice(slice);
      this.#flushMarks();
      db.exec("RELEASE part");
      return;
    } catch (error) {
      if (!isRefusal(error) && !(error instanceof FileMetTwice)) throw error;
      isMetTwice = error instanceof FileMetTwice;
    }
    db.exec("ROLLBACK TO part; RELEASE part");
    this.#session.rolledBack();
    this.#forget();
    if (isMetTwice) {
      this.#looksUpAll = true;
      this.#writeOrHalve(slices);
      return;
    }
    const rows = slices.reduce((sum, slice) => sum + slice.last - slice.first, 0);
    if (rows > 1) {
      for (const half of halves(slices, rows)) this.#writeOrHalve(half);
      return;
    }
    for (const slice of slices) this.#writeRefused(slice);
    this.#flushMarks(); // what fails next forgets its own marks only
  }

  #writeSlice(slice: Slice): void {
    const keys = this.#keysOf(slice.unit);
    eachRow(slice.unit.files, (row, index) => {
      if (index >= slice.first && index < slice.last) {
        this.#writeFile(keys, row, slice.ranges.get(index) ?? none);
      }
    });
  }

  #keysOf(unit: UnitRows): UnitKeys {
    return new UnitKeys(unit, this.#job, this.#folders, this.#series);
  }

  /** The ledger row of a file that the database refused for what was in it. */
  #writeRefused(slice: Slice): void {
    const keys = this.#keysOf(slice.unit);
    eachRow(slice.unit.files, (row, index) => {
      if (index < slice.first || index >= slice.last) return;
      const refused = [...row];
      refused[at.known] = 1; // there may be a row of the file, which was met twice
      refused[at.state] = "invalid";
      refused[at.code] = "database-refused";
      refused[at.warnings] = null;
      refused[at.recheck] = 0;
      this.#writeFile(keys, refused, none);
      this.#refused += 1;
    });
  }

  #writeFile(keys: UnitKeys, row: readonly Cell[], ranges: readonly FrameRange[]): void {
    const folder = keys.folder(row[at.folder] as number);
    const name = row[at.name] as string;
    const isLookedUp = row[at.known] === 1 || this.#looksUpAll;
    const known = isLookedUp ? this.#knownFile(folder.folderId, name) : null;
    if (folder.subjectFolderId !== null) this.#dirtySubjectFolders.add(folder.subjectFolderId);
    const state = row[at.state] as FileState;
    if (state === "stored") {
      this.#writeStored(keys, row, ranges, known);
      return;
    }
    if (known !== null && this.#holdsInstance(known)) {
      if (known.state === "stored" && failedReads.has(row[at.code] as string)) {
        this.#keepStored(known);
        return;
      }
      this.#markSeriesOf(known.instanceId as number);
    }
    this.#writeLedger(row, folder.folderId, known, state, null);
  }

  #writeStored(
    keys: UnitKeys,
    row: readonly Cell[],
    ranges: readonly FrameRange[],
    known: KnownFile | null,
  ): void {
    const folder = keys.folder(row[at.folder] as number);
    const part = row[at.series] as number;
    const { seriesId, seriesValuesId } = keys.series(part);
    const frameValuesId = keys.setting(part, row[at.setting] as number | null);
    const values = row.slice(instanceAt);
    this.#dirtySeries.add(seriesId);
    const sopInstanceUid = values[0] as string;

    const inserted = this.#session
      .prepare(insertInstance)
      .run(seriesId, seriesValuesId, frameValuesId, ...values);
    let instanceId = Number(inserted.lastInsertRowid);
    let state: FileState = "stored";
    if (Number(inserted.changes) === 0) {
      instanceId = this.#instanceId(seriesId, sopInstanceUid);
      const holder = this.#storedFile(instanceId);
      const isHolder = holder !== null && holder.fileId === known?.fileId;
      const path = joinPath(folder.path, row[at.name] as string);
      if (holder !== null && !isHolder && compareUtf8(path, holder.path) > 0) {
        state = "duplicate"; // which of duplicate and conflict it is, settle decides
      } else {
        if (holder !== null && !isHolder) this.#yield(holder.fileId);
        this.#session
          .prepare(updateInstance)
          .run(seriesValuesId, frameValuesId, ...values.slice(1), instanceId);
        this.#session.prepare("DELETE FROM frame_range WHERE instance_id = ?").run(instanceId);
        this.#session.prepare("DELETE FROM header WHERE instance_id = ?").run(instanceId);
      }
    }
    if (state === "stored") {
      const insertRange = this.#session.prepare(
        "INSERT INTO frame_range (instance_id, first_frame, last_frame, frame_values_id, coordinates) VALUES (?, ?, ?, ?, ?)",
      );
      for (const range of ranges) {
        insertRange.run(
          instanceId,
          range.first,
          range.last,
          keys.setting(part, range.setting),
          range.coordinates,
        );
      }
    }
    if (known !== null && known.instanceId !== null && known.instanceId !== instanceId) {
      this.#markSeriesOf(known.instanceId);
    }
    this.#writeLedger(row, folder.folderId, known, state, instanceId);
  }

  #writeLedger(
    row: readonly Cell[],
    folderId: number,
    known: KnownFile | null,
    state: FileState,
    instanceId: number | null,
  ): void {
    const cells = [
      row[at.size] as Cell,
      row[at.mtime] as Cell,
      row[at.ctime] as Cell,
      state,
      state === row[at.state] ? (row[at.code] as Cell) : "not-compared",
      row[at.warnings] as Cell,
      row[at.detail] as Cell,
      row[at.recheck] as Cell,
      this.#readerVersion,
      instanceId,
    ];
    if (known === null) {
      const inserted = this.#session
        .prepare(
          "INSERT INTO file (folder_id, name, size, mtime, ctime, state, code, warnings, detail, recheck, reader_version, instance_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (folder_id, name) DO NOTHING",
        )
        .run(folderId, row[at.name] as string, ...cells);
      if (Number(inserted.changes) === 0) throw new FileMetTwice();
    } else {
      this.#session
        .prepare(
          "UPDATE file SET size = ?, mtime = ?, ctime = ?, state = ?, code = ?, warnings = ?, detail = ?, recheck = ?, reader_version = ?, instance_id = ?, digests = NULL WHERE file_id = ?",
        )
        .run(...cells, known.fileId);
      this.#count(known.state, -1);
    }
    this.#count(state, 1);
  }

  /** A stored file that could not be read again keeps what it has; the next job tries once more. */
  #keepStored(known: KnownFile): void {
    const warnings = new Set((known.warnings ?? "").split(" ").filter((code) => code !== ""));
    warnings.add("reread-failed");
    this.#session
      .prepare("UPDATE file SET warnings = ?, recheck = 1 WHERE file_id = ?")
      .run([...warnings].sort().join(" "), known.fileId);
    if (known.instanceId !== null) this.#markSeriesOf(known.instanceId);
  }

  /** The stored file gives way to one with a smaller path. */
  #yield(fileId: number): void {
    this.#session
      .prepare("UPDATE file SET state = 'duplicate', code = 'not-compared' WHERE file_id = ?")
      .run(fileId);
    this.#count("stored", -1);
    this.#count("duplicate", 1);
  }

  #holdsInstance(known: KnownFile): boolean {
    return known.instanceId !== null && known.state !== "missing";
  }

  #knownFile(folderId: number, name: string): KnownFile | null {
    const row = this.#session
      .prepare(
        "SELECT file_id, state, instance_id, warnings FROM file WHERE folder_id = ? AND name = ?",
      )
      .get(folderId, name);
    if (row === undefined) return null;
    return {
      fileId: row["file_id"] as number,
      state: row["state"] as FileState,
      instanceId: row["instance_id"] as number | null,
      warnings: row["warnings"] as string | null,
    };
  }

  #instanceId(seriesId: number, sopInstanceUid: string): number {
    const row = this.#session
      .prepare("SELECT instance_id FROM instance WHERE series_id = ? AND sop_instance_uid = ?")
      .get(seriesId, sopInstanceUid);
    return row?.["instance_id"] as number;
  }

  #storedFile(instanceId: number): { fileId: number; path: string } | null {
    const row = this.#session
      .prepare(
        "SELECT file_id, name, path FROM file JOIN folder USING (folder_id) WHERE instance_id = ? AND file.state = 'stored'",
      )
      .get(instanceId);
    if (row === undefined) return null;
    return {
      fileId: row["file_id"] as number,
      path: joinPath(row["path"] as string, row["name"] as string),
    };
  }

  #markSeriesOf(instanceId: number): void {
    const row = this.#session
      .prepare("SELECT series_id FROM instance WHERE instance_id = ?")
      .get(instanceId);
    if (row !== undefined) this.#dirtySeries.add(row["series_id"] as number);
  }

  #count(state: FileState, change: number): void {
    this.#counts.set(state, (this.#counts.get(state) ?? 0) + change);
  }
}

/** A file that the plan did not know has a row: another of the same name was written since. */
class FileMetTwice extends Error {}

interface KnownFile {
  readonly fileId: number;
  readonly state: FileState;
  readonly instanceId: number | null;
  readonly warnings: string | null;
}

const none: readonly FrameRange[] = [];

const quoted = instanceCells.map((name) => `"${name}"`);

const insertInstance = `INSERT INTO instance (series_id, series_values_id, frame_values_id, ${quoted.join(", ")})
  VALUES (?, ?, ?, ${quoted.map(() => "?").join(", ")}) ON CONFLICT (series_id, sop_instance_uid) DO NOTHING`;

const updateInstance = `UPDATE instance SET series_values_id = ?, frame_values_id = ?, ${quoted
  .slice(1)
  .map((name) => `${name} = ?`)
  .join(", ")} WHERE instance_id = ?`;

function rangesByFile(unit: UnitRows): Map<number, FrameRange[]> {
  const ranges = new Map<number, FrameRange[]>();
  for (const range of unit.frames) {
    const list = ranges.get(range.file);
    if (list === undefined) ranges.set(range.file, [range]);
    else list.push(range);
  }
  return ranges;
}

/** The same rows in two parts of as equal size as can be. */
function halves(slices: readonly Slice[], rows: number): [Slice[], Slice[]] {
  const front: Slice[] = [];
  const back: Slice[] = [];
  let left = Math.floor(rows / 2);
  for (const slice of slices) {
    const take = Math.min(left, slice.last - slice.first);
    left -= take;
    if (take > 0) front.push({ ...slice, last: slice.first + take });
    if (slice.first + take < slice.last) back.push({ ...slice, first: slice.first + take });
  }
  return [front, back];
}
