import { formatNumber } from "#cli/output/format.ts";

/** Stacks that are named in a line. */
const MOST_NAMED = 6;

/** `stack 3`, `stacks 0, 1, 2`: by index. */
export function nameStacks(indices: readonly number[]): string {
  const shown = indices.slice(0, MOST_NAMED).join(", ");
  const more =
    indices.length > MOST_NAMED ? ` and ${formatNumber(indices.length - MOST_NAMED)} more` : "";
  return `${indices.length === 1 ? "stack" : "stacks"} ${shown}${more}`;
}
