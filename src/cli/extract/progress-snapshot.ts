import { formatNumber } from "#cli/output/format.ts";
import { phaseTitles } from "#cli/output/phase-titles.ts";
import type { ProgressSnapshot } from "#cli/output/progress.ts";
import type { Speed } from "#jobs/measure-speed.ts";
import type { ProgressNow } from "#pipeline/progress.ts";

/** A job's counters as the progress line shows them. Files that did not have to be read count as read. */
export function makeSnapshot(
  progress: ProgressNow,
  speed: Speed,
  elapsedSeconds: number,
): ProgressSnapshot {
  const { phase, counts, foundIsFinal, waitingFor, steps } = progress;
  const title = phaseTitles[phase];
  return {
    phase,
    title:
      steps === null
        ? title
        : `${title} (${formatNumber(steps.done)} of ${formatNumber(steps.all)} series)`,
    found: counts.found,
    foundIsFinal,
    read: counts.unchanged + counts.read,
    inLedger: counts.unchanged + counts.written,
    filesPerSecond: speed.filesPerSecond,
    secondsLeft: speed.secondsLeft,
    waitingFor,
    elapsedSeconds,
  };
}
