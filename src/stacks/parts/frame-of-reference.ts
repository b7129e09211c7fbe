import { compareUtf8 } from "#base/byte-order.ts";
import { type Group, LabelSet, type PartLabel } from "#stacks/group.ts";
import { settingText } from "#stacks/series-frames.ts";
import type { ModalityFrames, SeriesView } from "#stacks/series-view.ts";
import { countByLabel, mixedCoordinates } from "./collision.ts";
import {
  discriminator,
  type FrameLabeller,
  type GroupTest,
  missingLabel,
} from "./discriminator.ts";

/** FOR: rank of the Frame of Reference UID among those of the series. Positions in two of them cannot be compared. */
export const frameOfReference = discriminator("FOR", labelReferences, ({ series }) =>
  testReferences(series),
);

function labelReferences({ series: { frames } }: ModalityFrames): FrameLabeller {
  const uids = frames.settings.map((settings) => settingText(settings, "frame_of_reference_uid"));
  const ranks = new Map(
    [...new Set(uids.filter((uid) => uid !== null))]
      .sort(compareUtf8)
      .map((uid, index) => [uid, index + 1]),
  );
  const set = new LabelSet();
  const labels = uids.map((uid) =>
    uid === null ? missingLabel : set.label(String(ranks.get(uid)), 0),
  );
  return (frame) => labels[frames.setting[frame] as number] ?? missingLabel;
}

/**
 * De-identifiers give each file a UID of its own, which says nothing: so do three images or more that have
 * one each. A true frame of reference holds two positions or more, or shows again what another one shows.
 */
function testReferences(series: SeriesView): GroupTest {
  return (group, labels) => {
    if (areReal(series, group, labels)) return true;
    for (const frame of group.frames) series.flags.mark(frame, "frame-of-reference-varies");
    return false;
  };
}

const FEWEST_IMAGES = 3;

function areReal(series: SeriesView, group: Group, labels: readonly PartLabel[]): boolean {
  if (labels.length >= FEWEST_IMAGES && new Set(labels).size === labels.length) return false;
  const isMixed = mixedCoordinates(series, group.frames, labels);
  const shared = countByLabel(labels, (index) => isMixed(group.frames[index] as number));
  const positions = new Map<PartLabel, Set<number>>();
  labels.forEach((label, index) => {
    const position = series.positions.of[group.frames[index] as number] as number;
    const seen = positions.get(label) ?? new Set<number>();
    if (position >= 0) seen.add(position);
    positions.set(label, seen);
  });
  return [...positions].every(
    ([label, seen]) => seen.size >= 2 || (shared.get(label)?.hits ?? 0) > 0,
  );
}
