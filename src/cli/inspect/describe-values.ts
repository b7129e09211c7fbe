/** The values that images of a stack have, in words: listed where they are few, else their range. */
import { columnByName } from "#catalogue/catalogue.ts";
import { formatDuration, formatNumber } from "#cli/output/format.ts";
import { plural } from "#cli/output/plural.ts";
import { parseOrientation } from "#stacks/geometry/orientation.ts";
import { dot } from "#stacks/geometry/vector.ts";
import { type InputValues, numbersOf } from "#stacks/variation-values.ts";
import { withCatalogueUnit } from "./series-words.ts";

/** Values that are listed one by one, and characters of one that are shown. */
const MOST_LISTED = 3;
const LONGEST_VALUE = 60;

/** `zeros`: images without a b-value that the rules take for b = 0. */
export function describeValues(name: string, values: InputValues, zeros: number): string {
  const what = isSecret(name)
    ? plural(values.counts.size, "value")
    : (describeTimes(name, values) ??
      describeTilt(name, values) ??
      describeDirections(name, values) ??
      listValues(name, values) ??
      describeRange(name, values) ??
      plural(values.counts.size, "value"));
  const none = values.missing - zeros;
  return [
    what,
    ...(zeros === 0
      ? []
      : [`0 taken for ${plural(zeros, "image")} that ${zeros === 1 ? "has" : "have"} none`]),
    ...(none === 0 ? [] : [`none on ${plural(none, "image")}`]),
  ].join("; ");
}

/** One value for each stack: `1 (stack 0), 16 (stacks 1, 2)`. */
export function describePerStack(
  name: string,
  values: readonly (string | number | null)[],
  nameStacks: (indices: readonly number[]) => string,
): string {
  const stacksOf = Map.groupBy(values.keys(), (index) => values[index] ?? null);
  if (stacksOf.size > MOST_LISTED || isSecret(name) || name === "acquisition_time") {
    return plural(stacksOf.size, "value");
  }
  return [...stacksOf]
    .map(([value, stacks]) => {
      const text = value === null ? "not written" : writeValue(value, columnByName(name)?.unit);
      return `${text} (${nameStacks(stacks)})`;
    })
    .join(", ");
}

function isSecret(name: string): boolean {
  const column = columnByName(name);
  return column === undefined || column.privacy !== "none";
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

/** Orientations of which all pairs are compared. */
const MOST_COMPARED = 300;

/** Largest angle between the rows, or the columns, of two of the orientations, degrees; null for very many. */
function findLargestTilt({ counts }: InputValues): number | null {
  const orientations = [...counts.keys()]
    .map((value) => parseOrientation(String(value)))
    .filter((orientation) => orientation !== null);
  if (orientations.length === 0 || orientations.length > MOST_COMPARED) return null;
  let cosine = 1;
  for (const a of orientations) {
    for (const b of orientations) {
      cosine = Math.min(cosine, dot(a.row, b.row), dot(a.column, b.column));
    }
  }
  return (Math.acos(cosine) * 180) / Math.PI;
}

function describeTilt(name: string, values: InputValues): string | null {
  const tilt = name === "image_orientation_patient" ? findLargestTilt(values) : null;
  if (tilt === null) return null;
  const apart = tilt < 0.0005 ? "less than 0.001°" : `up to ${formatNumber(tilt)}°`;
  return `${plural(values.counts.size, "value")}, ${apart} apart`;
}

const describeDirections = (name: string, { counts }: InputValues): string | null =>
  name === "diffusion_gradient_orientation" ? plural(counts.size, "direction") : null;

function listValues(name: string, { counts }: InputValues): string | null {
  if (counts.size > MOST_LISTED) return null;
  const unit = columnByName(name)?.unit;
  return [...counts]
    .sort(([a], [b]) => (typeof a === "number" && typeof b === "number" ? a - b : 0))
    .map(([value, images]) => `${writeValue(value, unit)} (${plural(images, "image")})`)
    .join(", ");
}

function describeRange(name: string, values: InputValues): string | null {
  const numbers = numbersOf(values);
  const [smallest, largest] = [numbers[0], numbers.at(-1)];
  if (numbers.length < values.counts.size || smallest === undefined || largest === undefined) {
    return null;
  }
  const range = `${writeNumber(smallest)} to ${writeNumber(largest)}`;
  return `${plural(values.counts.size, "value")}, ${withCatalogueUnit(range, columnByName(name)?.unit)}`;
}

function writeValue(value: string | number, unit: string | undefined): string {
  const text = typeof value === "number" ? writeNumber(value) : value;
  const shown = text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
  return withCatalogueUnit(shown, unit);
}

/** Six digits of a small number, so that jitter is seen. */
const writeNumber = (value: number): string =>
  Math.abs(value) < 1000 ? String(Number(value.toPrecision(6))) : formatNumber(value);
