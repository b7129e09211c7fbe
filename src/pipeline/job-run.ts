/** What the stages of one job share. */
import type { HeldJob } from "./hold-job.ts";
import type { JobInput } from "./job-settings.ts";
import type { ReaderPool } from "./parse/reader-pool.ts";
import type { WriteQueue } from "./write-queue.ts";

export interface JobRun extends HeldJob {
  readonly input: JobInput;
  readonly pool: ReaderPool;
  readonly queue: WriteQueue;
  /** A job that still reads settles and stacks so often what it has read, ms. */
  readonly settleEveryMs: number;
  /** Time without progress after which a thread that reads or walks is given up, ms. */
  readonly standstillMs?: number;
}
