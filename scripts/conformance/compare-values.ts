/** Lays what we store of one file beside what another program read of it. */
import type { Column } from "#catalogue/column.ts";
import { formatNumber } from "#dicom/number.ts";
import type { Cell } from "#store/packed-rows.ts";
import { comparedColumns, ExpectedValues } from "./expected-values.ts";
import type { OurValues } from "./our-values.ts";
import type { Reading } from "./reading.ts";

export interface Difference {
  readonly path: string;
  readonly column: string;
  /** The first frame that differs so; 1 in a classic object. */
  readonly frame: number;
  /** Number of frames that differ so. */
  readonly frames: number;
  readonly ours: Cell;
  /** What the other program's reading leads to; empty where it has no value. */
  readonly theirs: string;
}

/** A column of a file in which a value is written or stored. */
export interface ColumnComparison {
  readonly column: Column;
  /** Frames compared; 1 for a column that is kept once for each file. */
  readonly frames: number;
  /** None where all frames are equal; one for each pair of values. */
  readonly differences: readonly Difference[];
}

export function compareValues(path: string, ours: OurValues, reading: Reading): ColumnComparison[] {
  const frames = reading.frames.map((frame) => ({
    frame,
    expected: new ExpectedValues(reading, frame),
  }));
  return comparedColumns.flatMap((column) => {
    const isPerFrame = column.scope === "setting" || column.scope === "coordinate";
    const differences = new Map<string, Difference>();
    let compared = 0;
    for (const { frame, expected } of isPerFrame ? frames : frames.slice(0, 1)) {
      const { value, isWritten } = expected.of(column.name);
      const own = ours.value(column.name, frame);
      if (value === undefined || (!isWritten && own === null && value === null)) continue;
      compared += 1;
      const theirs = value === null ? null : textOf(value);
      if (isEqual(own, theirs)) continue;
      const key = JSON.stringify([own, theirs]);
      const known = differences.get(key) ?? {
        path,
        column: column.name,
        frame,
        frames: 0,
        ours: own,
        theirs: theirs ?? "",
      };
      differences.set(key, { ...known, frames: known.frames + 1 });
    }
    return compared === 0
      ? []
      : [{ column, frames: compared, differences: [...differences.values()] }];
  });
}

const textOf = (value: string | number): string =>
  typeof value === "number" ? formatNumber(value) : value;

/** Text in one normal form; numbers of FL as the other widens them are the same at single precision. */
function isEqual(ours: Cell, theirs: string | null): boolean {
  if (ours === null || theirs === null) return ours === theirs;
  const [a, b] = [textOf(ours), theirs.normalize("NFC")];
  if (a === b) return true;
  const [left, right] = [a.split("\\"), b.split("\\")];
  return (
    left.length === right.length &&
    left.every((part, index) => part === right[index] || isSameNumber(part, right[index] ?? ""))
  );
}

function isSameNumber(a: string, b: string): boolean {
  if (a === "" || b === "") return false;
  const [x, y] = [Number(a), Number(b)];
  return Math.fround(x) === Math.fround(y);
}
