/** A SQLite store in a thread of its own; calls are answered in order. */
import { Worker } from "node:worker_threads";
import { entryUrl } from "#base/entry.ts";
import { type FlatError, unflattenError } from "#base/flat-error.ts";
import { buffersOf } from "#store/packed-rows.ts";
import type { Store } from "#store/store.ts";
import type { UnitRows } from "#store/unit-rows.ts";
import type { SqliteStoreOptions } from "./sqlite-store.ts";

export interface StoreCall {
  readonly id: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

export interface StoreAnswer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: FlatError;
}

export interface StoreThreadData {
  readonly path: string;
  readonly options: SqliteStoreOptions;
}

/** Lines of a dump fetched at a time. */
export const dumpChunk = 500;

export function openThreadedSqliteStore(path: string, options: SqliteStoreOptions): Promise<Store> {
  const data: StoreThreadData = { path, options };
  const worker = new Worker(entryUrl("store/sqlite/store-thread"), {
    workerData: data,
  });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let nextId = 1;
  let ended: Error | null = null;

  const call = (name: string, args: readonly unknown[]): Promise<unknown> => {
    if (ended !== null) return Promise.reject(ended);
    const id = nextId++;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, name, args } satisfies StoreCall, packetsOfCall(name, args));
    });
  };
  const endAll = (error: Error): void => {
    ended = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on("message", (answer: StoreAnswer) => {
    const waiter = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.error !== undefined) waiter?.reject(unflattenError(answer.error));
    else waiter?.resolve(answer.result);
  });
  worker.on("error", endAll);
  worker.on("exit", () => endAll(new Error("the database thread has ended")));

  const store = new Proxy({} as Store, {
    get(_, name: string) {
      if (name === "then") return undefined; // a store is no promise, though any name is answered
      if (name === "dump") return (cohortId: number) => dumpThrough(call, cohortId);
      return (...args: unknown[]) => call(name, args);
    },
  });
  // The first answer tells that the file could be opened; a thread that could not would keep the process.
  return store.describe().then(
    () => store,
    async (error: unknown) => {
      await worker.terminate();
      throw error;
    },
  );
}

/** Packets of rows that a call gives away. */
function packetsOfCall(name: string, args: readonly unknown[]): ArrayBuffer[] {
  if (name !== "writeBatch") return [];
  return (args[2] as readonly UnitRows[]).flatMap((unit) => buffersOf(unit.files));
}

async function* dumpThrough(
  call: (name: string, args: readonly unknown[]) => Promise<unknown>,
  cohortId: number,
): AsyncGenerator<string> {
  await call("dumpStart", [cohortId]);
  try {
    for (;;) {
      const lines = (await call("dumpNext", [])) as string[];
      if (lines.length === 0) return;
      yield* lines;
    }
  } finally {
    await call("dumpEnd", []); // a reader that stops early must leave no snapshot open
  }
}
