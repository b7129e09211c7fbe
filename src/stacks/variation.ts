/** What differs within the stacks of a series and was passed over, with the reason. Pure. */
import { parseKey } from "./parse-key.ts";
import { type SeriesFrames, settingsOf } from "./series-frames.ts";
import { type SeriesView, viewSeries } from "./series-view.ts";
import { stackInputs } from "./stack-inputs.ts";
import type { StackOptions } from "./stack-options.ts";
import { findDifferingParts } from "./stack-reason.ts";
import type { Stack } from "./stack-series.ts";
import { findReason, inputReasons, type StackFacts } from "./variation-reasons.ts";
import {
  type ColumnReader,
  countValues,
  type InputColumn,
  type InputValues,
  isVaried,
  readColumn,
} from "./variation-values.ts";

/** An input that differs within stacks, for one reason. */
export interface Variation {
  readonly column: InputColumn;
  /** One sentence: why it did not separate. */
  readonly why: string;
  /** Where that rule comes from. */
  readonly source: string;
  /** The stacks concerned, ascending. */
  readonly within: readonly StackVariation[];
}

export interface StackVariation {
  /** Index of the stack. */
  readonly stack: number;
  readonly values: InputValues;
}

/** Inputs that differ within any of the stacks, by name; one that does so for several reasons, once for each. */
export function findVariations(
  frames: SeriesFrames,
  stacks: readonly Stack[],
  options: StackOptions,
): Variation[] {
  const series = viewSeries(frames, options);
  const known = stacks.map((stack) => ({
    stack,
    modality: stack.modality,
    parts: parseKey(stack.key),
    options,
    settings: Array.from(
      settingsOf(frames, stack.frames),
      (setting) => frames.settings[setting] ?? {},
    ),
    repeats: countRepeats(series, stack),
  }));
  const found = new Map<string, Variation & { within: StackVariation[] }>();
  for (const column of [...stackInputs].sort()) {
    const valueAt = readColumn(frames, column);
    for (const { stack, ...rest } of known) {
      const values = countValues(stack.frames, valueAt);
      if (!isVaried(values)) continue;
      const reason = findReason(column, {
        ...rest,
        values,
        get hasCollision() {
          return hasCollision(series, stack, valueAt);
        },
      });
      if (reason === null) continue;
      const { why, source } = reason;
      const key = `${column} ${why}`;
      const variation = found.get(key) ?? { column, why, source, within: [] };
      variation.within.push({ stack: stack.index, values });
      found.set(key, variation);
    }
  }
  return [...found.values()];
}

/** An input that every stack has one value of, and that differs between stacks. */
export interface Companion {
  readonly column: InputColumn;
  /** By stack; null where its images have none. */
  readonly values: readonly (string | number | null)[];
}

/** The inputs of which no printed part of the key is made: what else the images of different stacks differ in. */
export function findCompanions(frames: SeriesFrames, stacks: readonly Stack[]): Companion[] {
  const separating = findSeparatingParts(stacks);
  return stackInputs.flatMap((column) => {
    const { parts, reasons } = inputReasons[column];
    if (reasons.length === 0 || parts.some((part) => separating.has(part))) return [];
    const valueAt = readColumn(frames, column);
    const values = stacks.map((stack) => valueAt(stack.frames[0] as number));
    const isCompanion =
      new Set(values).size > 1 &&
      stacks.every((stack) => !isVaried(countValues(stack.frames, valueAt)));
    return isCompanion ? [{ column, values }] : [];
  });
}

/** Names of the parts that differ among the stacks. */
function findSeparatingParts(stacks: readonly Stack[]): ReadonlySet<string> {
  const keys = stacks.map(({ key, modality }) => ({ modality, parts: parseKey(key) }));
  return new Set(
    findDifferingParts(keys, ({ parts }, name) => parts.get(name) ?? null).map(({ name }) => name),
  );
}

function countRepeats({ positions }: SeriesView, stack: Stack): StackFacts["repeats"] {
  const counts = new Map<number, number>();
  for (const frame of stack.frames) {
    const position = positions.of[frame] as number;
    if (position >= 0) counts.set(position, (counts.get(position) ?? 0) + 1);
  }
  const numbers = new Set(counts.values());
  if (numbers.size > 1) return "uneven";
  return numbers.has(1) || numbers.size === 0 ? "none" : "even";
}

/** Whether two frames of one occasion differ in a column, as the collision test asks. */
function hasCollision(series: SeriesView, stack: Stack, valueAt: ColumnReader): boolean {
  const occasions = series.occasions();
  const seen = new Map<number, string | number | null>();
  for (const frame of stack.frames) {
    const occasion = occasions[frame] as number;
    const value = valueAt(frame);
    if (!seen.has(occasion)) seen.set(occasion, value);
    else if (seen.get(occasion) !== value) return true;
  }
  return false;
}
