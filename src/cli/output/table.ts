/** Aligned text tables for people. What programs read is `--json`, or an export. */
import { measureWidth, truncateToWidth } from "./display-width.ts";
import { escapeControls } from "./escape-controls.ts";
import { formatNumber } from "./format.ts";

export type Cell = string | number | bigint | boolean | null | undefined;

export interface TableColumn<Row> {
  readonly header: string;
  readonly value: (row: Row) => Cell;
  /** Numbers stand to the right unless this says otherwise. */
  readonly align?: "left" | "right";
  /** Never cut, such as a UID or a path that is meant to be copied. */
  readonly whole?: true;
}

/** Narrowest that a column is cut to, in characters. */
const NARROWEST = 6;

const GAP = "  ";

/**
 * Draws rows below their headers. Control characters are escaped. With a `width`, the widest columns
 * that may be cut are cut until a line fits; without, nothing is cut (a file or a pipe).
 */
export function renderTable<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  options: { readonly width?: number } = {},
): string {
  const cells = rows.map((row) => columns.map((column) => column.value(row)));
  const texts = cells.map((line) => line.map(writeCell));
  const headers = columns.map((column) => escapeControls(column.header));
  const natural = headers.map((header, index) =>
    Math.max(measureWidth(header), ...texts.map((line) => measureWidth(line[index] ?? ""))),
  );
  const widths = options.width === undefined ? natural : fitWidths(columns, natural, options.width);
  const isRight = columns.map((column, index) =>
    column.align === undefined
      ? cells.length > 0 && cells.every((line) => isNumberOrNothing(line[index]))
      : column.align === "right",
  );
  return [headers, ...texts].map((line) => drawLine(line, widths, isRight)).join("");
}

/** `name: value` pairs below each other, values aligned; for things shown one at a time. */
export function renderPairs(pairs: readonly (readonly [name: string, value: Cell])[]): string {
  const width = Math.max(0, ...pairs.map(([name]) => measureWidth(escapeControls(name))));
  return pairs
    .map(([name, value]) => {
      const label = escapeControls(name);
      const padding = " ".repeat(width - measureWidth(label));
      return `${`${label}${padding}${GAP}${writeCell(value)}`.trimEnd()}\n`;
    })
    .join("");
}

function writeCell(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "number") return formatNumber(cell);
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  return escapeControls(String(cell));
}

function isNumberOrNothing(cell: Cell): boolean {
  return (
    cell === null || cell === undefined || typeof cell === "number" || typeof cell === "bigint"
  );
}

/** Takes columns from the widest that may be cut, one at a time, until the line fits or none is left. */
function fitWidths<Row>(
  columns: readonly TableColumn<Row>[],
  natural: readonly number[],
  width: number,
): readonly number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, each) => sum + each + GAP.length, -GAP.length) - width;
  while (excess > 0) {
    let widest = -1;
    for (const [index, each] of widths.entries()) {
      if (columns[index]?.whole || each <= NARROWEST) continue;
      if (widest < 0 || each > (widths[widest] ?? 0)) widest = index;
    }
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess--;
  }
  return widths;
}

function drawLine(
  line: readonly string[],
  widths: readonly number[],
  isRight: readonly boolean[],
): string {
  const drawn = line.map((text, index) => {
    const width = widths[index] ?? 0;
    const shown = truncateToWidth(text, width);
    const padding = " ".repeat(Math.max(0, width - measureWidth(shown)));
    return isRight[index] ? padding + shown : shown + padding;
  });
  return `${drawn.join(GAP).trimEnd()}\n`;
}
