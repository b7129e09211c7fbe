/** How fast a job goes and how long it may still take, from its counters. Pure: time is passed in. */
import type { ProgressNow } from "#pipeline/progress.ts";

export interface Speed {
  readonly filesPerSecond: number;
  /** Shortest and longest time that may be left, s; null while it would mean nothing. */
  readonly secondsLeft: readonly [number, number] | null;
}

/** Rates are those of the last half minute. */
const windowMs = 30_000;

/** Before this much has passed and this part is done, a time left would be a guess. */
const meaningfulMs = 10_000;
const meaningfulPart = 0.01;

/** A total that is known only from the job before may be this much larger now. */
const expectedGrowth = 1.25;

/** A range wider than this says nothing. */
const widestRange = 10;

interface Sample {
  readonly at: number;
  readonly done: number;
}

export class SpeedMeter {
  readonly #startedAt: number;
  readonly #expected: number | null;
  #samples: Sample[] = [];
  #overall = 0;
  #doneAtLast = -1;

  /** `startedAt` in ms; `expectedFiles`: found by the job before, null when there was none. */
  constructor(startedAt: number, expectedFiles: number | null) {
    this.#startedAt = startedAt;
    this.#expected = expectedFiles;
  }

  /** Takes note of where the job stands at `now`, ms. */
  measure(progress: ProgressNow, now: number): Speed {
    const done = countDone(progress);
    const elapsed = now - this.#startedAt;
    if (!isFilePhase(progress)) {
      // Series are settled now, not files read: the rate of the whole stays as it was at the end of that.
      if (done !== this.#doneAtLast) this.#overall = rate(done, elapsed);
      this.#doneAtLast = done;
      return { filesPerSecond: this.#overall, secondsLeft: null };
    }
    this.#samples = this.#samples.filter(({ at }) => at >= now - windowMs);
    const first = this.#samples[0] ?? { at: this.#startedAt, done: 0 };
    if ((this.#samples.at(-1)?.at ?? Number.NEGATIVE_INFINITY) <= now - 1_000) {
      this.#samples.push({ at: now, done });
    }
    const recent = rate(done - first.done, now - first.at);
    const overall = rate(done, elapsed);
    const isShort = now - first.at < 1_000;
    return {
      filesPerSecond: isShort ? overall : recent,
      secondsLeft: estimateTimeLeft(progress, done, elapsed, [recent, overall], this.#expected),
    };
  }
}

/** Files that are through: unchanged, written or left for later. */
export function countDone({ counts }: ProgressNow): number {
  return counts.unchanged + counts.new + counts.changed + counts.readAgain + counts.waiting;
}

function isFilePhase({ phase, counts }: ProgressNow): boolean {
  // A job begins by settling what an interrupted one left; nothing has been found then.
  return (
    counts.found === 0 ||
    phase === "discover" ||
    phase === "plan" ||
    phase === "parse" ||
    phase === "write"
  );
}

function estimateTimeLeft(
  progress: ProgressNow,
  done: number,
  elapsed: number,
  rates: readonly [number, number],
  expected: number | null,
): readonly [number, number] | null {
  const { found } = progress.counts;
  if (!progress.foundIsFinal && (expected === null || expected <= found)) return null;
  const least = progress.foundIsFinal ? found : Math.max(found, expected ?? 0);
  const most = progress.foundIsFinal ? found : least * expectedGrowth;
  const slow = Math.min(...rates);
  const fast = Math.max(...rates);
  if (elapsed < meaningfulMs || done < least * meaningfulPart || slow <= 0) return null;
  const range = [Math.max(0, least - done) / fast, Math.max(0, most - done) / slow] as const;
  return range[1] > Math.max(range[0], 1) * widestRange ? null : range;
}

/** Files per second. */
function rate(files: number, ms: number): number {
  return ms <= 0 ? 0 : (files * 1000) / ms;
}
