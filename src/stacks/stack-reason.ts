import type { Labels } from "./group.ts";
import { hasPart, keyParts } from "./key-parts.ts";

/** What set the stacks of one series apart: `single`, or `split by` and the parts that differ, in key order. */
export function explainSplit(
  stacks: readonly { readonly modality: string; readonly labels: Labels }[],
): string {
  if (stacks.length <= 1) return "single";
  const isVaried = (values: readonly unknown[]): boolean => new Set(values).size > 1;
  const labels = keyParts
    .filter(({ name }) =>
      isVaried(
        stacks
          // A modality whose keys do not have the part cannot differ in it.
          .filter((stack) => hasPart(stack.modality, name))
          .map((stack) => stack.labels[name]?.text ?? null),
      ),
    )
    .map((part) => part.label);
  const modality = isVaried(stacks.map((stack) => stack.modality)) ? ["modality"] : [];
  return `split by ${[...modality, ...labels].join(", ")}`;
}
