/**
 * Runs a job in a process of its own and ends with what that process said.
 *
 * Why a process: a reader thread that hangs inside a system call can be neither terminated nor waited for,
 * and `process.exit` hangs with it. The parent ends with the right status as soon as the child has said its
 * end, and does not wait for one that cannot die.
 */
import { type ChildProcess, fork } from "node:child_process";
import { getCompileCacheDir } from "node:module";
import { fileURLToPath } from "node:url";
import { unflattenError } from "#base/flat-error.ts";
import { UserError } from "#base/user-error.ts";
import type { ProgressNow } from "#pipeline/progress.ts";
import type { FromJobProcess, JobBegin, JobOrder, JobResult, ToJobProcess } from "./job-order.ts";

export interface JobWatch {
  /** Aborted to have the job finish its batch and end. */
  readonly stop: AbortSignal;
  onBegin?(job: JobBegin): void;
  /** At most four times a second. */
  onProgress?(progress: ProgressNow): void;
}

/** Time that a process which has said its end gets to leave by itself, ms. */
const leaveMs = 500;

/**
 * A job has half a dozen heaps, one a thread, and nearly all that they hold is garbage a moment later. Left alone each
 * lets it grow to 50 MB before it looks; docs/decisions/0016-small-heaps.md has what these cost and save.
 */
const heapFlags = ["--max-semi-space-size=4", "--heap-growing-percent=60"];

/** The child and its threads take compiled code from where this process does. */
function compileCache(): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir();
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
}

/** Bytes of the child's standard error kept for the case that it dies of something unforeseen. */
const keptErrorBytes = 8 * 1024;

/**
 * Starts `entry` as a child in a process group of its own, so that Ctrl-C reaches this process alone, which
 * passes it on. Rejects with the job's own error, or with a `JobLostError` when the child died without a word.
 */
export async function launchJob(entry: URL, order: JobOrder, watch: JobWatch): Promise<JobResult> {
  const child = fork(fileURLToPath(entry), [], {
    detached: true,
    execArgv: [...process.execArgv, ...heapFlags],
    env: { ...process.env, ...compileCache() },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const errorTail = keepTail(child);
  const askToStop = (): void => send(child, { kind: "stop" });
  // Leaving while the job was asked to stop is the second request: now. Any other way of leaving lets the
  // job notice the broken channel and stop at the next good place.
  const killOnLeaving = (): void => {
    if (watch.stop.aborted) child.kill("SIGKILL");
  };
  process.once("exit", killOnLeaving);
  watch.stop.addEventListener("abort", askToStop, { once: true });
  try {
    send(child, { kind: "order", order });
    if (watch.stop.aborted) askToStop();
    const { promise, resolve, reject } = Promise.withResolvers<JobResult>();
    child.on("message", (message: FromJobProcess) => {
      switch (message.kind) {
        case "began":
          watch.onBegin?.(message.job);
          break;
        case "progress":
          watch.onProgress?.(message.progress);
          break;
        case "ended":
          resolve(message.result);
          break;
        case "failed":
          reject(unflattenError(message.error));
          break;
      }
    });
    child.on("error", reject);
    // `close` comes after the last message and after the last of standard error.
    child.on("close", (code, signal) => reject(new JobLostError(code, signal, errorTail())));
    return await promise;
  } finally {
    watch.stop.removeEventListener("abort", askToStop);
    await letGo(child);
    process.off("exit", killOnLeaving);
  }
}

/** The job's process ended without a word. */
export class JobLostError extends UserError {
  override readonly name = "JobLostError";

  constructor(code: number | null, signal: string | null, errors: string) {
    super("job-lost", explainDeath(code, signal, errors));
  }
}

/** `errors`: the end of what the process wrote to standard error. */
export function explainDeath(code: number | null, signal: string | null, errors: string): string {
  const kept = "what was committed is kept: start the command again and it goes on.";
  if (/heap out of memory|ERR_WORKER_OUT_OF_MEMORY|Array buffer allocation failed/i.test(errors)) {
    return `The job's process ran out of memory; ${kept} Reduce --workers, then --batch-size.`;
  }
  const how = signal ?? `status ${code}`;
  const memory =
    signal === "SIGKILL"
      ? " If the system was short of memory, reduce --workers, then --batch-size."
      : "";
  return `The job's process ended without a word (${how}); ${kept}${memory}`;
}

function send(child: ChildProcess, message: ToJobProcess): void {
  // A child that has gone is told of by its `close`.
  if (child.connected) child.send(message, () => undefined);
}

function keepTail(child: ChildProcess): () => string {
  let tail = "";
  child.stderr?.setEncoding("utf8");
  child.stderr?.on("data", (text: string) => {
    tail = (tail + text).slice(-keptErrorBytes);
  });
  return () => tail;
}

/** Gives the child a moment to leave, then kills it, and waits no longer. */
async function letGo(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const left = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, leaveMs);
    });
    await Promise.race([left, patience]);
    clearTimeout(timer);
    child.kill("SIGKILL");
  }
  if (child.connected) child.disconnect();
  child.stderr?.destroy();
  child.unref();
}
