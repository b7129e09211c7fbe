/**
 * Discover: the walk in a thread of its own, as chunks that are asked for, and the watch over it. A thread that hangs
 * in the system can be neither ended nor waited for: it is left behind, and another one goes on without the folder
 * or the entry at which it stood.
 */
import { Worker } from "node:worker_threads";
import { entryUrl } from "#base/entry.ts";
import { UserError } from "#base/user-error.ts";
import { Frontier } from "./frontier.ts";
import type { FoundEntries, WalkOptions, WalkStart } from "./walk.ts";
import { WalkPulse } from "./walk-pulse.ts";

export type DiscoverMessage =
  | { readonly kind: "chunk"; readonly chunk: FoundEntries[] }
  | { readonly kind: "end" };

export interface DiscoverThreadData {
  readonly source: string;
  readonly options: WalkOptions;
  readonly start: WalkStart;
  /** Chunks that may wait to be taken. */
  readonly ahead: number;
  readonly pulseMemory: SharedArrayBuffer;
}

export interface DiscoveryOptions extends WalkOptions {
  /** Time without an answer of the system after which a thread is given up, ms. */
  readonly standstillMs?: number;
}

const chunksAhead = 4;

const defaultStandstillMs = 60_000;

/** Threads that hang one after another without a chunk in between: it is the source that does not answer. */
const standstillsInARow = 10;

export interface Discovery {
  /** The next chunk; null at the end. */
  next(): Promise<FoundEntries[] | null>;
  /** Stops the walk; a thread that hangs in the system is left behind. */
  stop(): void;
  /** Threads that hang in the system and were left behind. */
  readonly abandoned: number;
}

export function startDiscovery(source: string, options: DiscoveryOptions): Discovery {
  return new WatchedWalk(source, options);
}

class WatchedWalk implements Discovery {
  readonly #source: string;
  readonly #options: WalkOptions;
  readonly #frontier = new Frontier();
  readonly #ready: (FoundEntries[] | null)[] = [];
  readonly #watch: NodeJS.Timeout;
  #worker: Worker;
  #pulse = new WalkPulse();
  #waiting: PromiseWithResolvers<FoundEntries[] | null> | null = null;
  #failure: Error | null = null;
  #lastProgress = 0;
  /** Counted in looks and not by the clock: a process that was stopped for a while has not been hanging. */
  #stillMs = 0;
  #standstills = 0;
  #abandoned = 0;

  constructor(source: string, options: DiscoveryOptions) {
    const { followLinks, standstillMs = defaultStandstillMs } = options;
    this.#source = source;
    this.#options = { followLinks };
    this.#worker = this.#start();
    const interval = Math.min(1_000, standstillMs / 4);
    this.#watch = setInterval(() => this.#lookAfter(interval, standstillMs), interval);
    this.#watch.unref();
  }

  get abandoned(): number {
    return this.#abandoned;
  }

  next(): Promise<FoundEntries[] | null> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    const chunk = this.#ready.shift();
    if (chunk === undefined) {
      this.#waiting = Promise.withResolvers();
      return this.#waiting.promise;
    }
    if (chunk !== null) this.#worker.postMessage("more");
    return Promise.resolve(chunk);
  }

  stop(): void {
    clearInterval(this.#watch);
    this.#letGo();
    this.#waiting?.resolve(null);
    this.#waiting = null;
  }

  #start(): Worker {
    const data: DiscoverThreadData = {
      source: this.#source,
      options: this.#options,
      start: this.#frontier.start,
      ahead: chunksAhead,
      pulseMemory: this.#pulse.memory,
    };
    const worker = new Worker(entryUrl("pipeline/discover/discover-thread"), { workerData: data });
    worker.on("message", (message: DiscoverMessage) => {
      if (worker === this.#worker) this.#take(message);
    });
    worker.on("error", (cause) => {
      if (worker === this.#worker) this.#fail(toError(cause));
    });
    return worker;
  }

  #take(message: DiscoverMessage): void {
    if (message.kind === "end") {
      clearInterval(this.#watch);
      this.#give(null);
      return;
    }
    this.#standstills = 0;
    this.#frontier.advance(message.chunk);
    this.#give(message.chunk);
  }

  #give(chunk: FoundEntries[] | null): void {
    if (this.#waiting === null) this.#ready.push(chunk);
    else {
      if (chunk !== null) this.#worker.postMessage("more");
      this.#waiting.resolve(chunk);
    }
    this.#waiting = null;
  }

  #fail(error: Error): void {
    this.#failure = error;
    this.#waiting?.reject(error);
    this.#waiting = null;
  }

  #lookAfter(elapsedMs: number, limitMs: number): void {
    const { progress, isWorking } = this.#pulse;
    const isStill = isWorking && progress === this.#lastProgress;
    this.#lastProgress = progress;
    this.#stillMs = isStill ? this.#stillMs + elapsedMs : 0;
    if (this.#stillMs >= limitMs) this.#replace();
  }

  /** Leaves the thread behind and has another one go on. */
  #replace(): void {
    this.#abandoned += 1;
    this.#standstills += 1;
    this.#letGo();
    if (this.#standstills > standstillsInARow) {
      clearInterval(this.#watch);
      this.#fail(
        new UserError(
          "source-missing",
          "The source does not answer: one folder after another could not be listed. Look after its disk or share, then start the job again; what was committed is kept.",
        ),
      );
      return;
    }
    const end = this.#frontier.passOver(this.#pulse.place());
    this.#pulse = new WalkPulse();
    this.#stillMs = 0;
    this.#worker = this.#start();
    if (end !== null) this.#give([end]);
  }

  #letGo(): void {
    this.#worker.unref();
    void this.#worker.terminate();
  }
}

function toError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}
