/** Parquet, in row groups of bounded size. */
import { ByteWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import { assertNever } from "#base/assert-never.ts";
import type { Cell } from "#store/packed-rows.ts";
import type { ByteSink, RowWriter, WrittenColumn } from "./row-writer.ts";

/** A row group ends at so many cells, or so many characters of text: it is held in memory. */
const groupCells = 1_000_000;
const groupCharacters = 16_000_000;

type ParquetValue = string | number | bigint | null;

export function openParquetRows(sink: ByteSink, columns: readonly WrittenColumn[]): RowWriter {
  const bytes = new ByteWriter();
  const flush = (): void => {
    if (bytes.index > 0) sink.write(new Uint8Array(bytes.buffer, 0, bytes.index));
    bytes.index = 0;
  };
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaFromColumnData({
      columnData: columns.map((column) => ({
        name: column.name,
        data: [],
        type: parquetTypes[column.type],
        nullable: true,
      })),
    }),
    createdBy: "nils",
  });
  let group: ParquetValue[][] = columns.map(() => []);
  let rows = 0;
  let characters = 0;
  const endGroup = (): void => {
    if (rows > 0) {
      const columnData = columns.map(({ name }, index) => ({
        name,
        data: group[index] ?? [],
        offsetIndex: false,
      }));
      void writer.write({ columnData, rowGroupSize: rows });
    }
    flush();
    group = columns.map(() => []);
    rows = 0;
    characters = 0;
  };
  return {
    writeRow(row) {
      columns.forEach(({ type }, index) => {
        const cell = row[index] ?? null;
        if (typeof cell === "string") characters += cell.length;
        group[index]?.push(convertCell(cell, type));
      });
      rows += 1;
      if (rows * columns.length >= groupCells || characters >= groupCharacters) endGroup();
    },
    finish() {
      endGroup();
      void writer.finish();
      flush();
    },
  };
}

const parquetTypes = { integer: "INT64", real: "DOUBLE", text: "STRING" } as const;

function convertCell(cell: Cell, type: WrittenColumn["type"]): ParquetValue {
  if (cell === null) return null;
  switch (type) {
    case "integer":
      return BigInt(cell);
    case "real":
      return Number(cell);
    case "text":
      return String(cell);
    default:
      return assertNever(type);
  }
}
