/** Cells of the stored row of a stack. */
import type { ViewRow } from "#cli/read-pages.ts";

export function textOf(row: ViewRow, name: string): string | null {
  const value = row[name] ?? null;
  return value === null ? null : String(value);
}

export function numberOf(row: ViewRow, name: string): number | null {
  const value = row[name] ?? null;
  return value === null ? null : Number(value);
}

/** Its remarks, as codes. */
export const flagsOf = (stack: ViewRow): string[] =>
  (textOf(stack, "stack_flags") ?? "").split("\\").filter((flag) => flag !== "");
