import { expect, test } from "vitest";
import type { FolderListing } from "#store/ledger.ts";
import type { Store } from "#store/store.ts";
import type { UnitRows } from "#store/unit-rows.ts";
import { type Note, noteRows } from "./note-rows.ts";
import { WriteQueue } from "./write-queue.ts";

const job = { jobId: 1, cohortId: 1, epoch: 1 };

interface Written {
  readonly listings: number;
  readonly files: number;
}

/** As much of a store as a queue needs: it writes when it is let, and notes what it was given. */
class SlowStore {
  readonly written: Written[] = [];
  refused = 0;
  failure: Error | null = null;
  #release: (() => void)[] = [];
  isHeld = false;

  readonly store = {
    writeBatch: async (
      _: unknown,
      listings: readonly FolderListing[],
      units: readonly UnitRows[],
    ) => {
      if (this.isHeld) await new Promise<void>((resolve) => this.#release.push(resolve));
      if (this.failure !== null) throw this.failure;
      const files = units.reduce((sum, unit) => sum + unit.files.rows, 0);
      this.written.push({ listings: listings.length, files });
      return { refused: this.refused };
    },
  } as unknown as Store;

  letGo(): void {
    this.isHeld = false;
    for (const release of this.#release.splice(0)) release();
  }
}

const listing: FolderListing = {
  path: "a",
  state: "listed",
  code: null,
  detail: null,
  entries: 1,
  subjectFolder: null,
};

function unitOf(files: number, onWritten: () => void = () => undefined) {
  const notes = Array.from(
    { length: files },
    (_, index): Note => ({
      folder: "a",
      name: `${index}`,
      isKnown: false,
      size: 1,
      mtime: 1,
      ctime: 1,
      state: "skipped",
      code: "symlink",
      detail: null,
      recheck: false,
    }),
  );
  return { rows: noteRows(notes), onWritten };
}

const queueOver = (slow: SlowStore, batchSize: number, onRefused = (_: number) => undefined) =>
  new WriteQueue(slow.store, job, batchSize, onRefused);

test("units are gathered into batches of at most the batch size", async () => {
  const slow = new SlowStore();
  const queue = queueOver(slow, 10);
  for (const files of [4, 4, 4, 10, 1]) await queue.add([unitOf(files)]);
  await queue.flush();
  expect(slow.written.map(({ files }) => files)).toEqual([8, 4, 10, 1]);
});

test("listings are written before or with the files that follow them, and alone when there are many", async () => {
  const slow = new SlowStore();
  const queue = queueOver(slow, 2);
  await queue.add([unitOf(1)], [listing]);
  await queue.add([unitOf(2)]);
  await queue.add([], [listing, listing, listing]);
  await queue.flush();
  expect(slow.written).toEqual([
    { listings: 1, files: 1 },
    { listings: 0, files: 2 },
    { listings: 3, files: 0 },
  ]);
});

test("what was taken is done only once its batch is committed", async () => {
  const slow = new SlowStore();
  slow.isHeld = true;
  let isWritten = false;
  const queue = queueOver(slow, 1);
  await queue.add([unitOf(1, () => (isWritten = true))]);
  expect(isWritten).toBe(false);
  slow.letGo();
  await queue.flush();
  expect(isWritten).toBe(true);
});

test("who adds more than the writer takes waits for it", async () => {
  const slow = new SlowStore();
  slow.isHeld = true;
  const queue = queueOver(slow, 1);
  await queue.add([unitOf(1)]);
  let isTaken = false;
  const second = queue.add([unitOf(1)]).then(() => {
    isTaken = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect([queue.isFull, isTaken]).toEqual([true, false]);
  slow.letGo();
  await second;
  await queue.flush();
  expect([queue.isFull, slow.written.length]).toEqual([false, 2]);
});

test("a batch that failed fails all that follow, and nothing after it is written", async () => {
  const slow = new SlowStore();
  const queue = queueOver(slow, 1);
  await queue.add([unitOf(1)]);
  await queue.flush();
  slow.failure = new Error("disk full");
  let isWritten = false;
  await queue.add([unitOf(1, () => (isWritten = true))]).catch(() => undefined);
  await expect(queue.flush()).rejects.toThrow("disk full");
  slow.failure = null;
  await expect(queue.add([unitOf(1)])).rejects.toThrow("disk full");
  await expect(queue.flush()).rejects.toThrow("disk full");
  expect(slow.written).toHaveLength(1);
  expect(isWritten).toBe(false);
});

test("refused files are told of", async () => {
  const slow = new SlowStore();
  slow.refused = 2;
  let refused = 0;
  const queue = queueOver(slow, 1, (files) => {
    refused += files;
  });
  await queue.add([unitOf(1)]);
  await queue.flush();
  expect(refused).toBe(2);
});

test("a unit without rows is no batch", async () => {
  const slow = new SlowStore();
  const queue = queueOver(slow, 1);
  await queue.add([unitOf(0)]);
  await queue.flush();
  expect(slow.written).toEqual([]);
});
