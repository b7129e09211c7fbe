/** Lists on standard output: a table for people, or with `--json` an array, one element a line. */
import type { Output } from "#cli/command.ts";
import { renderTable, type TableColumn } from "./table.ts";

/** Columns that are widest in a table are cut on a terminal only; a file or a pipe gets them whole. */
export function writeTable<Row>(
  stdout: Output,
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
): void {
  stdout.write(renderTable(columns, rows, stdout.isTerminal ? { width: stdout.columns } : {}));
}

/** A table that comes in pages, each aligned by itself below one line of headers; returns the number of rows. */
export async function writeTablePages<Row>(
  stdout: Output,
  columns: readonly TableColumn<Row>[],
  pages: AsyncIterable<readonly Row[]>,
): Promise<number> {
  let rows = 0;
  for await (const page of pages) {
    const table = renderTable(columns, page, stdout.isTerminal ? { width: stdout.columns } : {});
    stdout.write(rows === 0 ? table : table.slice(table.indexOf("\n") + 1));
    await stdout.drain();
    rows += page.length;
  }
  return rows;
}

/**
 * One JSON array, so that the whole is a document, with one element a line, so that it can be read
 * and searched by lines. Takes rows as they come and holds none of them.
 */
export async function writeJsonArray(
  stdout: Output,
  rows: Iterable<unknown> | AsyncIterable<unknown>,
): Promise<void> {
  let separator = "[\n";
  for await (const row of rows) {
    stdout.write(separator + writeJson(row));
    separator = ",\n";
    await stdout.drain();
  }
  stdout.write(separator === "[\n" ? "[]\n" : "\n]\n");
  await stdout.drain();
}

/** One JSON value on one line. */
export function writeJsonLine(stdout: Output, value: unknown): void {
  stdout.write(`${writeJson(value)}\n`);
}

/** A whole number beyond 2^53 becomes text, which loses nothing. */
function writeJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== "bigint") return inner;
    return Number.isSafeInteger(Number(inner)) ? Number(inner) : String(inner);
  });
}
