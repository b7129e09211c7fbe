import { quoteWord } from "#cli/output/quote-word.ts";

/** What a line to be typed needs to mean the same database; empty where the usual one was meant. */
export function writeDatabaseOption(typed: string | undefined): string {
  return typed === undefined ? "" : ` --database ${quoteWord(typed)}`;
}
