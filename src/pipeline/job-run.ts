/** What the stages of one job share. */
import type { HeldJob } from "./hold-job.ts";
import type { JobInput } from "./job-settings.ts";
import type { ReaderPool } from "./parse/reader-pool.ts";
import type { WriteQueue } from "./write-queue.ts";

export interface JobRun extends HeldJob {
  readonly input: JobInput;
  readonly pool: ReaderPool;
  readonly queue: WriteQueue;
}

/** Asks the stages to end at the next good place. */
export class StopSign {
  #reason: "cancel" | "pause" | null = null;
  #raise: () => void = () => undefined;
  /** Resolves when the sign is raised. */
  readonly raised: Promise<void> = new Promise((resolve) => {
    this.#raise = resolve;
  });

  get reason(): "cancel" | "pause" | null {
    return this.#reason;
  }

  raise(reason: "cancel" | "pause"): void {
    this.#reason ??= reason;
    this.#raise();
  }
}
