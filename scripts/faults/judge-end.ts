/** What is wrong with the end of a run that met a fault: its status, and what it says. */
import type { FaultyEnd } from "./fault-lab.ts";

/** No person should see these. */
const oddities: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a stack trace", /^\s+at .+:\d+/m],
  ["a report of a bug", /This is a bug/],
  ["undefined", /\bundefined\b/],
  ["an object as text", /\[object \w+\]/],
  ["a code of Node", /\bERR_[A-Z_]+/],
];

export interface EndRules {
  /** Statuses that are right for the fault. */
  readonly statuses: readonly number[];
  /** The archive, whose paths may name patients. */
  readonly source: string;
}

/** Empty where all is as it should be. */
export function judgeEnd(end: FaultyEnd, { statuses, source }: EndRules): string[] {
  const { status, signal, stderr, isStuck } = end;
  const text = stderr.trim();
  const wrongs: string[] = [];
  if (isStuck) return ["it never ended"];
  if (signal !== null) return [`it was ended by ${signal}`];
  if (status === null || !statuses.includes(status)) wrongs.push(`status ${status}`);
  for (const [what, pattern] of oddities) if (pattern.test(text)) wrongs.push(`says ${what}`);
  if (text.includes(`${source}/`)) wrongs.push("names a path of the archive");
  if (status === 1 && !isSentence(text)) wrongs.push("has no sentence about it");
  return wrongs.length === 0 ? [] : [...wrongs, `stderr: ${text.slice(0, 600)}`];
}

/** A line that says what failed and what to do: more than a word, ending as sentences do. */
function isSentence(text: string): boolean {
  return /^.{20,}[.?]$/m.test(text);
}
