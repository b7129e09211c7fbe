/**
 * Subject folders: the directories below the source that hold one subject each, by a pattern such as `*`
 * or `*` + `/sub-*`, one part per level; `*` stands for any characters, `?` for one.
 */
import { decodePath, encodePath, isEscapedPath, joinPath } from "#base/path-text.ts";

export const defaultPattern = "*";

/** Finds the subject folder that a folder lies in or is; null outside of any. */
export function makeSubjectFolderFinder(pattern: string | null): (folder: string) => string | null {
  const levels = (pattern ?? defaultPattern).split("/").filter((level) => level !== "");
  return (folder) => {
    if (folder === "") return null;
    const parts = partsOf(folder);
    if (parts.length < levels.length) return null;
    const isMatch = levels.every((level, index) => matchesPart(parts[index] as string, level));
    return isMatch
      ? parts.slice(0, levels.length).reduce((above, part) => joinPath(above, part))
      : null;
  };
}

/** Stored texts of a path's parts, each as it is by itself: one that is not UTF-8 leaves the others plain. */
function partsOf(path: string): string[] {
  if (!isEscapedPath(path)) return path.split("/");
  const parts: string[] = [];
  const bytes = decodePath(path);
  for (let start = 0; start <= bytes.length; ) {
    const slash = bytes.indexOf(0x2f, start);
    const end = slash < 0 ? bytes.length : slash;
    parts.push(encodePath(bytes.subarray(start, end)));
    start = end + 1;
  }
  return parts;
}

/** Glob match of one part without back-tracking over more than the last star: linear in the lengths' product. */
export function matchesPart(text: string, pattern: string): boolean {
  let at = 0;
  let inPattern = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    const wanted = pattern[inPattern];
    if (wanted === "*") {
      star = inPattern++;
      starAt = at;
    } else if (wanted === "?" || (wanted !== undefined && wanted === text[at])) {
      inPattern += 1;
      at += 1;
    } else if (star >= 0) {
      inPattern = star + 1;
      at = ++starAt;
    } else return false;
  }
  while (pattern[inPattern] === "*") inPattern += 1;
  return inPattern === pattern.length;
}
