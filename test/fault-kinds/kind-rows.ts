/** The table of fault kinds as docs/reliability.md shows it. */
import type { FaultKind, FaultOutcome } from "./fault-kind.ts";
import { faultKinds } from "./kinds.ts";

export const kindHead = ["kind", "what becomes of it", "tested in"] as const;

/** Cells of each row, in Markdown. */
export function kindRows(): string[][] {
  return faultKinds.map((kind) => [
    `${kind.number} ${kind.name}`,
    kind.whyNot === null ? kind.outcomes.map(describe).join("; ") : "–",
    kind.whyNot ?? namesOf(kind).join(", "),
  ]);
}

function describe({ row, message, exitStatus }: FaultOutcome): string {
  const what = row === null ? (message === null ? "nothing" : `“${message}”`) : `\`${row}\``;
  return `${what} (${exitStatus})`;
}

const namesOf = ({ tests }: FaultKind): string[] => [
  ...new Set(
    tests.map(({ file }) => file.slice(file.lastIndexOf("/") + 1).replace(".test.ts", "")),
  ),
];
