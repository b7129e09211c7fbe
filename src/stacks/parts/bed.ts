/**
 * BED of PET, which no attribute gives. Frames of one acquisition time are a visit; visits to the same
 * positions are visits to one place of the table. Places that abut were stitched into one volume.
 */
import { DisjointSets } from "#stacks/geometry/disjoint-sets.ts";
import { findGap } from "#stacks/geometry/spacing.ts";
import { absentLabel, type PartLabel, wordLabel } from "#stacks/group.ts";
import { clusterNumbers, clusterOf } from "#stacks/numbers.ts";
import { settingText } from "#stacks/series-frames.ts";
import type { SeriesView } from "#stacks/series-view.ts";
import type { GroupingStep } from "./grouping-step.ts";

/** 1 s between visits, 1 mm between places of the table. */
const VISIT_DECIMALS = 0;
/** Part of the smaller visit's positions that two visits to one place share. */
const SAME_PLACE = 0.9;
/** Up to this number of different sets of positions all pairs are compared. */
const MOST_COMPARED = 1000;

/** Places that a set is compared with at one of its positions, where there are more sets than that. */
const MOST_PLACES = 8;
/** mm: quantum of positions. */
const POSITION_QUANTUM = 0.01;

const allLabel = wordLabel("ALL");

const bedLabel = (number: number): PartLabel => ({
  text: String(number),
  rank: number,
  value: number,
});

/** BED: 1 for one place, ALL for places stitched into one volume, else 1…n by first acquisition time. */
export const bed: GroupingStep = {
  part: "BED",
  prepare({ series }) {
    const { frames } = series;
    const corrected = frames.settings.map(
      (settings) => settingText(settings, "attenuation_corrected") ?? "",
    );
    return (group) => {
      const byCorrection = Map.groupBy(
        group.frames.keys(),
        (index) => corrected[frames.setting[group.frames[index] as number] as number],
      );
      const labels: PartLabel[] = [];
      const beds = [allLabel];
      for (const indices of byCorrection.values()) {
        const numbers = numberBeds(
          series,
          Int32Array.from(indices, (index) => group.frames[index] as number),
        );
        indices.forEach((index, place) => {
          const number = numbers[place] ?? null;
          if (number === null) labels[index] = absentLabel;
          else {
            beds[number] ??= bedLabel(number);
            labels[index] = beds[number] as PartLabel;
          }
        });
      }
      return labels;
    };
  },
};

/** Number of the bed per frame: 0 = all beds, null = not known. */
function numberBeds(series: SeriesView, frames: Int32Array): readonly (number | null)[] {
  const places = findPlaces(series, frames);
  const count = places.first.length;
  if (count <= 1) return Array.from(frames, () => 1);
  if (areStitched(series, frames, places)) return Array.from(frames, () => 0);
  const order = Array.from(places.first.keys()).sort((a, b) =>
    compareStarts(places.first[a] as Start, places.first[b] as Start),
  );
  const numbers = new Map(order.map((place, index) => [place, index + 1]));
  return Array.from(places.of, (place) => numbers.get(place) ?? null);
}

interface Places {
  /** Per frame of the group: its place, −1 = not known. */
  readonly of: Int32Array;
  /** Per place: what places are numbered by. */
  readonly first: readonly Start[];
}

interface Start {
  /** s, +∞ = not known. */
  readonly time: number;
  /** Smallest position, index into those of the series. */
  readonly position: number;
}

const compareStarts = (a: Start, b: Start): number =>
  a.time === b.time ? a.position - b.position : a.time < b.time ? -1 : 1;

/** The table's position decides where every frame has one, else times and positions do. */
function findPlaces(series: SeriesView, frames: Int32Array): Places {
  const table = columnOf(frames, series.numbers("table_position"));
  const times = visitTimes(series, frames);
  const placed = frames.map((frame) => series.positions.of[frame] as number);
  const visits = table.some(Number.isNaN)
    ? clusterVisits(times, placed, Number.POSITIVE_INFINITY)
    : clusterVisits(table, placed);
  const places = table.some(Number.isNaN) ? uniteVisits(visits, placed) : visits;
  const first: Start[] = [];
  places.forEach((place, index) => {
    if (place < 0) return;
    const time = times[index] as number;
    const start = {
      time: Number.isNaN(time) ? Number.POSITIVE_INFINITY : time,
      position: placed[index] as number,
    };
    const known = first[place];
    first[place] = {
      time: Math.min(start.time, known?.time ?? start.time),
      position: Math.min(start.position, known?.position ?? start.position),
    };
  });
  return { of: places, first };
}

const columnOf = (frames: Int32Array, column: Float64Array): Float64Array =>
  Float64Array.from(frames, (frame) => column[frame] as number);

/** Acquisition times in s; if no frame has one, frame reference times. */
function visitTimes(series: SeriesView, frames: Int32Array): Float64Array {
  const acquired = columnOf(frames, series.numbers("acquisition_datetime"));
  if (!acquired.every(Number.isNaN)) return acquired;
  return columnOf(frames, series.numbers("frame_reference_time")).map((time) => time / 1000);
}

/**
 * Cluster of each value; −1 where value or position is not known. `longest`: quanta that a cluster may span;
 * a visit lasts as long as no gap ends it.
 */
