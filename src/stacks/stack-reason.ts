import type { Labels } from "./group.ts";
import { hasPart, type KeyPart, keyParts, type PartName } from "./key-parts.ts";

/** What set the stacks of one series apart: `single`, or `split by` and the parts that differ, in key order. */
export function explainSplit(
  stacks: readonly { readonly modality: string; readonly labels: Labels }[],
): string {
  if (stacks.length <= 1) return "single";
  const parts = findDifferingParts(stacks, ({ labels }, name) => labels[name]?.text ?? null);
  const modality = isVaried(stacks.map((stack) => stack.modality)) ? ["modality"] : [];
  return `split by ${[...modality, ...parts.map(({ label }) => label)].join(", ")}`;
}

/** Parts whose texts differ among stacks, in key order. A modality whose keys lack the part cannot differ in it. */
export function findDifferingParts<S extends { readonly modality: string }>(
  stacks: readonly S[],
  textOf: (stack: S, name: PartName) => string | null,
): readonly (KeyPart & { readonly name: PartName })[] {
  return keyParts.filter(({ name }) =>
    isVaried(
      stacks.filter(({ modality }) => hasPart(modality, name)).map((stack) => textOf(stack, name)),
    ),
  );
}

const isVaried = (values: readonly unknown[]): boolean => new Set(values).size > 1;
