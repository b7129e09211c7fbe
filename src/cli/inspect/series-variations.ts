/** What differs within the stacks of a series, formed again from the database to be looked at. */
import { columnByName } from "#catalogue/catalogue.ts";
import { formatDuration, formatNumber } from "#cli/output/format.ts";
import { plural } from "#cli/output/plural.ts";
import type { ViewRow } from "#cli/read-pages.ts";
import { loadFrames } from "#pipeline/load-frames.ts";
import { type Stack, stackSeries } from "#stacks/stack-series.ts";
import { findCompanions, findVariations, type Variation } from "#stacks/variation.ts";
import { findLargestTilt, type InputValues, numbersOf } from "#stacks/variation-values.ts";
import type { Cohort } from "#store/cohort.ts";
import type { Store } from "#store/store.ts";
import { withCatalogueUnit } from "./series-words.ts";

/** An input that differs within stacks, and why it did not separate them. */
export interface ShownVariation {
  readonly column: string;
  readonly why: string;
  /** Where the rule comes from. */
  readonly source: string;
  readonly within: readonly ShownValues[];
}

export interface ShownValues {
  /** Index of the stack. */
  readonly stack: number;
  /** Number of distinct values. */
  readonly values: number;
  /** Images without a value. */
  readonly missing: number;
  /** In words: the values where they are few, else their range. */
  readonly text: string;
}

export interface Variations {
  readonly variations: readonly ShownVariation[];
  /** Inputs that differ between the stacks only, and that no part of their keys shows. */
  readonly companions: readonly string[];
}

/** Null where the stored stacks are not those that the present rules make of what is stored. */
export async function loadVariations(
  store: Store,
  { settings }: Cohort,
  seriesId: number,
  rows: readonly ViewRow[],
): Promise<Variations | null> {
  const frames = await loadFrames(store, seriesId);
  if (frames === null) return rows.length === 0 ? { variations: [], companions: [] } : null;
  const stacks = stackSeries(frames, settings);
  if (!areStored(stacks, rows)) return null;
  return {
    variations: findVariations(frames, stacks, settings).map(showVariation),
    companions: findCompanions(frames, stacks),
  };
}

const areStored = (stacks: readonly Stack[], rows: readonly ViewRow[]): boolean =>
  stacks.length === rows.length &&
  stacks.every(
    ({ key, frames }, index) =>
      rows[index]?.["stack_key"] === key && rows[index]?.["stack_n_frames"] === frames.length,
  );

const showVariation = ({ column, why, source, within }: Variation): ShownVariation => ({
  column,
  why,
  source,
  within: within.map(({ stack, values }) => ({
    stack,
    values: values.counts.size,
    missing: values.missing,
    text: describeValues(column, values),
  })),
});

/** Values that are listed one by one, and characters of one that are shown. */
const MOST_LISTED = 3;
const LONGEST_VALUE = 60;

function describeValues(name: string, values: InputValues): string {
  const column = columnByName(name);
  const isSecret = column === undefined || column.privacy !== "none";
  const what = isSecret
    ? plural(values.counts.size, "value")
    : (describeTimes(name, values) ??
      describeTilt(name, values) ??
      describeDirections(name, values) ??
      listValues(values, column.unit) ??
      describeRange(values, column.unit) ??
      plural(values.counts.size, "value"));
  return values.missing === 0 ? what : `${what}; none on ${plural(values.missing, "image")}`;
}

/** Of times of day what matters is the time between them. */
function describeTimes(name: string, values: InputValues): string | null {
  if (name !== "acquisition_time") return null;
  const times = numbersOf(values);
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const count = plural(times.length, "time");
  if (span === 0) return count;
  return `${count} within ${span < 0.05 ? "0.1 s" : formatDuration(span)}`;
}

function describeTilt(name: string, values: InputValues): string | null {
  const tilt = name === "image_orientation_patient" ? findLargestTilt(values) : null;
  if (tilt === null) return null;
  const apart = tilt < 0.0005 ? "less than 0.001°" : `up to ${formatNumber(tilt)}°`;
  return `${plural(values.counts.size, "value")}, ${apart} apart`;
}

const describeDirections = (name: string, { counts }: InputValues): string | null =>
  name === "diffusion_gradient_orientation" ? plural(counts.size, "direction") : null;

function listValues({ counts }: InputValues, unit: string | undefined): string | null {
  if (counts.size > MOST_LISTED) return null;
  return [...counts]
    .sort(([a], [b]) => (typeof a === "number" && typeof b === "number" ? a - b : 0))
    .map(([value, images]) => `${writeValue(value, unit)} (${plural(images, "image")})`)
    .join(", ");
}

function describeRange(values: InputValues, unit: string | undefined): string | null {
  const numbers = numbersOf(values);
  const [smallest, largest] = [numbers[0], numbers.at(-1)];
  if (numbers.length < values.counts.size || smallest === undefined || largest === undefined) {
    return null;
  }
  const range = `${writeNumber(smallest)} to ${writeNumber(largest)}`;
  return `${plural(values.counts.size, "value")}, ${withCatalogueUnit(range, unit)}`;
}

function writeValue(value: string | number, unit: string | undefined): string {
  const text = typeof value === "number" ? writeNumber(value) : value;
  const shown = text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
  return withCatalogueUnit(shown, unit);
}

/** Six digits of a small number, so that jitter is seen. */
const writeNumber = (value: number): string =>
  Math.abs(value) < 1000 ? String(Number(value.toPrecision(6))) : formatNumber(value);
