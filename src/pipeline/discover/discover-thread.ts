/** The thread that walks a source: a shell around `walk` that waits for leave before each chunk. */
import { parentPort, workerData } from "node:worker_threads";
import type { DiscoverMessage, DiscoverThreadData } from "./discover.ts";
import { type FoundEntries, walk } from "./walk.ts";

const port = parentPort;
const { source, options, ahead } = workerData as DiscoverThreadData;
let credit = ahead;
let chunks: Generator<FoundEntries[]> | null = null;

port?.on("message", () => {
  credit += 1;
  send();
});
send();

function send(): void {
  if (port === null) return;
  chunks ??= walk(source, options);
  while (credit > 0) {
    const next = chunks.next();
    if (next.done === true) {
      port.postMessage({ kind: "end" } satisfies DiscoverMessage);
      port.close();
      return;
    }
    credit -= 1;
    port.postMessage({ kind: "chunk", chunk: next.value } satisfies DiscoverMessage);
  }
}
