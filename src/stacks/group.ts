/** Groups of frames that agree in the parts looked at so far, and how a further part divides them. */
import type { PartName } from "./key-parts.ts";

/** Value of a part on a set of frames. Within a group, labels of equal text must be one object. */
export interface PartLabel {
  /** As printed in the key; null = the part is left out. */
  readonly text: string | null;
  /** Place among the labels of the part, ascending; -∞ for a missing value, +∞ for a word such as `MOD`. */
  readonly rank: number;
  /** Unrounded number for the stack's columns, null where there is none. */
  readonly value: number | null;
}

/** The label of frames on which the part is not known. */
export const absentLabel: PartLabel = {
  text: null,
  rank: Number.NEGATIVE_INFINITY,
  value: null,
};

/** A label that is a word and sorts behind all numbers. */
export const wordLabel = (text: string): PartLabel => ({
  text,
  rank: Number.POSITIVE_INFINITY,
  value: null,
});

/** Makes the labels of one part, one object per text. */
export class LabelSet {
  readonly #labels = new Map<string, PartLabel>();

  get size(): number {
    return this.#labels.size;
  }

  label(text: string, rank: number, value: number | null = null): PartLabel {
    let label = this.#labels.get(text);
    if (label === undefined) {
      label = { text, rank, value };
      this.#labels.set(text, label);
    }
    return label;
  }
}

export type Labels = Readonly<Partial<Record<PartName, PartLabel>>>;

/** Frames that agree in every part of `labels`. */
export interface Group {
  /** In canonical order. */
  readonly frames: Int32Array;
  readonly labels: Labels;
}

/** Labels of a group's frames: one for all of them, or one per frame in the group's order. */
export type GroupLabels = PartLabel | readonly PartLabel[];

/** Divides a group by the labels of one more part. The order of frames is kept. */
export function divideGroup(group: Group, part: PartName, labels: GroupLabels): Group[] {
  if (!isList(labels)) return [labelGroup(group, part, labels)];
  const first = labels[0];
  if (first === undefined) return [];
  if (labels.every((label) => label === first)) return [labelGroup(group, part, first)];
  const members = new Map<PartLabel, number[]>();
  for (let index = 0; index < labels.length; index++) {
    const label = labels[index] as PartLabel;
    const frame = group.frames[index] as number;
    const list = members.get(label);
    if (list === undefined) members.set(label, [frame]);
    else list.push(frame);
  }
  return Array.from(members, ([label, frames]) =>
    withLabel(Int32Array.from(frames), group.labels, part, label),
  );
}

/** A group whose frames agree in a part. One that has no value there stays as it is. */
const labelGroup = (group: Group, part: PartName, label: PartLabel): Group =>
  label === absentLabel ? group : withLabel(group.frames, group.labels, part, label);

const isList = (labels: GroupLabels): labels is readonly PartLabel[] => Array.isArray(labels);

const withLabel = (
  frames: Int32Array,
  labels: Labels,
  part: PartName,
  label: PartLabel,
): Group => ({ frames, labels: { ...labels, [part]: label } });

/** Labels per frame from a function of the frame. */
export const labelFrames = (
  frames: Int32Array,
  labelOf: (frame: number) => PartLabel,
): readonly PartLabel[] => Array.from(frames, labelOf);
