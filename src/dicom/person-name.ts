import { trimSpaces } from "./spaces.ts";

/**
 * A person's name in canonical form, null if nothing of it is left. Groups are separated by `=`
 * (alphabetic, ideographic, phonetic) and components by `^` (PS3.5 §6.2.1). Each component is trimmed,
 * empty components and groups at the end are dropped. Order, case and surplus parts stay as written.
 */
export function canonicalPersonName(text: string): string | null {
  if (isCanonical(text)) return text;
  const groups = text.split("=").map(canonicalGroup);
  dropEmptyEnd(groups);
  return groups.length === 0 ? null : groups.join("=");
}

/** True for most names as they are written, where there is nothing to split; false if in doubt. */
function isCanonical(text: string): boolean {
  return (
    text !== "" &&
    !text.endsWith("^") &&
    !text.endsWith("=") &&
    !text.includes(" ") &&
    !text.includes("\0") &&
    !text.includes("^=")
  );
}

function canonicalGroup(group: string): string {
  const components = group.split("^").map(trimSpaces);
  dropEmptyEnd(components);
  return components.join("^");
}

function dropEmptyEnd(parts: string[]): void {
  while (parts.at(-1) === "") parts.pop();
}
