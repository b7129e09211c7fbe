/** Series for tests of the stack rules, written frame by frame. */
import type { SeriesFrames, Settings } from "#stacks/series-frames.ts";
import type { StackOptions } from "#stacks/stack-options.ts";
import { stackSeries } from "#stacks/stack-series.ts";

/** One frame: its settings by column name, its coordinates, and where it lies. */
export interface TestFrame {
  readonly settings: Settings;
  readonly numbers?: Readonly<Record<string, number>>;
  /** Without it the frame is a classic instance of its own, named by its place in the list. */
  readonly instance?: string;
  /** 1 where it is not given. */
  readonly frameNumber?: number;
}

/** Packs frames into columns; frames of equal settings share a tuple. */
export function buildSeries(modality: string | null, list: readonly TestFrame[]): SeriesFrames {
  const settings = new Map<string, number>();
  const tuples: Settings[] = [];
  const instances = new Map<string, number>();
  const setting = new Int32Array(list.length);
  const instance = new Int32Array(list.length);
  const names = new Set(list.flatMap((frame) => Object.keys(frame.numbers ?? {})));
  list.forEach((frame, index) => {
    const key = JSON.stringify(frame.settings);
    let tuple = settings.get(key);
    if (tuple === undefined) {
      tuple = tuples.push(frame.settings) - 1;
      settings.set(key, tuple);
    }
    setting[index] = tuple;
    const uid = frame.instance ?? `1.2.3.${index + 1}`;
    instance[index] = instances.get(uid) ?? instances.size;
    instances.set(uid, instance[index]);
  });
  return {
    modality,
    settings: tuples,
    instances: [...instances.keys()],
    count: list.length,
    setting,
    instance,
    frameNumber: Int32Array.from(list, (frame) => frame.frameNumber ?? 1),
    numbers: Object.fromEntries(
      Array.from(names, (name) => [
        name,
        Float64Array.from(list, (frame) => frame.numbers?.[name] ?? Number.NaN),
      ]),
    ),
  };
}

/** Names the frames that have no instance, so that the list can be put into another order. */
export const nameFrames = (list: readonly TestFrame[]): TestFrame[] =>
  list.map((frame, index) => ({ instance: `1.2.3.${index + 1}`, ...frame }));

const plainOptions: StackOptions = { ctSplitOnDose: "auto" };

/** Counts and keys of the stacks, in order: `176 × MR|TE=2.5…`. */
export function keysOf(
  modality: string,
  list: readonly TestFrame[],
  options: StackOptions = plainOptions,
): string[] {
  return stackSeries(buildSeries(modality, list), options).map(
    (stack) => `${stack.frames.length} × ${stack.key}`,
  );
}

/** The reason that all stacks of the series give. */
export const reasonOf = (modality: string, list: readonly TestFrame[]): string | undefined =>
  stackSeries(buildSeries(modality, list), plainOptions)[0]?.reason;

export const TRA = "1\\0\\0\\0\\1\\0";
export const COR = "1\\0\\0\\0\\0\\-1";
export const SAG = "0\\1\\0\\0\\0\\-1";

/** Frames at `count` slice positions along an axis of the patient, `spacing` mm apart. */
export function slices(
  count: number,
  settings: Settings,
  options: {
    axis?: "x" | "y" | "z";
    spacing?: number;
    start?: number;
    numbers?: (slice: number) => Readonly<Record<string, number>>;
  } = {},
): TestFrame[] {
  const { axis = "z", spacing = 2, start = 0, numbers } = options;
  const plane = { x: SAG, y: COR, z: TRA }[axis];
  return Array.from({ length: count }, (_, slice) => ({
    settings: { image_orientation_patient: plane, ...settings },
    numbers: {
      image_position_patient_x: -100,
      image_position_patient_y: -100,
      image_position_patient_z: -100,
      [`image_position_patient_${axis}`]: start + slice * spacing,
      ...numbers?.(slice),
    },
  }));
}

/** The same frames `count` times, each time with further settings and numbers. */
export function repeat(
  count: number,
  frames: (index: number) => readonly TestFrame[],
): TestFrame[] {
  return Array.from({ length: count }, (_, index) => frames(index)).flat();
}
