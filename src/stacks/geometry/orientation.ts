import { roundedText } from "#stacks/numbers.ts";
import { cross, dot, normalise, type Vector } from "./vector.ts";

/** An Image Orientation (Patient): directions of a row and of a column, length 1, and their normal. */
export interface Orientation {
  /** Six numbers at 10⁻⁵ joined by a backslash: what orientations are ordered and told apart by. */
  readonly text: string;
  readonly row: Vector;
  readonly column: Vector;
  readonly normal: Vector;
}

/** Deviation of length from 1 and of the right angle from 0 at which an orientation is still one. */
const TOLERANCE = 0.05;

/** Reads six numbers joined by a backslash; null if they are no two perpendicular directions. */
export function parseOrientation(written: string): Orientation | null {
  const parts = written.split("\\");
  const numbers = parts.map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (numbers.length !== 6 || !numbers.every(Number.isFinite)) return null;
  const text = numbers.map((value) => roundedText(value, 5)).join("\\");
  const [rx, ry, rz, cx, cy, cz] = text.split("\\").map(Number) as [
    ...[number, number, number],
    ...[number, number, number],
  ];
  const row: Vector = [rx, ry, rz];
  const column: Vector = [cx, cy, cz];
  const isValid =
    Math.abs(Math.sqrt(dot(row, row)) - 1) <= TOLERANCE &&
    Math.abs(Math.sqrt(dot(column, column)) - 1) <= TOLERANCE &&
    Math.abs(dot(row, column)) <= TOLERANCE;
  if (!isValid) return null;
  const normal = normalise(cross(row, column));
  const unitRow = normalise(row);
  const unitColumn = normalise(column);
  return normal && unitRow && unitColumn
    ? { text, row: unitRow, column: unitColumn, normal }
    : null;
}
