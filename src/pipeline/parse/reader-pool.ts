/**
 * Reader threads and the watch over them. There are as many as processors at first; where they wait for a slow disk,
 * more are started, up to what was asked for. Each takes 40 MB. A thread that dies or stands still costs the file it
 * was on; it is replaced, and the rest of its task is done again. A thread that hangs in the system cannot be ended
 * from within (measured: `terminate` was still pending after 3 s), so it is left behind.
 */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { entryUrl } from "#base/entry.ts";
import type { FileDigests } from "#store/settlement.ts";
import type { UnitRows } from "#store/unit-rows.ts";
import type { FullHeader } from "./full-header.ts";
import type { Unit, UnitRules } from "./read-unit.ts";

/** Cells of a thread's heartbeat. */
export const pulse = { progress: 0, file: 1 } as const;

export interface ParseThreadData {
  readonly rules: UnitRules;
  readonly heartbeat: SharedArrayBuffer;
}

export type ParseTask =
  | { readonly id: number; readonly kind: "unit"; readonly unit: Unit }
  | { readonly id: number; readonly kind: "digests"; readonly paths: readonly string[] }
  | { readonly id: number; readonly kind: "headers"; readonly paths: readonly string[] };

export interface ParseAnswer {
  readonly id: number;
  readonly result: UnitRows | (FileDigests | null)[] | (FullHeader | null)[];
}

/** Why a file of a task could not be done. */
export type ReaderFailure = "reader-crash" | "reader-timeout";

export interface TaskOutcome<Result> {
  /** Null when the thread failed before the task was done. */
  readonly result: Result | null;
  readonly failure: { readonly file: number; readonly code: ReaderFailure } | null;
}

interface Slot {
  worker: Worker;
  beat: Int32Array;
  lastProgress: number;
  /** Time without progress; counted in looks and not by a clock, which may jump, or stop with the process. */
  stillMs: number;
  task: Waiting | null;
  /** Its progress when it was given the task. */
  progressBefore: number;
}

interface Waiting {
  readonly task: ParseTask;
  /** How often a thread has died before it touched a file of it. */
  deaths: number;
  reject(error: unknown): void;
  resolve(outcome: TaskOutcome<ParseAnswer["result"]>): void;
}

export interface PoolOptions {
  /** Threads at most. */
  readonly workers: number;
  readonly rules: UnitRules;
  /** Time without a byte and without an element after which a thread is given up, ms. */
  readonly standstillMs?: number;
}

const defaultStandstillMs = 60_000;

/** After so many deaths before any file was touched, a task is taken for the cause. */
const mostDeaths = 3;

/** How often it is asked whether another thread would help, ms. */
const growMs = 250;

/** Steps of progress that a small file makes: it is taken up, and read. */
const stepsPerFile = 3;

