/** A reader's thread: a shell around `UnitReader`. */
import { parentPort, workerData } from "node:worker_threads";
import { buffersOf } from "#store/packed-rows.ts";
import type { UnitRows } from "#store/unit-rows.ts";
import { readFileDigests } from "./file-digests.ts";
import { readFullHeader } from "./full-header.ts";
import { UnitReader } from "./read-unit.ts";
import { type ParseAnswer, type ParseTask, type ParseThreadData, pulse } from "./reader-pool.ts";

const port = parentPort;
const { rules, heartbeat } = workerData as ParseThreadData;
const beat = new Int32Array(heartbeat);
const onProgress = (): void => void Atomics.add(beat, pulse.progress, 1);
const reader = new UnitReader(rules, onProgress);

port?.on("message", (task: ParseTask) => {
  const onFile = (index: number): void => {
    Atomics.store(beat, pulse.file, index);
    onProgress();
  };
  const result = work(task, onFile);
  const packets = task.kind === "unit" ? buffersOf((result as UnitRows).files) : [];
  port.postMessage({ id: task.id, result } satisfies ParseAnswer, packets);
});

function work(task: ParseTask, onFile: (index: number) => void): ParseAnswer["result"] {
  switch (task.kind) {
    case "unit":
      return reader.read(task.unit, onFile) satisfies UnitRows;
    case "digests":
      return task.paths.map((path, index) => {
        onFile(index);
        return readFileDigests(rules.source, path, onProgress);
      });
    case "headers":
      return task.paths.map((path, index) => {
        onFile(index);
        return readFullHeader(rules.source, path, onProgress);
      });
  }
}
