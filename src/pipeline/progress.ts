/** Counters of a running job, in memory: watching costs nothing. */
import { type JobCounts, type JobPhase, noCounts } from "#store/job.ts";

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
  readonly counts: { -readonly [Name in keyof JobCounts]: number } = { ...noCounts };

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
