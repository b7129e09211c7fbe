/** The job's side of the channel: takes one order, carries it out, says what came of it. */
import { flattenError } from "#base/flat-error.ts";
import { previewSource } from "#pipeline/preview.ts";
import type { ProgressNow } from "#pipeline/progress.ts";
import { runJob } from "#pipeline/run-job.ts";
import type { StopSign } from "#pipeline/stop-sign.ts";
import { explainFailure } from "#store/explain-failure.ts";
import type { Store } from "#store/store.ts";
import type {
  ExtractOrder,
  FromJobProcess,
  JobOrder,
  JobResult,
  ToJobProcess,
} from "./job-order.ts";

/** Progress is told this often, ms. */
const progressEveryMs = 250;

/** How the process is left. */
export interface OrderEnd {
  readonly exitStatus: number;
  /** A thread may hang in the system, so that the process cannot end by itself. */
  readonly mayHang: boolean;
}

/**
 * Serves the parent of this process. A broken channel, SIGINT and SIGTERM all ask the job to finish its
 * batch and end; it ends by itself then, and its row in the database says so.
 */
export async function serveOrder(
  openStore: (order: ExtractOrder) => Promise<Store>,
): Promise<OrderEnd> {
  const stopping = new Stopping();
  const ordered = Promise.withResolvers<JobOrder | null>();
  process.on("message", (message: ToJobProcess) => {
    if (message.kind === "order") ordered.resolve(message.order);
    else stopping.ask();
  });
  process.on("disconnect", () => {
    ordered.resolve(null);
    stopping.ask();
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => stopping.ask());
  }
  const order = await ordered.promise;
  if (order === null) return { exitStatus: 1, mayHang: false };
  const progress = new ProgressTeller();
  try {
    const result =
      order.kind === "extract"
        ? await extract(order, openStore, stopping, progress)
        : await preview(order.rules, order.standstillMs, stopping, progress);
    await say({ kind: "ended", result });
    const exitStatus = result.kind === "extract" ? result.report.exitStatus : 0;
    const abandoned =
      result.kind === "extract" ? result.report.abandonedReaders : result.preview.abandonedReaders;
    return { exitStatus, mayHang: abandoned > 0 || stopping.isAsked };
  } catch (error) {
    const flat = flattenError(error);
    await say({ kind: "failed", error: flat });
    return { exitStatus: flat.exitStatus, mayHang: true };
  } finally {
    progress.end();
  }
}

async function extract(
  order: ExtractOrder,
  openStore: (order: ExtractOrder) => Promise<Store>,
  stopping: Stopping,
  progress: ProgressTeller,
): Promise<JobResult> {
  const store = await openStore(order);
  try {
    const cohort = await store.findCohort(order.cohort);
    if (cohort === null) throw new Error("the cohort of an order is gone");
    const codes = await store.subjectCodes(cohort.cohortId);
    const report = await runJob(
      store,
      { cohort, settings: order.settings, codes },
      {
        programVersion: order.programVersion,
        ...(order.standstillMs === null ? {} : { standstillMs: order.standstillMs }),
        onBegin: (job, stop) => {
          stopping.passOnTo(stop);
          void say({ kind: "began", job: { jobId: job.jobId, continues: job.continues } });
        },
      },
      (now) => progress.tell(now),
    );
    progress.end();
    return { kind: "extract", report };
  } catch (error) {
    throw await explainFailure(store, error);
  } finally {
    await store.close();
  }
}

async function preview(
  rules: Parameters<typeof previewSource>[0],
  standstillMs: number | null,
  stopping: Stopping,
  progress: ProgressTeller,
): Promise<JobResult> {
  const found = await previewSource(rules, {
    ...(standstillMs === null ? {} : { standstillMs }),
    onBegin: (stop) => stopping.passOnTo(stop),
    watch: (now) => progress.tell(now),
  });
  progress.end();
  return { kind: "preview", preview: found };
}

/** A request to stop, which may come before there is a job to stop. */
class Stopping {
  #isAsked = false;
  #sign: StopSign | null = null;

  get isAsked(): boolean {
    return this.#isAsked;
  }

  ask(): void {
    this.#isAsked = true;
    this.#sign?.raise("cancel");
  }

  passOnTo(sign: StopSign): void {
    this.#sign = sign;
    if (this.#isAsked) sign.raise("cancel");
  }
}

class ProgressTeller {
  #timer: NodeJS.Timeout | undefined;
  #now: (() => ProgressNow) | null = null;

  tell(now: () => ProgressNow): void {
    this.#now = now;
    this.#timer = setInterval(
      () => void say({ kind: "progress", progress: now() }),
      progressEveryMs,
    );
    this.#timer.unref();
  }

  /** Tells once more, so that the last of it is seen. */
  end(): void {
    clearInterval(this.#timer);
    if (this.#now !== null) void say({ kind: "progress", progress: this.#now() });
    this.#now = null;
  }
}

/** Resolves when the message has left, or when nobody listens any more. */
function say(message: FromJobProcess): Promise<void> {
  return new Promise((resolve) => {
    if (!process.connected || process.send === undefined) resolve();
    else process.send(message, undefined, undefined, () => resolve());
  });
}
