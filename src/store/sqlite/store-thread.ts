/** The thread behind `openThreadedSqliteStore`: a shell around `openSyncStore`. */
import { parentPort, workerData } from "node:worker_threads";
import { UserError } from "#base/user-error.ts";
import { openSyncStore, type SyncStore } from "./sqlite-store.ts";
import {
  dumpChunk,
  type FlatError,
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
    answer = { id: call.id, error: flatten(error) };
  }
  port.postMessage(answer);
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

function flatten(error: unknown): FlatError {
  const known = error instanceof Error ? error : new Error(String(error));
  return {
    name: known.name,
    message: known.message,
    stack: known.stack,
    code: known instanceof UserError ? known.code : null,
    exitStatus: known instanceof UserError ? known.exitStatus : 1,
  };
}
