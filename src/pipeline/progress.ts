/** Counters of a running job, in memory: watching costs nothing. */
import type { JobCounts, JobPhase } from "#store/job.ts";

export interface ProgressNow {
  readonly phase: JobPhase;
  readonly counts: JobCounts;
  /** The walk has ended, so `found` grows no more. */
  readonly foundIsFinal: boolean;
  readonly waitingFor: "disk" | "database" | null;
  /** Steps of the present phase done and in all, where they are counted (series, headers). */
  readonly steps: { readonly done: number; readonly all: number } | null;
}

export class Progress {
  phase: JobPhase = "discover";
  foundIsFinal = false;
  waitingFor: "disk" | "database" | null = null;
  steps: { done: number; all: number } | null = null;
  readonly counts: { -readonly [Name in keyof JobCounts]: number } = {
    found: 0,
    unchanged: 0,
    new: 0,
    changed: 0,
    readAgain: 0,
    waiting: 0,
    pending: 0,
    folders: 0,
    foldersUnlisted: 0,
    kept: 0,
    missing: 0,
    read: 0,
    written: 0,
    refused: 0,
  };

  now(): ProgressNow {
    return {
      phase: this.phase,
      counts: { ...this.counts },
      foundIsFinal: this.foundIsFinal,
      waitingFor: this.waitingFor,
      steps: this.steps === null ? null : { ...this.steps },
    };
  }
}
