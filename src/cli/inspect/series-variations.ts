/** What differs within the stacks of a series, formed again from the database to be looked at. */
import type { ViewRow } from "#cli/read-pages.ts";
import { loadFrames } from "#pipeline/load-frames.ts";
import type { AssembledFrames } from "#pipeline/settle/series-frames.ts";
import { frameNumbersOf, type SeriesFrames } from "#stacks/series-frames.ts";
import { type SeriesView, viewSeries } from "#stacks/series-view.ts";
import { type Stack, stackSeries } from "#stacks/stack-series.ts";
import { findCompanions, findVariations, type Variation } from "#stacks/variation.ts";
import type { Cohort } from "#store/cohort.ts";
import type { Store } from "#store/store.ts";
import { describePerStack, describeValues } from "./describe-values.ts";
import { nameStacks } from "./name-stacks.ts";
import { findDetails, type StackDetails } from "./stack-details.ts";

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

/** An input that differs between the stacks only, and that no part of their keys shows. */
export interface ShownCompanion {
  readonly column: string;
  /** Number of distinct values; 1 where some stacks have it and the others have none. */
  readonly values: number;
  /** In words: which stacks have which value. */
  readonly text: string;
}

/** An image as a person finds it. */
export interface ImageName {
  readonly sopInstanceUid: string;
  readonly instanceNumber: string | null;
  /** From 1; null for all of an instance. */
  readonly frame: number | null;
}

/** The details of a stack, with images named. */
export interface ShownDetails extends Omit<StackDetails, "twins"> {
  readonly twins: {
    readonly times: number | null;
    readonly images: readonly [ImageName, ImageName];
  } | null;
}

export interface Variations {
  readonly variations: readonly ShownVariation[];
  readonly companions: readonly ShownCompanion[];
  /** By index of the stack. */
  readonly details: readonly ShownDetails[];
}

/** Null where the stored stacks are not those that the present rules make of what is stored. */
export async function loadVariations(
  store: Store,
  { cohortId, settings }: Cohort,
  seriesId: number,
  rows: readonly ViewRow[],
): Promise<Variations | null> {
  const assembled = await loadFrames(store, seriesId);
  if (assembled === null) {
    return rows.length === 0 ? { variations: [], companions: [], details: [] } : null;
  }
  const { frames } = assembled;
  const stacks = stackSeries(frames, settings);
  if (!areStored(stacks, rows)) return null;
  const series = viewSeries(frames, settings);
  const details: ShownDetails[] = [];
  for (const stack of stacks) {
    const { twins, ...rest } = findDetails(series, stack);
    const images =
      twins === null ? null : await nameTwins(store, cohortId, assembled, twins.frames);
    details.push({
      ...rest,
      twins: twins === null || images === null ? null : { times: twins.times, images },
    });
  }
  return {
    variations: findVariations(frames, stacks, settings).map((each) =>
      showVariation(each, (stack) => countZeros(series, stacks[stack] as Stack)),
    ),
    companions: findCompanions(frames, stacks).map(({ column, values }) => ({
      column,
      values: new Set(values.filter((value) => value !== null)).size,
      text: describePerStack(column, values, nameStacks),
    })),
    details,
  };
}

const areStored = (stacks: readonly Stack[], rows: readonly ViewRow[]): boolean =>
  stacks.length === rows.length &&
  stacks.every(
    ({ key, frames }, index) =>
      rows[index]?.["stack_key"] === key && rows[index]?.["stack_n_frames"] === frames.length,
  );

const showVariation = (
  { column, why, source, within }: Variation,
  zerosOf: (stack: number) => number,
): ShownVariation => ({
  column,
  why,
  source,
  within: within.map(({ stack, values }) => ({
    stack,
    values: values.counts.size,
    missing: values.missing,
    text: describeValues(column, values, column === "diffusion_b_value" ? zerosOf(stack) : 0),
  })),
});

/** Images without a b-value that the rules take for b = 0, since their maker writes none on these. */
function countZeros({ frames, diffusion }: SeriesView, stack: Stack): number {
  const written = frameNumbersOf(frames, "diffusion_b_value");
  return stack.frames.filter(
    (frame) => Number.isNaN(written[frame] as number) && diffusion.bValues[frame] === 0,
  ).length;
}

/** In the order of their numbers. */
async function nameTwins(
  store: Store,
  cohortId: number,
  assembled: AssembledFrames,
  twins: readonly [number, number],
): Promise<[ImageName, ImageName]> {
  const first = await nameImage(store, cohortId, assembled, twins[0]);
  const second = await nameImage(store, cohortId, assembled, twins[1]);
  return Number(first.instanceNumber) > Number(second.instanceNumber)
    ? [second, first]
    : [first, second];
}

async function nameImage(
  store: Store,
  cohortId: number,
  { frames, instanceIds }: AssembledFrames,
  frame: number,
): Promise<ImageName> {
  const instance = frames.instance[frame] as number;
  const page = await store.readRows({
    source: "instance",
    cohortId,
    columns: ["instance_number"],
    after: [(instanceIds[instance] as number) - 1],
    limit: 1,
  });
  const number = page.rows[0]?.[0] ?? null;
  return {
    sopInstanceUid: frames.instances[instance] as string,
    instanceNumber: number === null ? null : String(number),
    frame: isAlone(frames, frame) ? null : (frames.frameNumber[frame] as number),
  };
}

/** Whether a frame is all of its instance; the frames of an instance follow each other. */
const isAlone = ({ instance }: SeriesFrames, frame: number): boolean =>
  instance[frame - 1] !== instance[frame] && instance[frame + 1] !== instance[frame];
