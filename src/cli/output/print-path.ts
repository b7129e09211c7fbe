import { isEscapedPath } from "#base/path-text.ts";

/** A stored path as a person may read it; one that is not UTF-8 keeps its escapes. */
export function printPath(stored: string): string {
  return isEscapedPath(stored) ? stored.slice(2) : stored;
}
