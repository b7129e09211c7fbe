/** Multi-frame Functional Groups (PS3.3 §C.7.6.16). */
import { type Element, orderElements, sequence } from "./element.ts";
import { encodeDataSet } from "./encode-data-set.ts";

/**
 * Shared and per-frame functional groups from the groups of each frame, each a sequence of one item: what
 * is equal in all frames is shared, the rest is said per frame.
 */
export function splitFunctionalGroups(frames: readonly (readonly Element[])[]): Element[] {
  const first = frames[0] ?? [];
  const shared = first.filter((group) => {
    const bytes = encodeGroup(group);
    return frames.every((frame) => {
      const same = frame.find((other) => other.tag === group.tag);
      return same !== undefined && encodeGroup(same) === bytes;
    });
  });
  const sharedTags = new Set(shared.map((group) => group.tag));
  return [
    sequence("SharedFunctionalGroupsSequence", orderElements(shared)),
    sequence(
      "PerFrameFunctionalGroupsSequence",
      ...frames.map((frame) => orderElements(frame.filter((one) => !sharedTags.has(one.tag)))),
    ),
  ];
}

function encodeGroup(group: Element): string {
  return Buffer.from(encodeDataSet([group], "ELE")).toString("latin1");
}
