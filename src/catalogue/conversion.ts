/** What a conversion is: a pure rule that reads a decoded value as what a column holds. */

import type { ColumnType } from "./column.ts";

/** A decoded value: a number, or a text whose values are joined by a backslash. */
export type Value = string | number | null;

export interface ConversionContext {
  /**
   * The value of another column, or of an input column, in the same file and frame. A rule asks for those
   * only that it lists as its needs, so that values may be kept for as long as the needed ones are the same.
   */
  get(column: string): Value;
}

export interface ConversionResult {
  readonly value: Value;
  readonly warnings?: readonly string[];
  /** The element says nothing of this column: the next location is tried, and no raw text is kept. */
  readonly isAbsent?: true;
}

/**
 * Called with the value of an element, never null, where it is a column's or a location's `convert`; with
 * null where it is a column's `derive`. It never throws.
 */
export type Conversion = (value: Value, context: ConversionContext) => ConversionResult;

/** A conversion, the columns that it asks for, and how its element is decoded where the column's type will not do. */
export interface Rule {
  readonly convert: Conversion;
  readonly needs?: readonly string[];
  readonly reads?: ColumnType;
}
