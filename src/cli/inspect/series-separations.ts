/** What separates the stacks of a series, told from their stored rows. */
import type { ViewRow } from "#cli/read-pages.ts";
import { hasPart, keyParts } from "#stacks/key-parts.ts";
import { parseKey } from "#stacks/parse-key.ts";
import { partInWords } from "./series-words.ts";
import { flagsOf } from "./stack-row.ts";

/** A part of the key that differs among the stacks. */
export interface Separation {
  /** As in the key; `modality` for the word before its parts. */
  readonly part: string;
  readonly label: string;
  /** In the order of the stacks. */
  readonly values: readonly SeparatingValue[];
  /** Images of stacks whose key does not print the part, since it separated nothing there. */
  readonly unaffected: number;
}

export interface SeparatingValue {
  readonly value: string;
  readonly stacks: readonly number[];
  readonly images: number;
}

/** Parts that the key prints wherever they are known; all others only where they separate. */
const fixedParts: ReadonlySet<string> = new Set(
  keyParts.filter(({ printed }) => printed === "known").map(({ name }) => name),
);

/** Parts that differ, in the order of the key. */
export function findSeparations(stacks: readonly ViewRow[]): Separation[] {
  const known = stacks.map((row) => ({
    index: Number(row["stack_index"]),
    images: Number(row["stack_n_frames"]),
    modality: String(row["stack_modality"]),
    parts: parseKey(String(row["stack_key"])),
    isAssumed: flagsOf(row).includes("type-assumed"),
  }));
  const separations: Separation[] = [];
  const modalities = groupByText(known, ({ modality }) => modality);
  if (modalities.size > 1) {
    separations.push({
      part: "modality",
      label: "modality",
      values: Array.from(modalities, ([text, group]) => summarize(text ?? "", group)),
      unaffected: 0,
    });
  }
  for (const { name, label } of keyParts) {
    const having = known.filter(({ modality }) => hasPart(modality, name));
    const groups = groupByText(having, ({ parts }) => parts.get(name) ?? null);
    if (groups.size < 2) continue;
    const others = fixedParts.has(name) ? [] : (groups.get(null) ?? []);
    if (others.length > 0) groups.delete(null);
    separations.push({
      part: name,
      label,
      values: Array.from(groups, ([text, group]) => {
        const words = partInWords(name, text);
        const isTaken = name === "TYPE" && group.every(({ isAssumed }) => isAssumed);
        return summarize(isTaken ? `taken for ${words}` : words, group);
      }),
      unaffected: countImages(others),
    });
  }
  return separations;
}

interface KnownStack {
  readonly index: number;
  readonly images: number;
}

function groupByText<Stack>(
  stacks: readonly Stack[],
  textOf: (stack: Stack) => string | null,
): Map<string | null, Stack[]> {
  const groups = new Map<string | null, Stack[]>();
  for (const stack of stacks) {
    const text = textOf(stack);
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [stack]);
    else group.push(stack);
  }
  return groups;
}

const countImages = (stacks: readonly KnownStack[]): number =>
  stacks.reduce((sum, { images }) => sum + images, 0);

const summarize = (value: string, stacks: readonly KnownStack[]): SeparatingValue => ({
  value,
  stacks: stacks.map(({ index }) => index),
  images: countImages(stacks),
});
