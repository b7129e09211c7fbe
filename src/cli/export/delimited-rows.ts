/** CSV by RFC 4180, and TSV without quotes. The first line names the columns; an empty cell is no value. */
import { formatNumber } from "#dicom/number.ts";
import type { Cell } from "#store/packed-rows.ts";
import { type ByteSink, type RowWriter, TextGatherer, type WrittenColumn } from "./row-writer.ts";
import { makeSpreadsheetSafe } from "./spreadsheet-text.ts";

interface Dialect {
  readonly separator: string;
  readonly lineEnd: string;
  /** A text as it stands in a cell. */
  writeText(text: string): string;
}

const csv: Dialect = {
  separator: ",",
  lineEnd: "\r\n",
  writeText: (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text),
};

const tsvEscapes: Readonly<Record<string, string>> = { "\t": "\\t", "\n": "\\n", "\r": "\\r" };

const tsv: Dialect = {
  separator: "\t",
  lineEnd: "\n",
  writeText: (text) => text.replaceAll(/[\t\n\r]/g, (character) => tsvEscapes[character] ?? ""),
};

export interface DelimitedOptions {
  /** Leaves texts as they are, also those that a spreadsheet would compute. */
  readonly isRaw: boolean;
}

export function openCsvRows(
  sink: ByteSink,
  columns: readonly WrittenColumn[],
  options: DelimitedOptions,
): RowWriter {
  return openDelimitedRows(csv, sink, columns, options);
}

export function openTsvRows(
  sink: ByteSink,
  columns: readonly WrittenColumn[],
  options: DelimitedOptions,
): RowWriter {
  return openDelimitedRows(tsv, sink, columns, options);
}

function openDelimitedRows(
  { separator, lineEnd, writeText }: Dialect,
  sink: ByteSink,
  columns: readonly WrittenColumn[],
  { isRaw }: DelimitedOptions,
): RowWriter {
  const gatherer = new TextGatherer(sink);
  const writeCell = (cell: Cell): string => {
    if (cell === null) return "";
    // Whole numbers in full: spreadsheets and people read a time in microseconds, not its exponent.
    if (typeof cell === "number")
      return Number.isSafeInteger(cell) ? String(cell) : formatNumber(cell);
    return writeText(isRaw ? cell : makeSpreadsheetSafe(cell));
  };
  const writeRow = (row: readonly Cell[]): void =>
    gatherer.add(row.map(writeCell).join(separator) + lineEnd);
  writeRow(columns.map((column) => column.name));
  return { writeRow, finish: () => gatherer.flush() };
}