export class ReaderPool {
  readonly #options: PoolOptions;
  readonly #slots: Slot[] = [];
  readonly #queue: Waiting[] = [];
  readonly #watch: NodeJS.Timeout;
  readonly #growth: NodeJS.Timeout;
  /** Threads that may be started by now. */
  #allowed: number;
  #last = { waits: 0, steps: 0 };
  #nextId = 1;
  #isClosed = false;
  #abandoned = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#allowed = Math.min(options.workers, availableParallelism());
    this.#growth = setInterval(() => this.#growIfWaiting(), growMs);
    this.#growth.unref();
    const interval = Math.min(1_000, (options.standstillMs ?? defaultStandstillMs) / 4);
    this.#watch = setInterval(() => this.#lookAfter(interval), interval);
    this.#watch.unref();
  }

  /** Threads that hang in the system and were left behind. */
  get abandoned(): number {
    return this.#abandoned;
  }

  /** Tasks given and not done. */
  get busy(): number {
    return this.#queue.length + this.#slots.filter((slot) => slot.task !== null).length;
  }

  readUnit(unit: Unit): Promise<TaskOutcome<UnitRows>> {
    return this.#give({ id: this.#nextId++, kind: "unit", unit }) as Promise<TaskOutcome<UnitRows>>;
  }

  readDigests(paths: readonly string[]): Promise<TaskOutcome<(FileDigests | null)[]>> {
    return this.#give({ id: this.#nextId++, kind: "digests", paths }) as Promise<
      TaskOutcome<(FileDigests | null)[]>
    >;
  }

  readHeaders(paths: readonly string[]): Promise<TaskOutcome<(FullHeader | null)[]>> {
    return this.#give({ id: this.#nextId++, kind: "headers", paths }) as Promise<
      TaskOutcome<(FullHeader | null)[]>
    >;
  }

  /** Ends the threads without waiting for one that hangs. Tasks not done get no answer. */
  close(): void {
    this.#isClosed = true;
    clearInterval(this.#watch);
    clearInterval(this.#growth);
    for (const slot of this.#slots) {
      slot.worker.unref();
      void slot.worker.terminate();
    }
  }

  #give(task: ParseTask): Promise<TaskOutcome<ParseAnswer["result"]>> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ task, deaths: 0, resolve, reject });
      this.#handOut();
    });
  }

  #handOut(): void {
    while (this.#queue.length > 0 && !this.#isClosed) {
      const slot = this.#slots.find(({ task }) => task === null) ?? this.#startAnother();
      if (slot === null) return;
      const next = this.#queue.shift() as Waiting;
      slot.task = next;
      slot.stillMs = 0;
      slot.progressBefore = Atomics.load(slot.beat, pulse.progress);
      Atomics.store(slot.beat, pulse.file, 0);
      slot.worker.postMessage(next.task);
    }
  }

  /**
   * Another thread, where tasks wait and threads give up the processor once per file or more: files in the page cache
   * need no wait, slow ones one per call (getrusage(2), ru_nvcsw). How busy the machine is with others does not matter.
   */
  #growIfWaiting(): void {
    const { waits, steps } = this.#last;
    const progress = this.#slots.map(({ beat }) => Atomics.load(beat, pulse.progress));
    this.#last = {
      waits: process.resourceUsage().voluntaryContextSwitches,
      steps: progress.reduce((sum, each) => sum + each, 0),
    };
    const isStarting = steps === 0 || progress.includes(0); // which is full of waits
    if (this.#queue.length === 0 || isStarting) return;
    if (this.#last.waits - waits < (this.#last.steps - steps) / stepsPerFile) return;
    this.#allowed = Math.min(this.#options.workers, this.#allowed + 1);
    this.#handOut();
  }

  /** Null where there may be no more. What keeps the system from making one is told only where there is none. */
  #startAnother(): Slot | null {
    if (this.#slots.length >= this.#allowed) return null;
    try {
      const slot = this.#start();
      this.#slots.push(slot);
      return slot;
    } catch (error) {
      if (this.#slots.length > 0) this.#allowed = this.#slots.length;
      else for (const { reject } of this.#queue.splice(0)) reject(error);
      return null;
    }
  }

  #start(): Slot {
    const heartbeat = new SharedArrayBuffer(8);
    const data: ParseThreadData = { rules: this.#options.rules, heartbeat };
    const worker = new Worker(entryUrl("pipeline/parse/parse-thread"), { workerData: data });
    const slot: Slot = {
      worker,
      beat: new Int32Array(heartbeat),
      lastProgress: 0,
      stillMs: 0,
      task: null,
      progressBefore: 0,
    };
    worker.on("message", (answer: ParseAnswer) => {
      const { task } = slot;
      if (task === null || task.task.id !== answer.id) return; // given up meanwhile
      slot.task = null;
      task.resolve({ result: answer.result, failure: null });
      this.#handOut();
    });
    worker.on("error", () => this.#giveUp(slot, "reader-crash"));
    worker.on("exit", () => this.#giveUp(slot, "reader-crash"));
    return slot;
  }

  #lookAfter(elapsedMs: number): void {
    const limit = this.#options.standstillMs ?? defaultStandstillMs;
    for (const slot of [...this.#slots]) {
      if (slot.task === null) continue;
      const progress = Atomics.load(slot.beat, pulse.progress);
      if (progress !== slot.lastProgress) {
        slot.lastProgress = progress;
        slot.stillMs = 0;
        continue;
      }
      slot.stillMs += elapsedMs;
      if (slot.stillMs >= limit) {
        this.#abandoned += 1;
        this.#giveUp(slot, "reader-timeout");
      }
    }
  }

  /**
   * Gives the thread up, and tells whoever waits which file it was on. One that died before it touched a file, as
   * while it started, costs none: its task goes to another. A new thread is started when there is something to do.
   */
  #giveUp(slot: Slot, code: ReaderFailure): void {
    const index = this.#slots.indexOf(slot);
    if (index < 0 || this.#isClosed) return;
    this.#slots.splice(index, 1);
    slot.worker.unref();
    void slot.worker.terminate();
    const { task, beat } = slot;
    const isUntouched = Atomics.load(beat, pulse.progress) === slot.progressBefore;
    if (task !== null && code === "reader-crash" && isUntouched && task.deaths < mostDeaths) {
      task.deaths += 1;
      this.#queue.unshift(task);
    } else task?.resolve({ result: null, failure: { file: Atomics.load(beat, pulse.file), code } });
    this.#handOut();
  }
}
