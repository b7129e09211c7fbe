/** The thread behind `openThreadedSqliteStore`: a shell around `openSyncStore`. */
import { parentPort, workerData } from "node:worker_threads";
import { flattenError } from "#base/flat-error.ts";
import type { KnownFolder } from "#store/ledger.ts";
import { buffersOf } from "#store/packed-rows.ts";
import type { SeriesContent } from "#store/settlement.ts";
import { openSyncStore, type SyncStore } from "./sqlite-store.ts";
import {
  dumpChunk,
  type StoreAnswer,
  type StoreCall,
  type StoreThreadData,
} from "./threaded-store.ts";

const port = parentPort;
const { path, options } = workerData as StoreThreadData;
let store: SyncStore | null = null;
let dump: Iterator<string> | null = null;

port?.on("message", (call: StoreCall) => {
  let answer: StoreAnswer;
  try {
    store ??= openSyncStore(path, options);
    answer = { id: call.id, result: answerCall(store, call) };
  } catch (error) {
    answer = { id: call.id, error: flattenError(error) };
  }
  port.postMessage(answer, packetsOfAnswer(call.name, answer.result));
  if (call.name === "close") port.close();
});

function answerCall(opened: SyncStore, call: StoreCall): unknown {
  if (call.name === "dumpStart") {
    dump = opened.dump(call.args[0] as number)[Symbol.iterator]();
    return null;
  }
  if (call.name === "dumpEnd") {
    dump?.return?.();
    dump = null;
    return null;
  }
  if (call.name === "dumpNext") {
    const lines: string[] = [];
    while (dump !== null && lines.length < dumpChunk) {
      const next = dump.next();
      if (next.done === true) dump = null;
      else lines.push(next.value);
    }
    return lines;
  }
  return (opened[call.name as keyof SyncStore] as (...args: readonly unknown[]) => unknown)(
    ...call.args,
  );
}

/** Packets of rows that an answer gives away. */
function packetsOfAnswer(name: string, result: unknown): ArrayBuffer[] {
  if (name === "knownFolders") {
    return (
      (result as readonly KnownFolder[] | undefined)?.flatMap((known) => buffersOf(known.files)) ??
      []
    );
  }
  if (name === "loadSeries" || name === "loadDirtySeries") {
    return (
      (result as readonly SeriesContent[] | undefined)?.flatMap((content) =>
        buffersOf(content.instances),
      ) ?? []
    );
  }
  return [];
}
