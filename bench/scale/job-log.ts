/**
 * What was seen of a job while it ran, by blocks of files: rate and memory of each block, then of all that came
 * after the last file was stored.
 */
import type { JobUsage } from "./job-usage.ts";

/** A line of `nils extract --json`, as far as it is used here. */
export interface ProgressLine {
  readonly phase: string;
  readonly found: number;
  /** Files committed to the database. */
  readonly inLedger: number;
}

/** A stretch of the job. */
export interface Block {
  /** Files committed at its end. */
  readonly files: number;
  readonly seconds: number;
  /** Files a second; 0 in the last block, where none is committed. */
  readonly rate: number;
  /** Processor time of all processes, up to the last look at them: tells of the program what the clock tells of the machine. */
  readonly cpuSeconds: number;
  /** MiB, all processes. */
  readonly peakMiB: number;
  readonly medianMiB: number;
}

export class JobLog {
  readonly blocks: Block[] = [];
  /** Seconds from the job's begin to the first sight of each phase. */
  readonly phases = new Map<string, number>();
  readonly #files: number;
  readonly #blockFiles: number;
  #memory: number[] = [];
  #blockBegan = 0;
  #cpuSeconds = 0;
  #cpuBefore = 0;
  /** Seconds and files of the progress line before. */
  #before = { seconds: 0, files: 0 };

  /** `blockFiles`: files after which a block ends. */
  constructor(files: number, blockFiles: number) {
    this.#files = files;
    this.#blockFiles = blockFiles;
  }

  addUsage({ memoryMiB, cpuSeconds }: JobUsage): void {
    if (memoryMiB > 0) this.#memory.push(memoryMiB);
    this.#cpuSeconds = Math.max(this.#cpuSeconds, cpuSeconds);
  }

  /** Takes a progress line, `seconds` after the job's begin; returns the blocks that it ends. */
  addProgress(line: ProgressLine, seconds: number): Block[] {
    if (!this.phases.has(line.phase)) this.phases.set(line.phase, seconds);
    const ended: Block[] = [];
    const before = this.#before;
    for (let end = this.#nextEnd(); line.inLedger >= end; end = this.#nextEnd()) {
      if ((this.blocks.at(-1)?.files ?? 0) >= this.#files) break;
      const share = (end - before.files) / (line.inLedger - before.files);
      ended.push(this.#endBlock(end, before.seconds + share * (seconds - before.seconds)));
    }
    this.#before = { seconds, files: line.inLedger };
    return ended;
  }

  /** The job has ended; returns the block of what came after the last file. */
  finish(seconds: number): Block {
    return this.#endBlock(this.blocks.at(-1)?.files ?? 0, seconds);
  }

  #nextEnd(): number {
    return Math.min(this.#files, (this.blocks.at(-1)?.files ?? 0) + this.#blockFiles);
  }

  #endBlock(files: number, ended: number): Block {
    const memory = this.#memory.toSorted((a, b) => a - b);
    const seconds = ended - this.#blockBegan;
    const block = {
      files,
      seconds,
      rate: (files - (this.blocks.at(-1)?.files ?? 0)) / seconds,
      cpuSeconds: this.#cpuSeconds - this.#cpuBefore,
      peakMiB: memory.at(-1) ?? 0,
      medianMiB: memory[Math.floor(memory.length / 2)] ?? 0,
    };
    this.blocks.push(block);
    this.#memory = [];
    this.#cpuBefore = this.#cpuSeconds;
    this.#blockBegan = ended;
    return block;
  }
}
