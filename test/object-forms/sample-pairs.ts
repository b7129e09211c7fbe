/** Frames of one acquisition in two forms that a scanner exported, found by their stack and their place. */
import type { DatabaseSync } from "node:sqlite";
import { columnByName } from "#catalogue/catalogue.ts";
import { framesOf, type Row } from "./stored-forms.ts";

/** Frames of the series that a condition on `v_series` selects. */
export function readFrames(db: DatabaseSync, cohort: string, where: string): Row[] {
  const instances = db
    .prepare(`SELECT instance.*, series_values.*, instance.instance_id
      FROM instance JOIN series_values USING (series_values_id) JOIN v_series ON v_series.series_id = instance.series_id
      WHERE v_series.cohort = ? AND instance.frame_count > 0 AND ${where} ORDER BY sop_instance_uid`)
    .all(cohort) as unknown as Row[];
  return instances.flatMap((instance) =>
    framesOf(db, instance).map((frame, index) => ({
      ...frame,
      stack_key: stackKeyOf(db, instance["instance_id"] ?? null, index + 1),
    })),
  );
}

/** Key without the part that says what kind of object it is. */
function stackKeyOf(db: DatabaseSync, instanceId: Row[string], frame: number): string {
  const members = db
    .prepare(
      "SELECT stack_key, stack_member.frames FROM stack_member JOIN series_stack USING (series_stack_id) WHERE instance_id = ?",
    )
    .all(instanceId) as unknown as Row[];
  const own = members.find(({ frames }) => isInRanges(frame, frames as string | null));
  return String(own?.["stack_key"]).replace(/\|OBJ=\w+/, "");
}

/** `ranges`: as in `1-4,7`; null for all. */
function isInRanges(frame: number, ranges: string | null): boolean {
  return (ranges?.split(",") ?? ["1-"]).some((range) => {
    const [first = "", last = first] = range.split("-");
    return frame >= Number(first) && (last === "" || frame <= Number(last));
  });
}

const placeOf = (frame: Row): string => {
  const position = String(frame["image_position_patient"]).split("\\");
  return [frame["stack_key"], ...position.map((value) => Number(value).toFixed(1))].join(" ");
};

/** Columns in which both frames have a value, and not the same. */
export function differingValues(a: Row, b: Row): string[] {
  return Object.keys(a).filter((name) => {
    const [left, right] = [a[name] ?? null, b[name] ?? null];
    return (
      columnByName(name) !== undefined && left !== null && right !== null && !isSame(left, right)
    );
  });
}

/** Numbers to the digits of a float of 32 bits, which makers write in one form and as text in the other. */
function isSame(a: string | number, b: string | number): boolean {
  if (a === b) return true;
  const [left, right] = [a, b].map((value) => String(value).split("\\").map(Number)) as [
    number[],
    number[],
  ];
  return (
    left.length === right.length &&
    left.every(
      (value, index) =>
        Math.abs(value - (right[index] as number)) <= 2e-6 * Math.max(1, Math.abs(value)),
    )
  );
}

export interface Pair {
  readonly classic: Row;
  readonly framed: Row;
}

/**
 * For each classic frame that of the other form in the same stack at the same place; of several, such as those
 * of a series in time, the one that it differs least from.
 */
export function pairFrames(classic: readonly Row[], framed: readonly Row[]): Pair[] {
  const byPlace = Map.groupBy(framed, placeOf);
  return classic.flatMap((frame) => {
    const candidates = byPlace.get(placeOf(frame)) ?? [];
    const [best] = candidates
      .map((other) => ({ other, count: differingValues(frame, other).length }))
      .sort((a, b) => a.count - b.count);
    return best === undefined ? [] : [{ classic: frame, framed: best.other }];
  });
}
