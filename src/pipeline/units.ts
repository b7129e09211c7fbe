/** Planned files gathered into units: bounded in files and in bytes, so that one huge folder uses all workers. */
import type { Unit, UnitFile } from "./parse/read-unit.ts";

/** Files of a unit at most. */
const unitFiles = 256;

/** Bytes of a unit's files at most, each counted up to `countedBytes`, since only headers are read. */
const unitBytes = 64 * 1024 * 1024;
const countedBytes = 4 * 1024 * 1024;

export class UnitGatherer {
  readonly #limit: number;
  #folders: { path: string; subjectFolder: string | null }[] = [];
  #files: UnitFile[] = [];
  #bytes = 0;

  /** `batchSize`: a unit is written as a whole, so it is no larger than a batch. */
  constructor(batchSize: number) {
    this.#limit = Math.min(unitFiles, batchSize);
  }

  /** Adds a file; gives the unit that became full, or null. */
  add(path: string, subjectFolder: string | null, file: Omit<UnitFile, "folder">): Unit | null {
    if (this.#folders.at(-1)?.path !== path) this.#folders.push({ path, subjectFolder });
    this.#files.push({ ...file, folder: this.#folders.length - 1 });
    this.#bytes += Math.min(file.size, countedBytes);
    return this.#files.length >= this.#limit || this.#bytes >= unitBytes ? this.take() : null;
  }

  /** What has been gathered; null when there is nothing. */
  take(): Unit | null {
    if (this.#files.length === 0) return null;
    const unit = { folders: this.#folders, files: this.#files };
    this.#folders = [];
    this.#files = [];
    this.#bytes = 0;
    return unit;
  }
}
