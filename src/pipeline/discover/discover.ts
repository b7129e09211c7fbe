/** Discover: the walk in a thread of its own, as chunks that are asked for. */
import { Worker } from "node:worker_threads";
import { entryUrl } from "#base/entry.ts";
import type { FoundEntries, WalkOptions } from "./walk.ts";

export type DiscoverMessage =
  | { readonly kind: "chunk"; readonly chunk: FoundEntries[] }
  | { readonly kind: "end" };

export interface DiscoverThreadData {
  readonly source: string;
  readonly options: WalkOptions;
  /** Chunks that may wait to be taken. */
  readonly ahead: number;
}

const chunksAhead = 4;

export interface Discovery {
  /** The next chunk; null at the end. */
  next(): Promise<FoundEntries[] | null>;
  /** Stops the walk; a thread that hangs in the system is left behind. */
  stop(): void;
}

export function startDiscovery(source: string, options: WalkOptions): Discovery {
  const data: DiscoverThreadData = { source, options, ahead: chunksAhead };
  const worker = new Worker(entryUrl("pipeline/discover/discover-thread"), { workerData: data });
  const ready: (FoundEntries[] | null)[] = [];
  let waiting: { resolve(chunk: FoundEntries[] | null): void; reject(error: Error): void } | null =
    null;
  let failure: Error | null = null;
  const give = (chunk: FoundEntries[] | null): void => {
    if (waiting === null) ready.push(chunk);
    else waiting.resolve(chunk);
    waiting = null;
  };
  worker.on("message", (message: DiscoverMessage) => {
    give(message.kind === "chunk" ? message.chunk : null);
  });
  worker.on("error", (cause) => {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    failure = error;
    waiting?.reject(error);
    waiting = null;
  });
  return {
    next() {
      if (failure !== null) return Promise.reject(failure);
      const chunk = ready.shift();
      if (chunk !== undefined) {
        if (chunk !== null) worker.postMessage("more");
        return Promise.resolve(chunk);
      }
      return new Promise((resolve, reject) => {
        waiting = {
          resolve(taken) {
            if (taken !== null) worker.postMessage("more");
            resolve(taken);
          },
          reject,
        };
      });
    },
    stop() {
      worker.unref();
      void worker.terminate();
      waiting?.resolve(null);
      waiting = null;
    },
  };
}
