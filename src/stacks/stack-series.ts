/** Stacks of one series: the entry to this folder. */
import { divideGroup, type Group } from "./group.ts";
import { hasPart } from "./key-parts.ts";
import { groupingSteps } from "./parts/grouping-steps.ts";
import { REPETITION_TIME_DECIMALS } from "./parts/repetition-time.ts";
import type { SeriesFrames } from "./series-frames.ts";
import { type ModalityFrames, partByModality, viewSeries } from "./series-view.ts";
import { describeStacks, type StackColumns } from "./stack-columns.ts";
import { composeKey } from "./stack-key.ts";
import type { StackOptions } from "./stack-options.ts";
import { compareStacks } from "./stack-order.ts";
import { explainSplit } from "./stack-reason.ts";

export type { StackOptions } from "./stack-options.ts";

/** A set of frames of one series that are homogeneous in the sense of its key. */
export interface Stack {
  /** 0-based, in the order of stack-order.ts. */
  readonly index: number;
  /** Unique in the series, at most 255 characters of ASCII. */
  readonly key: string;
  /** Upper case: MR, CT, PT, … */
  readonly modality: string;
  /** What set the stacks of the series apart: `single`, or `split by echo time, echo number`. */
  readonly reason: string;
  /** The `stack_…` columns but index, key, modality and reason, by name; lists and flags joined by a backslash. */
  readonly columns: StackColumns;
  /** Indices into the `SeriesFrames`, in canonical frame order. */
  readonly frames: Int32Array;
  /** First frame in canonical order; index into the `SeriesFrames`. */
  readonly representative: number;
}

/** Version of the rules; a change of any of them raises it and has every series stacked again. */
export const stackingVersion = 6;

/**
 * Groups the frames of one series into stacks; every frame is in exactly one. Pure: the same set of frames
 * gives the same stacks, in whatever order it comes. n log n.
 */
export function stackSeries(frames: SeriesFrames, options: StackOptions): Stack[] {
  const series = viewSeries(frames, options);
  const found = partByModality(series).flatMap((modality) => stackModality(modality));
  found.sort(compareStacks);
  const reason = explainSplit(found);
  return found.map(({ key, modality, columns, frames: members }, index) => ({
    index,
    key,
    modality,
    reason,
    columns,
    frames: members,
    representative: members[0] as number,
  }));
}

interface FoundStack extends Group {
  readonly modality: string;
  readonly key: string;
  readonly columns: StackColumns;
}

function stackModality(frames: ModalityFrames): FoundStack[] {
  const { modality } = frames;
  const sources = {
    modality: frames,
    repetitionTime: frames.clusters("repetition_time", REPETITION_TIME_DECIMALS).labelOf,
  };
  const groups = groupFrames(frames);
  const columns = describeStacks(sources, groups);
  return groups.map((group, index) => ({
    ...group,
    modality,
    key: composeKey(modality, group.labels),
    columns: columns[index] as StackColumns,
  }));
}

/** Divides the frames of a modality by one part of the key after the other. */
function groupFrames(frames: ModalityFrames): Group[] {
  let groups: Group[] = [{ frames: frames.members, labels: {} }];
  for (const step of groupingSteps) {
    if (!hasPart(frames.modality, step.part)) continue;
    const labelGroup = step.prepare(frames);
    groups = groups.flatMap((group) => divideGroup(group, step.part, labelGroup(group)));
  }
  return groups;
}
