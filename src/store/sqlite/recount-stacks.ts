/**
 * Proves the stacks of a cohort against its frames, series by series: every frame of a present instance is
 * in exactly one stack. An object without functional groups counts as one frame, however many it has.
 */
import type { StackSums } from "#store/ledger.ts";
import type { Session } from "./session.ts";

type Sums = { -readonly [Name in keyof StackSums]: number };

const selectSeries = `SELECT series_id, series.dirty, instances, frames, stacks
  FROM series JOIN study USING (study_id) JOIN subject USING (subject_id) WHERE cohort_id = ?`;

const selectInstances = `SELECT instance_id, frame_count FROM instance
  WHERE series_id = ? AND EXISTS (SELECT 1 FROM file WHERE file.instance_id = instance.instance_id AND file.state = 'stored')`;

const selectRanges = `SELECT instance_id, first_frame, last_frame FROM instance JOIN frame_range USING (instance_id)
  WHERE series_id = ? ORDER BY instance_id, first_frame`;

const selectMembers = `SELECT instance_id, stack_member.frames
  FROM series_stack JOIN stack_member USING (series_stack_id) WHERE series_id = ?`;

const countStacks = "SELECT count(*) AS n FROM series_stack WHERE series_id = ?";

export function recountStacks(session: Session, cohortId: number): StackSums {
  const sums: Sums = {
    frames: 0,
    framesInNoStack: 0,
    framesInSeveralStacks: 0,
    strangeMembers: 0,
    miscountedSeries: 0,
    unsettledSeries: 0,
  };
  for (const row of session.prepare(selectSeries).iterate(cohortId)) {
    if (row["dirty"] === 1) sums.unsettledSeries += 1;
    else recountSeries(session, row, sums);
  }
  return sums;
}

/** How often each frame of an instance was met in a stack, by frame number. */
type Uses = Map<number, number>;

/** The one frame of an object without functional groups. */
const onlyFrame = 1;

function recountSeries(session: Session, series: Record<string, unknown>, sums: Sums): void {
  const seriesId = series["series_id"] as number;
  const instances = new Map<number, Uses>();
  let present = 0;
  for (const row of session.prepare(selectInstances).iterate(seriesId)) {
    present += 1;
    if (row["frame_count"] !== 0) instances.set(row["instance_id"] as number, new Map());
  }
  for (const row of session.prepare(selectRanges).iterate(seriesId)) {
    const uses = instances.get(row["instance_id"] as number);
    const last = row["last_frame"] as number;
    for (let frame = row["first_frame"] as number; frame <= last; frame++) uses?.set(frame, 0);
  }
  let frames = 0;
  for (const uses of instances.values()) {
    if (uses.size === 0) uses.set(onlyFrame, 0);
    frames += uses.size;
  }
  for (const row of session.prepare(selectMembers).iterate(seriesId)) {
    const uses = instances.get(row["instance_id"] as number);
    if (uses === undefined) sums.strangeMembers += 1;
    else useFrames(uses, row["frames"] as string | null, sums);
  }
  for (const uses of instances.values()) {
    for (const times of uses.values()) {
      if (times === 0) sums.framesInNoStack += 1;
      if (times > 1) sums.framesInSeveralStacks += 1;
    }
  }
  sums.frames += frames;
  const stacks = session.prepare(countStacks).get(seriesId)?.["n"];
  const isRight =
    series["instances"] === present && series["frames"] === frames && series["stacks"] === stacks;
  if (!isRight) sums.miscountedSeries += 1;
}

/** `ranges`: `1-3,7`, or null for all frames. */
function useFrames(uses: Uses, ranges: string | null, sums: Sums): void {
  const numbers = ranges === null ? [...uses.keys()] : listNumbers(ranges);
  for (const frame of numbers) {
    const times = uses.get(frame);
    if (times === undefined) sums.strangeMembers += 1;
    else uses.set(frame, times + 1);
  }
}

function listNumbers(ranges: string): number[] {
  return ranges.split(",").flatMap((range) => {
    const [first = "", last = first] = range.split("-");
    const length = Number(last) - Number(first) + 1;
    return Array.from({ length }, (_, index) => Number(first) + index);
  });
}
