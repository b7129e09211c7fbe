/** The report as text: a table, then what the figures do not say. */
import { type Bar, judge } from "./bars.ts";
import { writeNumber, writeSpread } from "./rows/measuring/number-text.ts";
import { medianOf, type Spread } from "./rows/measuring/spread.ts";
import type { Outcome } from "./rows/row.ts";

/** A row that was asked for. */
export interface ReportRow {
  readonly bar: Bar;
  readonly outcome: Outcome;
  /** What was stored of it before; null for nothing. */
  readonly before: Spread | null;
}

const titles = ["row", "what", "figure", "bar", "aim", "verdict", "change"];

/** Changes smaller than this are noise here. */
const NOISE = 0.01;

export function writeReport(rows: readonly ReportRow[]): string {
  const notes = rows.map(({ bar, outcome }) =>
    "reason" in outcome || outcome.notes.length === 0
      ? ""
      : `${bar.row}: ${outcome.notes.join("; ")}\n`,
  );
  return `${writeTable([titles, ...rows.map(writeRow)])}\n${notes.join("")}`;
}

function writeRow({ bar, outcome, before }: ReportRow): string[] {
  const { row, what, isLargerBetter } = bar;
  const goals = [`${isLargerBetter ? "≥" : "≤"} ${writeNumber(bar.bar)}`, writeNumber(bar.aim)];
  if ("reason" in outcome) return [row, what, "", ...goals, writeFigure(bar, outcome), ""];
  const figure = medianOf(outcome.samples);
  const change = before === null ? "" : writeChange(bar, before.median, figure);
  return [row, what, writeFigure(bar, outcome), ...goals, judge(bar, figure), change];
}

/** `0.045 (0.041 to 0.047) ×`, or why there is no figure. */
export function writeFigure({ unit }: Bar, outcome: Outcome): string {
  if ("reason" in outcome) return `not measured: ${outcome.reason}`;
  return `${writeSpread(outcome.samples)} ${unit}`;
}

/** `4 % better`. */
function writeChange({ isLargerBetter }: Bar, before: number, now: number): string {
  const change = now / before - 1;
  if (Math.abs(change) < NOISE) return "same";
  const isBetter = change > 0 === isLargerBetter;
  return `${writeNumber(Math.abs(Math.round(change * 100)))} % ${isBetter ? "better" : "worse"}`;
}

function writeTable(lines: readonly (readonly string[])[]): string {
  const widths = titles.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) => line.map((text, column) => text.padEnd(widths[column] ?? 0)).join("  "))
    .map((line) => `${line.trimEnd()}\n`)
    .join("");
}
