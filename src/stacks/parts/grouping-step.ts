import type { Group, GroupLabels } from "#stacks/group.ts";
import type { PartName } from "#stacks/key-parts.ts";
import type { ModalityFrames } from "#stacks/series-view.ts";

/** One part of the key: how it labels the frames of a group that agrees in the parts before it. */
export interface GroupingStep {
  readonly part: PartName;
  /** Looks at all frames of a modality, then labels group by group. */
  prepare(modality: ModalityFrames): (group: Group) => GroupLabels;
}
