/** JSON as one array of objects, one a line, and NDJSON. Every object has every column; null is no value. */
import type { Cell } from "#store/packed-rows.ts";
import { type ByteSink, type RowWriter, TextGatherer, type WrittenColumn } from "./row-writer.ts";

export function openNdjsonRows(sink: ByteSink, columns: readonly WrittenColumn[]): RowWriter {
  const gatherer = new TextGatherer(sink);
  const write = objectWriter(columns);
  return {
    writeRow: (row) => gatherer.add(`${write(row)}\n`),
    finish: () => gatherer.flush(),
  };
}

export function openJsonRows(sink: ByteSink, columns: readonly WrittenColumn[]): RowWriter {
  const gatherer = new TextGatherer(sink);
  const write = objectWriter(columns);
  let separator = "[\n";
  return {
    writeRow: (row) => {
      gatherer.add(separator + write(row));
      separator = ",\n";
    },
    finish: () => {
      gatherer.add(separator === "[\n" ? "[]\n" : "\n]\n");
      gatherer.flush();
    },
  };
}

function objectWriter(columns: readonly WrittenColumn[]): (row: readonly Cell[]) => string {
  const keys = columns.map((column) => JSON.stringify(column.name));
  return (row) =>
    `{${keys.map((key, index) => `${key}:${JSON.stringify(row[index] ?? null)}`).join(",")}}`;
}
