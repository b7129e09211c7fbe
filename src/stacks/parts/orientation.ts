import { positionsOf } from "#stacks/geometry/positions.ts";
import { centresLieOnAxis, findRotationAxis } from "#stacks/geometry/rotation.ts";
import { absentLabel, type Group, labelFrames, type PartLabel } from "#stacks/group.ts";
import type { SeriesView } from "#stacks/series-view.ts";
import type { GroupingStep } from "./grouping-step.ts";

const labels: Readonly<Record<string, PartLabel>> = Object.fromEntries(
  ["TRA", "COR", "SAG", "ROT"].map((text, rank) => [text, { text, rank, value: null }]),
);

/** ORIENT: the letter of the frame's plane, or ROT for planes that turn about one axis. */
export const orientation: GroupingStep = {
  part: "ORIENT",
  prepare({ series }) {
    const { frames, planes } = series;
    const labelOf = (frame: number): PartLabel =>
      labels[planes.letters[frames.setting[frame] as number] ?? ""] ?? absentLabel;
    return (group) => {
      const isTurning = turnsAboutAxis(series, group);
      return labelFrames(group.frames, (frame) =>
        isTurning && (planes.of[frame] as number) >= 0
          ? (labels["ROT"] as PartLabel)
          : labelOf(frame),
      );
    };
  },
};

/** Positions that a plane of a rotating set may have. */
const MOST_POSITIONS = 2;

function turnsAboutAxis(series: SeriesView, group: Group): boolean {
  const { planes, positions } = series;
  if (planes.list.length < 4) return false;
  const used = [...new Set(Array.from(group.frames, (frame) => planes.of[frame] as number))]
    .filter((plane) => plane >= 0)
    .sort((a, b) => a - b);
  const axis = findRotationAxis(used.flatMap((plane) => planes.list[plane] ?? []));
  if (axis === null) return false;
  const counts = new Map<number, number>();
  for (const position of positionsOf(positions, group.frames)) {
    const plane = positions.planes[position] as number;
    counts.set(plane, (counts.get(plane) ?? 0) + 1);
  }
  if ([...counts.values()].some((count) => count > MOST_POSITIONS)) return false;
  return centresLieOnAxis(series, axis, group.frames);
}
