/**
 * What the stored row of a stack leaves out and a person wants to know: settings of its first image, and
 * where a gap or a doubled image lies. Pure.
 */
import { positionsOf } from "#stacks/geometry/positions.ts";
import { countHoles } from "#stacks/geometry/spacing.ts";
import { median } from "#stacks/numbers.ts";
import type { Settings } from "#stacks/series-frames.ts";
import type { SeriesView } from "#stacks/series-view.ts";
import type { Stack } from "#stacks/stack-series.ts";

export interface StackDetails {
  /** Of the representative image. */
  readonly settings: Settings;
  /** Smallest and largest distance of neighbouring positions in mm; null where they are one spacing. */
  readonly gaps: readonly [number, number] | null;
  /** One place where images are missing; null where none are, or where another stack says so. */
  readonly hole: Hole | null;
  /** Null where no image is doubled. */
  readonly twins: Twins | null;
}

/** Between two positions, or at one that has fewer images than there are volumes; mm along the normal. */
export type Hole =
  | { readonly between: readonly [number, number] }
  | { readonly at: number; readonly images: number };

export interface Twins {
  /** Images at each place, time and weighting; null where they are not equally many. */
  readonly times: number | null;
  /** Two frames of one place, time and weighting; indices into the frames of the series. */
  readonly frames: readonly [number, number];
}

/** Settings that are shown of each stack. */
const shownSettings = [
  "rows",
  "columns",
  "pixel_spacing",
  "slice_thickness",
  "tiles",
  "convolution_kernel",
  "units",
  "attenuation_corrected",
] as const;

export function findDetails(series: SeriesView, stack: Stack): StackDetails {
  const { frames } = series;
  const settings = frames.settings[frames.setting[stack.representative] as number] ?? {};
  const neighbours = findNeighbours(series, stack);
  const twins = countOf(stack, "stack_n_doubled") > 0 ? findTwins(series, stack) : null;
  return {
    settings: Object.fromEntries(shownSettings.map((name) => [name, settings[name] ?? null])),
    gaps: hasFlag(stack, "irregular-spacing") ? rangeOf(neighbours) : null,
    hole: countOf(stack, "stack_n_missing") > 0 ? findHole(series, stack, neighbours) : null,
    twins,
  };
}

const countOf = ({ columns }: Stack, name: string): number => Number(columns[name] ?? 0);

const hasFlag = ({ columns }: Stack, flag: string): boolean =>
  String(columns["stack_flags"] ?? "")
    .split("\\")
    .includes(flag);

/** Two neighbouring positions of one plane, mm. */
type Neighbours = readonly [before: number, after: number];

function findNeighbours({ positions }: SeriesView, stack: Stack): Neighbours[] {
  const sorted = Int32Array.from(positionsOf(positions, stack.frames)).sort();
  const found: Neighbours[] = [];
  for (let index = 1; index < sorted.length; index++) {
    const [before, after] = [sorted[index - 1] as number, sorted[index] as number];
    if (positions.planes[before] !== positions.planes[after]) continue;
    found.push([positions.values[before] as number, positions.values[after] as number]);
  }
  return found;
}

const gapOf = ([before, after]: Neighbours): number => after - before;

function rangeOf(neighbours: readonly Neighbours[]): [number, number] | null {
  if (neighbours.length === 0) return null;
  const gaps = neighbours.map(gapOf);
  return gaps.reduce<[number, number]>(
    ([least, most], gap) => [Math.min(least, gap), Math.max(most, gap)],
    [Number.POSITIVE_INFINITY, 0],
  );
}

/** The first gap that counts as a hole, else the first position with too few images. */
function findHole(
  series: SeriesView,
  stack: Stack,
  neighbours: readonly Neighbours[],
): Hole | null {
  const gaps = Float64Array.from(neighbours, gapOf);
  const middle = median(gaps);
  const holes = countHoles(gaps);
  const hole =
    holes === 0
      ? undefined
      : neighbours.find((each, index) => {
          if (gapOf(each) < 1.5 * middle) return false;
          return countHoles(gaps.with(index, middle)) < holes;
        });
  return hole === undefined ? findLack(series, stack) : { between: hole };
}

function findLack(series: SeriesView, stack: Stack): Hole | null {
  const { positions } = series;
  const keyOf = readPlace(series, stack);
  const isDoubled = countOf(stack, "stack_n_doubled") > 0;
  const found = new Map<number, Set<number | string>>();
  for (const frame of stack.frames) {
    const position = positions.of[frame] as number;
    if (position < 0) continue;
    const images = found.get(position) ?? new Set();
    images.add(isDoubled ? keyOf(frame) : frame);
    found.set(position, images);
  }
  const volumes = countOf(stack, "stack_n_volumes");
  const [lack] = [...found]
    .filter(([, images]) => images.size < volumes)
    .sort(([a], [b]) => a - b)
    .map(([position, images]) => ({
      at: positions.values[position] as number,
      images: images.size,
    }));
  return lack ?? null;
}

/** What is equal for images that nothing read tells apart. */
function readPlace(series: SeriesView, { key }: Stack): (frame: number) => number | string {
  const coordinates = series.coordinates();
  if (!key.includes("|TI=VAR|")) return (frame) => coordinates[frame] as number;
  const times = series.numbers("inversion_time");
  return (frame) => `${coordinates[frame]} ${times[frame]}`;
}

function findTwins(series: SeriesView, stack: Stack): Twins | null {
  const placed = Array.from(stack.frames).filter(
    (frame) => (series.positions.of[frame] as number) >= 0,
  );
  const places = [...Map.groupBy(placed, readPlace(series, stack)).values()];
  const first = places.find((images) => images.length > 1);
  if (first === undefined) return null;
  const isEven = places.every((images) => images.length === first.length);
  return {
    times: isEven ? first.length : null,
    frames: [first[0] as number, first[1] as number],
  };
}
