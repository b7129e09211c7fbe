import type { ProgressSnapshot } from "./progress.ts";

/** Names of the phases for people; the last four are steps of one. */
export const phaseTitles: Readonly<Record<ProgressSnapshot["phase"], string>> = {
  discover: "Subject discovery",
  plan: "Series planning",
  parse: "Parallel extraction",
  write: "Batch database insertion",
  "mark-missing": "Stack detection: missing files",
  settle: "Stack detection: settling series",
  stack: "Stack detection: forming stacks",
  headers: "Stack detection: headers",
};
