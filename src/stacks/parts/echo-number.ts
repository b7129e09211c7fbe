import { absentLabel, LabelSet, labelFrames, type PartLabel } from "#stacks/group.ts";
import { settingText } from "#stacks/series-frames.ts";
import type { ModalityFrames } from "#stacks/series-view.ts";
import { valueText } from "#stacks/value-text.ts";
import { ECHO_TIME_DECIMALS } from "./echo-time.ts";
import type { GroupingStep } from "./grouping-step.ts";

/**
 * ECHO. As written, unless GE wrote one number on all echoes (`rankRuns`); else the smallest number found on
 * frames of the same echo time; else the 1-based rank of the echo time in the series, so that classic and
 * enhanced exports agree (enhanced objects have no echo number: dcm2niix#568, #720, #1037). Frames without
 * number and echo time leave the part out.
 */
export const echoNumber: GroupingStep = {
  part: "ECHO",
  prepare(modality) {
    const { series, members } = modality;
    const written = readWritten(modality);
    const runs = rankRuns(modality, written.set);
    const times = modality.clusters("echo_time", ECHO_TIME_DECIMALS);
    const numberOfTime = new Map<PartLabel, PartLabel>();
    for (const frame of members) {
      const time = times.labelOf(frame);
      const number = written.labelOf(frame);
      const known = numberOfTime.get(time);
      if (number && (known === undefined || isSmaller(number, known))) {
        numberOfTime.set(time, number);
      }
    }
    times.labels.forEach((time, index) => {
      if (!numberOfTime.has(time)) {
        numberOfTime.set(time, written.set.label(String(index + 1), index + 1));
      }
    });
    // Frames without an echo time are no cluster, and so have no number to lend.
    numberOfTime.set(absentLabel, absentLabel);
    const labelOf = (frame: number): PartLabel => {
      const ranked = runs(frame);
      if (ranked) {
        series.flags.mark(frame, "echo-inferred");
        return ranked;
      }
      const number = written.labelOf(frame);
      return number ?? numberOfTime.get(times.labelOf(frame)) ?? absentLabel;
    };
    return (group) => labelFrames(group.frames, labelOf);
  },
};

/** The numbers that the files give. Several values come joined by `+` or a backslash; 0 is legal (dcm2niix#821). */
function readWritten({ series }: ModalityFrames): {
  set: LabelSet;
  labelOf(frame: number): PartLabel | null;
} {
  const set = new LabelSet();
  const { frames } = series;
  const labels = frames.settings.map((settings) => {
    const text = settingText(settings, "echo_numbers");
    if (text === null) return null;
    const first = Number.parseInt(text, 10);
    return set.label(valueText(text.replaceAll("\\", "+")), Number.isNaN(first) ? 0 : first);
  });
  return { set, labelOf: (frame) => labels[frames.setting[frame] as number] ?? null };
}

/**
 * GE's multi-echo: one echo number (and often one echo time) on all images, several echoes announced. The
 * rank of the raw data run among the images of a position is the echo (dcm2niix#209, #359).
 */
function rankRuns(
  { series, members }: ModalityFrames,
  written: LabelSet,
): (frame: number) => PartLabel | null {
  const isAnnounced = series.numbers("ge_echoes").some((echoes) => echoes > 1);
  if (!isAnnounced || written.size > 1) return () => null;
  const runs = series.numbers("ge_raw_run");
  const runsAt = new Map<number, Set<number>>();
  for (const frame of members) {
    const position = series.positions.of[frame] as number;
    const run = runs[frame] as number;
    if (position < 0 || Number.isNaN(run)) continue;
    const known = runsAt.get(position);
    if (known === undefined) runsAt.set(position, new Set([run]));
    else known.add(run);
  }
  const rankAt = new Map(
    Array.from(runsAt, ([position, found]) => [
      position,
      new Map([...found].sort((a, b) => a - b).map((run, index) => [run, index + 1])),
    ]),
  );
  return (frame) => {
    const rank = rankAt.get(series.positions.of[frame] as number)?.get(runs[frame] as number);
    return rank === undefined ? null : written.label(String(rank), rank);
  };
}

const isSmaller = (a: PartLabel, b: PartLabel): boolean =>
  a.rank < b.rank || (a.rank === b.rank && (a.text ?? "") < (b.text ?? ""));
