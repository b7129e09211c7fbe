import { trimSpaces } from "./spaces.ts";

/** The first of the values of a text, trimmed. A backslash separates values (PS3.5 §6.4). */
export function readFirstValue(text: string): string {
  const separator = text.indexOf("\\");
  return trimSpaces(separator < 0 ? text : text.slice(0, separator));
}
