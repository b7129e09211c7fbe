/** Stacks in the form in which the store keeps them. */

import type { SeriesFrames } from "#stacks/series-frames.ts";
import type { Stack } from "#stacks/stack-series.ts";
import type { SettledStack } from "#store/settlement.ts";

export function settleStacks(
  stacks: readonly Stack[],
  frames: SeriesFrames,
  instanceIds: readonly number[],
): SettledStack[] {
  const framesOf = new Int32Array(instanceIds.length);
  for (const instance of frames.instance) framesOf[instance] = (framesOf[instance] as number) + 1;
  return stacks.map((stack) => settleStack(stack, frames, instanceIds, framesOf));
}

/** `framesOf`: number of frames of each instance of the series. */
function settleStack(
  stack: Stack,
  frames: SeriesFrames,
  instanceIds: readonly number[],
  framesOf: Int32Array,
): SettledStack {
  const representative = stack.representative;
  return {
    stackKey: stack.key,
    stackIndex: stack.index,
    values: {
      ...stack.columns,
      stack_index: stack.index,
      stack_modality: stack.modality,
      stack_reason: stack.reason,
    },
    representativeInstanceId: instanceIds[frames.instance[representative] as number] as number,
    representativeFrame: frames.frameNumber[representative] as number,
    members: membersOf(stack, frames, instanceIds, framesOf),
  };
}

/** Instances of a stack, with the ranges of their frames where not all belong to it. */
function membersOf(
  stack: Stack,
  frames: SeriesFrames,
  instanceIds: readonly number[],
  framesOf: Int32Array,
): { instanceId: number; frames: string | null }[] {
  const byInstance = new Map<number, number[]>();
  for (const frame of stack.frames) {
    const instance = frames.instance[frame] as number;
    const number = frames.frameNumber[frame] as number;
    const list = byInstance.get(instance);
    if (list === undefined) byInstance.set(instance, [number]);
    else list.push(number);
  }
  return [...byInstance].map(([instance, numbers]) => ({
    instanceId: instanceIds[instance] as number,
    frames: numbers.length === framesOf[instance] ? null : formatRanges(numbers),
  }));
}

/** `1-3,7`, of numbers in any order. */
function formatRanges(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b);
  const parts: string[] = [];
  let first = sorted[0] as number;
  sorted.forEach((number, index) => {
    const next = sorted[index + 1];
    if (next === number + 1) return;
    parts.push(first === number ? `${first}` : `${first}-${number}`);
    first = next as number;
  });
  return parts.join(",");
}