function clusterVisits(values: Float64Array, placed: Int32Array, longest?: number): Int32Array {
  const known = values.map((value, index) => ((placed[index] as number) < 0 ? Number.NaN : value));
  const clusters = clusterNumbers(known, VISIT_DECIMALS, longest);
  return Int32Array.from(known, (value) => (Number.isNaN(value) ? -1 : clusterOf(clusters, value)));
}

/** Unites visits that share nine tenths of the positions of the smaller one, and numbers the places from 0. */
function uniteVisits(visits: Int32Array, placed: Int32Array): Int32Array {
  const seen: Set<number>[] = [];
  visits.forEach((visit, index) => {
    if (visit < 0) return;
    seen[visit] ??= new Set();
    seen[visit].add(placed[index] as number);
  });
  const sets = new DisjointSets(seen.length);
  const distinct = new Map<string, number>();
  const spans = seen.map((positions) => Int32Array.from(positions).sort());
  spans.forEach((span, visit) => {
    const digest = span.join();
    const equal = distinct.get(digest);
    if (equal === undefined) distinct.set(digest, visit);
    else sets.unite(equal, visit);
  });
  const compared = [...distinct.values()];
  if (compared.length <= MOST_COMPARED) uniteSimilar(compared, seen, spans, sets);
  else uniteWithLargest(compared, seen, spans, sets);
  const numbers = new Map<number, number>();
  return visits.map((visit) => {
    if (visit < 0) return -1;
    const root = sets.find(visit);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    return number;
  });
}

function uniteSimilar(
  visits: readonly number[],
  seen: readonly ReadonlySet<number>[],
  spans: readonly Int32Array[],
  sets: DisjointSets,
): void {
  const isApart = (a: Int32Array, b: Int32Array): boolean =>
    (a.at(-1) as number) < (b[0] as number) || (b.at(-1) as number) < (a[0] as number);
  visits.forEach((a, index) => {
    for (const b of visits.slice(index + 1)) {
      if (isApart(spans[a] as Int32Array, spans[b] as Int32Array)) continue;
      const one = seen[a] as ReadonlySet<number>;
      const other = seen[b] as ReadonlySet<number>;
      const shared = one.intersection(other).size;
      if (shared >= SAME_PLACE * Math.min(one.size, other.size)) sets.unite(a, b);
    }
  });
}

/**
 * For very many sets: each is compared with the largest ones that have its first, middle or last position, not
 * with all. What changes slowly from set to set may stay apart that all pairs would have chained.
 */
function uniteWithLargest(
  visits: readonly number[],
  seen: readonly ReadonlySet<number>[],
  spans: readonly Int32Array[],
  sets: DisjointSets,
): void {
  const spanOf = (visit: number): Int32Array => spans[visit] as Int32Array;
  const byPosition = new Map<number, number[]>();
  const sorted = [...visits].sort(
    (a, b) => spanOf(b).length - spanOf(a).length || compareSpans(spanOf(a), spanOf(b)),
  );
  for (const visit of sorted) {
    const span = spanOf(visit);
    const one = seen[visit] as ReadonlySet<number>;
    const ends = [span[0], span[span.length >> 1], span.at(-1)] as number[];
    const larger = new Set(ends.flatMap((position) => byPosition.get(position) ?? []));
    const isKnown = [...larger].some((other) => {
      const shared = one.intersection(seen[other] as ReadonlySet<number>).size;
      if (shared < SAME_PLACE * one.size) return false;
      sets.unite(other, visit);
      return true;
    });
    if (isKnown) continue;
    for (const position of span) {
      const known = byPosition.get(position);
      if (known === undefined) byPosition.set(position, [visit]);
      else if (known.length < MOST_PLACES) known.push(visit);
    }
  }
}

/** Order of sets of one size, which no order of arrival can change. */
function compareSpans(a: Int32Array, b: Int32Array): number {
  for (let index = 0; index < a.length; index++) {
    if (a[index] !== b[index]) return (a[index] as number) - (b[index] as number);
  }
  return 0;
}

/** Whether the ranges of the places, in each plane, overlap by no more than one gap between slices. */
function areStitched(series: SeriesView, frames: Int32Array, places: Places): boolean {
  const { positions } = series;
  const ranges = new Map<string, { plane: number; place: number; low: number; high: number }>();
  places.of.forEach((place, index) => {
    const position = positions.of[frames[index] as number] as number;
    if (place < 0 || position < 0) return;
    const plane = positions.planes[position] as number;
    const value = positions.values[position] as number;
    const key = `${plane} ${place}`;
    const range = ranges.get(key) ?? { plane, place, low: value, high: value };
    range.low = Math.min(range.low, value);
    range.high = Math.max(range.high, value);
    ranges.set(key, range);
  });
  const sorted = [...ranges.values()].sort(
    (a, b) => a.plane - b.plane || a.low - b.low || a.high - b.high,
  );
  const gap = findGap(positions, frames);
  const most = (Number.isNaN(gap) ? 0 : gap) + POSITION_QUANTUM;
  let plane = -1;
  let high = Number.NEGATIVE_INFINITY;
  for (const range of sorted) {
    if (range.plane === plane && high - range.low > most) return false;
    high = range.plane === plane ? Math.max(high, range.high) : range.high;
    plane = range.plane;
  }
  return true;
}
