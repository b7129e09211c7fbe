/** The value that stands for many: the most frequent one, ties to the smallest. */
import { compareUtf8 } from "#base/byte-order.ts";
import type { Cell } from "#store/packed-rows.ts";

export interface Summary {
  readonly value: Cell;
  /** Number of distinct values, null not counted. */
  readonly distinct: number;
}

/** Counts weighted values of one column. */
export class ValueCount {
  readonly #weights = new Map<string | number, number>();

  add(value: Cell, weight: number): void {
    if (value === null || weight <= 0) return;
    this.#weights.set(value, (this.#weights.get(value) ?? 0) + weight);
  }

  summary(): Summary {
    let best: Cell = null;
    let bestWeight = 0;
    for (const [value, weight] of this.#weights) {
      if (weight > bestWeight || (weight === bestWeight && isSmaller(value, best))) {
        best = value;
        bestWeight = weight;
      }
    }
    return { value: best, distinct: this.#weights.size };
  }

  /** Distinct values in order. */
  distinct(): (string | number)[] {
    return [...this.#weights.keys()].sort((a, b) => (isSmaller(a, b) ? -1 : 1));
  }
}

/** Numbers as numbers, text by its UTF-8 bytes. */
function isSmaller(a: string | number, b: Cell): boolean {
  if (b === null) return true;
  if (typeof a === "number" && typeof b === "number") return a < b;
  return compareUtf8(String(a), String(b)) < 0;
}
