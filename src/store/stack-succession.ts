/**
 * What becomes of the stacks of a series whose keys went: which new stack takes the row of each, and which
 * one holds most of it now. Pure, and the same for every database.
 */
import type { SettledStack } from "./settlement.ts";

/** A stack that has a row and whose key no stack has any more. */
export interface FormerStack {
  readonly stackId: number;
  readonly key: string;
  readonly members: readonly FormerMember[];
}

export interface FormerMember {
  readonly instanceId: number;
  /** Ranges such as `1-3,7`; null for all frames. */
  readonly frames: string | null;
  /** Frames of the instance; 1 for an object without functional groups. */
  readonly frameCount: number;
}

export interface Succession {
  readonly former: FormerStack;
  /** Key of the stack that holds most of its frames now; null when none holds any. */
  readonly heldBy: string | null;
  /** Key of the new stack that takes its row; null when the row goes. */
  readonly takenBy: string | null;
}

/** Frames that a former and a new stack share. */
interface Overlap {
  readonly former: FormerStack;
  readonly stack: SettledStack;
  frames: number;
}

/**
 * In the order of `former`. A row goes to a new stack that has none by its own key; where several stacks or
 * several rows come into question, the pair that shares most frames goes first, of equals the one with the
 * smaller index of the new stack, then with the older row: stacks that were divided and are put together
 * again are in the row that they began in. As good as linear in the number of frames.
 */
export function findSuccessions(
  former: readonly FormerStack[],
  stacks: readonly SettledStack[],
  hasRow: (key: string) => boolean,
): Succession[] {
  const overlaps = countOverlaps(former, stacks).sort(
    (a, b) =>
      b.frames - a.frames ||
      a.stack.stackIndex - b.stack.stackIndex ||
      a.former.stackId - b.former.stackId,
  );
  const heldBy = new Map<FormerStack, string>();
  const takenBy = new Map<FormerStack, string>();
  const served = new Set<string>();
  for (const { former: old, stack } of overlaps) {
    const key = stack.stackKey;
    if (!heldBy.has(old)) heldBy.set(old, key);
    if (takenBy.has(old) || served.has(key) || hasRow(key)) continue;
    takenBy.set(old, key);
    served.add(key);
  }
  return former.map((old) => ({
    former: old,
    heldBy: heldBy.get(old) ?? null,
    takenBy: takenBy.get(old) ?? null,
  }));
}

/** Goes by single frames: one enhanced object may be thousands of stacks before and after. */
function countOverlaps(former: readonly FormerStack[], stacks: readonly SettledStack[]): Overlap[] {
  const stackOf = new StackOfFrame(stacks);
  const overlaps: Overlap[] = [];
  for (const old of former) {
    const own = new Map<SettledStack, Overlap>();
    for (const { instanceId, frames, frameCount } of old.members) {
      const stackAt = stackOf.instance(instanceId, frameCount);
      for (const frame of listFrames(frames, frameCount)) {
        const stack = stackAt[frame];
        if (stack === undefined) continue;
        const known = own.get(stack);
        if (known === undefined) own.set(stack, { former: old, stack, frames: 1 });
        else known.frames += 1;
      }
    }
    for (const overlap of own.values()) overlaps.push(overlap);
  }
  return overlaps;
}

/** The new stack of each frame, found for the instances that are asked for. */
class StackOfFrame {
  readonly #holders: ReadonlyMap<number, readonly Holder[]>;
  readonly #found = new Map<number, readonly (SettledStack | undefined)[]>();

  constructor(stacks: readonly SettledStack[]) {
    this.#holders = holdersByInstance(stacks);
  }

  /** By frame number, which counts from 1. */
  instance(instanceId: number, frameCount: number): readonly (SettledStack | undefined)[] {
    let stackAt = this.#found.get(instanceId);
    if (stackAt === undefined) {
      stackAt = this.#find(instanceId, frameCount);
      this.#found.set(instanceId, stackAt);
    }
    return stackAt;
  }

  #find(instanceId: number, frameCount: number): (SettledStack | undefined)[] {
    const stackAt: (SettledStack | undefined)[] = [];
    for (const { stack, frames } of this.#holders.get(instanceId) ?? []) {
      for (const frame of listFrames(frames, frameCount)) stackAt[frame] = stack;
    }
    return stackAt;
  }
}

interface Holder {
  readonly stack: SettledStack;
  readonly frames: string | null;
}

function holdersByInstance(stacks: readonly SettledStack[]): Map<number, Holder[]> {
  const holders = new Map<number, Holder[]>();
  for (const stack of stacks) {
    for (const { instanceId, frames } of stack.members) {
      const known = holders.get(instanceId);
      if (known === undefined) holders.set(instanceId, [{ stack, frames }]);
      else known.push({ stack, frames });
    }
  }
  return holders;
}

function listFrames(ranges: string | null, frameCount: number): number[] {
  if (ranges === null) return Array.from({ length: frameCount }, (_, index) => index + 1);
  return ranges.split(",").flatMap((range) => {
    const [first = "", last = first] = range.split("-");
    const length = Number(last) - Number(first) + 1;
    return Array.from({ length }, (_, index) => Number(first) + index);
  });
}
