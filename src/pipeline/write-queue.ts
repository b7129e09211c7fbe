/**
 * The way to the one writer: rows are gathered into batches of at most `batchSize` files, written one
 * after another. Who adds more than the writer takes waits, so that the queue stays bounded.
 */
import type { JobKey } from "#store/job.ts";
import type { FolderListing } from "#store/ledger.ts";
import type { Store } from "#store/store.ts";
import type { UnitRows } from "#store/unit-rows.ts";

/** Rows of one unit, and what is to be done once they are committed. */
export interface QueuedRows {
  readonly rows: UnitRows;
  onWritten(): void;
}

interface Batch {
  readonly listings: FolderListing[];
  readonly units: QueuedRows[];
  files: number;
}

/** Batches that may wait while one is written. */
const batchesAhead = 1;

const emptyBatch = (): Batch => ({ listings: [], units: [], files: 0 });

export class WriteQueue {
  readonly #store: Store;
  readonly #job: JobKey;
  readonly #batchSize: number;
  readonly #onRefused: (files: number) => void;
  #batch = emptyBatch();
  #writing: Promise<void> = Promise.resolve();
  #waiting = 0;
  #isSealed = false;
  #failure: unknown = null;

  constructor(store: Store, job: JobKey, batchSize: number, onRefused: (files: number) => void) {
    this.#store = store;
    this.#job = job;
    this.#batchSize = batchSize;
    this.#onRefused = onRefused;
  }

  /** Is the writer behind? */
  get isFull(): boolean {
    return this.#waiting > batchesAhead;
  }

  /** Takes rows; resolves when there is room for more. Rejects once a batch has failed. */
  async add(units: readonly QueuedRows[], listings: readonly FolderListing[] = []): Promise<void> {
    this.#throwFailure();
    if (this.#isSealed) return;
    this.#batch.listings.push(...listings);
    for (const unit of units) {
      if (unit.rows.files.rows === 0) continue;
      if (this.#batch.files + unit.rows.files.rows > this.#batchSize) this.#send();
      this.#batch.units.push(unit);
      this.#batch.files += unit.rows.files.rows;
    }
    if (this.#batch.files >= this.#batchSize || this.#batch.listings.length >= this.#batchSize) {
      this.#send();
    }
    while (this.isFull && this.#failure === null) await this.#writing;
    this.#throwFailure();
  }

  /** Writes what has been taken. */
  async flush(): Promise<void> {
    this.#send();
    await this.#writing;
    this.#throwFailure();
  }

  /** Writes what has been taken and takes nothing more: what readers still bring is left to the next job. */
  async seal(): Promise<void> {
    this.#isSealed = true;
    await this.flush();
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure;
  }

  #send(): void {
    const batch = this.#batch;
    if (batch.units.length === 0 && batch.listings.length === 0) return;
    this.#batch = emptyBatch();
    this.#waiting += 1;
    this.#writing = this.#writing.then(() => this.#write(batch));
  }

  async #write(batch: Batch): Promise<void> {
    try {
      if (this.#failure !== null) return;
      const { refused } = await this.#store.writeBatch(
        this.#job,
        batch.listings,
        batch.units.map((unit) => unit.rows),
      );
      if (refused > 0) this.#onRefused(refused);
      for (const unit of batch.units) unit.onWritten();
    } catch (error) {
      this.#failure = error;
    } finally {
      this.#waiting -= 1;
    }
  }
}
