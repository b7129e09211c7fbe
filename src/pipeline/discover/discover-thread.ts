/** The thread that walks a source: a shell around `walk` that waits for leave before each chunk. */
import { parentPort, workerData } from "node:worker_threads";
import type { DiscoverMessage, DiscoverThreadData } from "./discover.ts";
import { type FoundEntries, walk } from "./walk.ts";
import { WalkPulse } from "./walk-pulse.ts";

const port = parentPort;
const { source, options, start, ahead, pulseMemory } = workerData as DiscoverThreadData;
const pulse = new WalkPulse(pulseMemory);
let credit = ahead;
let chunks: Generator<FoundEntries[]> | null = null;

port?.on("message", () => {
  credit += 1;
  send();
});
send();

function send(): void {
  if (port === null) return;
  chunks ??= walk(source, options, start, pulse);
  while (credit > 0) {
    pulse.isWorking = true;
    const next = chunks.next();
    pulse.isWorking = false;
    if (next.done === true) {
      port.postMessage({ kind: "end" } satisfies DiscoverMessage);
      port.close();
      return;
    }
    credit -= 1;
    port.postMessage({ kind: "chunk", chunk: next.value } satisfies DiscoverMessage);
  }
}
