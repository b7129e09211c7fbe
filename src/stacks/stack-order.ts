import { compareUtf8 } from "#base/byte-order.ts";
import type { Labels } from "./group.ts";
import type { PartName } from "./key-parts.ts";

/** What stacks are ordered by. */
export interface Ordered {
  readonly modality: string;
  readonly labels: Labels;
  readonly key: string;
}

/** Parts that order the stacks of a series, the first that differs deciding; not the order of the key. */
const rankedParts: readonly PartName[] = [
  "ECHO",
  "TE",
  "TI",
  "FA",
  "KVP",
  "MA",
  "MAS",
  "BED",
  "TYPE",
  "ORIENT",
];

/**
 * Order of the stacks of a series: modality; the ranked parts ascending, missing first, words such as MOD
 * after numbers, types of equal rank by their text; then the key bytewise.
 */
export function compareStacks(a: Ordered, b: Ordered): number {
  const byModality = compareUtf8(a.modality, b.modality);
  if (byModality !== 0) return byModality;
  for (const part of rankedParts) {
    const rankA = a.labels[part]?.rank ?? Number.NEGATIVE_INFINITY;
    const rankB = b.labels[part]?.rank ?? Number.NEGATIVE_INFINITY;
    if (rankA !== rankB) return rankA < rankB ? -1 : 1;
    if (part !== "TYPE") continue;
    const byText = compareUtf8(a.labels.TYPE?.text ?? "", b.labels.TYPE?.text ?? "");
    if (byText !== 0) return byText;
  }
  return compareUtf8(a.key, b.key);
}
