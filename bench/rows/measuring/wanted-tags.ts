import { compileLocations } from "#catalogue/compiled-locations.ts";

/**
 * Tags of the standard elements that the program looks for at the top level of every file, its file meta
 * information included, ascending. Other programs are asked for the same; what lies deeper is not asked of them.
 */
export function listWantedTags(): number[] {
  const tags = compileLocations().paths.flatMap(({ steps: [first, ...deeper] }) =>
    first !== undefined && "tag" in first && deeper.length === 0 ? [first.tag] : [],
  );
  return [...new Set(tags)].sort((a, b) => a - b);
}

/** `0008,0060`. */
export function writeTag(tag: number): string {
  const digits = tag.toString(16).padStart(8, "0");
  return `${digits.slice(0, 4)},${digits.slice(4)}`;
}
