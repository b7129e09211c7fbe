/** Ids of folders by path, made when first met. */
import { parentPath } from "#base/path-text.ts";
import type { JobKey } from "#store/job.ts";
import type { FolderListing } from "#store/ledger.ts";
import type { Session } from "./session.ts";

export interface FolderKey {
  readonly folderId: number;
  readonly subjectFolderId: number | null;
}

/** Paths kept in memory; a walk meets a folder's files together, so few are needed. */
const cacheSize = 20_000;

export class FolderKeys {
  readonly #session: Session;
  readonly #cache = new Map<string, FolderKey>();

  constructor(session: Session) {
    this.#session = session;
    session.onRollback(() => this.#cache.clear());
  }

  /** The folder's ids; a row is made where there is none. */
  of(job: JobKey, path: string): FolderKey {
    const key = `${job.cohortId}/${path}`;
    const cached = this.#cache.get(key);
    if (cached !== undefined) return cached;
    const found = this.#find(job.cohortId, path) ?? this.#make(job, path);
    if (this.#cache.size >= cacheSize) this.#cache.clear();
    this.#cache.set(key, found);
    return found;
  }

  /** Writes how a folder was met in this job. */
  record(job: JobKey, listing: FolderListing): void {
    const { folderId, subjectFolderId: before } = this.of(job, listing.path);
    const subjectFolderId =
      listing.subjectFolder === null
        ? null
        : this.#subjectFolder(job.cohortId, listing.subjectFolder);
    this.#session
      .prepare(
        "UPDATE folder SET state = ?, code = ?, detail = ?, entries = ?, seen_job = ?, subject_folder_id = ? WHERE folder_id = ?",
      )
      .run(
        listing.state,
        listing.code,
        listing.detail,
        listing.entries,
        job.jobId,
        subjectFolderId,
        folderId,
      );
    // Files of the folder that were written before its listing did not know whose figures they change.
    if (subjectFolderId !== before) {
      this.#session
        .prepare("UPDATE subject_folder SET dirty = 1 WHERE subject_folder_id IN (?, ?)")
        .run(before, subjectFolderId);
    }
    this.#cache.set(`${job.cohortId}/${listing.path}`, { folderId, subjectFolderId });
  }

  #find(cohortId: number, path: string): FolderKey | null {
    const row = this.#session
      .prepare("SELECT folder_id, subject_folder_id FROM folder WHERE cohort_id = ? AND path = ?")
      .get(cohortId, path);
    if (row === undefined) return null;
    return {
      folderId: row["folder_id"] as number,
      subjectFolderId: row["subject_folder_id"] as number | null,
    };
  }

  #make(job: JobKey, path: string): FolderKey {
    const above = parentPath(path);
    const parentId = above === null ? null : this.of(job, above).folderId;
    const made = this.#session
      .prepare("INSERT INTO folder (cohort_id, parent_id, path, state) VALUES (?, ?, ?, 'listing')")
      .run(job.cohortId, parentId, path);
    return { folderId: Number(made.lastInsertRowid), subjectFolderId: null };
  }

  #subjectFolder(cohortId: number, path: string): number {
    const row = this.#session
      .prepare("SELECT subject_folder_id FROM subject_folder WHERE cohort_id = ? AND path = ?")
      .get(cohortId, path);
    if (row !== undefined) return row["subject_folder_id"] as number;
    const made = this.#session
      .prepare("INSERT INTO subject_folder (cohort_id, path, state) VALUES (?, ?, 'found')")
      .run(cohortId, path);
    return Number(made.lastInsertRowid);
  }
}
