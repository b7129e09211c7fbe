/** What the columns of a stack say of diffusion weighting. */
import { type Diffusion, isTrace } from "#stacks/diffusion.ts";
import type { Group } from "#stacks/group.ts";
import { toGrains } from "#stacks/numbers.ts";
import type { StackFlag } from "#stacks/stack-flags.ts";
import { rangeOf } from "./value-range.ts";

export interface DiffusionSummary {
  /** s/mm², as are all b-values. */
  readonly smallest: number | null;
  readonly largest: number | null;
  /** Number of distinct b-values. */
  readonly count: number | null;
  readonly kind: DiffusionKind | null;
  readonly flags: readonly StackFlag[];
}

type DiffusionKind = "none" | "directional" | "trace" | "isotropic" | "mixed";

export function describeDiffusion(diffusion: Diffusion, group: Group): DiffusionSummary {
  const [smallest, largest] = rangeOf(diffusion.bValues, group.frames) ?? [null, null];
  const weighted = countWeighted(diffusion, group.frames);
  const kind = nameKind(weighted, { isOfTraces: isTrace(group), isKnown: smallest !== null });
  const isMeasured = group.labels.TYPE?.text === "M";
  const isTraceWeighted = isMeasured && weighted.all > 0 && weighted.isotropic === weighted.all;
  return {
    smallest,
    largest,
    count: countBValues(diffusion, group.frames),
    kind,
    flags: isTraceWeighted ? ["trace-weighted"] : [],
  };
}

/** Frames with b > 0: all, those that say isotropic, and of the others those along a direction. */
interface Weighted {
  readonly all: number;
  readonly isotropic: number;
  readonly directional: number;
}

function countWeighted(diffusion: Diffusion, frames: Int32Array): Weighted {
  let all = 0;
  let isotropic = 0;
  let directional = 0;
  for (const frame of frames) {
    if (!((diffusion.bValues[frame] as number) > 0)) continue;
    all++;
    if (diffusion.isIsotropic(frame)) isotropic++;
    else if (diffusion.isDirectional(frame)) directional++;
  }
  return { all, isotropic, directional };
}

/** What the weighted frames are; null where neither they nor their type say. */
function nameKind(
  weighted: Weighted,
  { isOfTraces, isKnown }: { readonly isOfTraces: boolean; readonly isKnown: boolean },
): DiffusionKind | null {
  if (isKnown && weighted.all === 0) return "none";
  if (isOfTraces) return "trace";
  if (weighted.isotropic > 0) return weighted.directional > 0 ? "mixed" : "isotropic";
  return weighted.directional > 0 ? "directional" : null;
}

function countBValues({ bValues }: Diffusion, frames: Int32Array): number | null {
  const values = new Set<number>();
  let previous = Number.NaN;
  for (const frame of frames) {
    const value = bValues[frame] as number;
    if (Number.isNaN(value) || value === previous) continue;
    values.add(toGrains(value));
    previous = value;
  }
  return values.size === 0 ? null : values.size;
}
