/** Where each form of an object writes a column: the table that the test holds against the catalogue. */
import type { AttributeValue } from "#demo/element.ts";
import type { Value, Values } from "./acquisition.ts";

/**
 * Keywords from the top of the data set down, with a slash between; each sequence has one item. Begins with
 * `FG` inside the functional groups of a frame, and with `U` among the unassigned converted attributes.
 */
export type Path = string;

export type Writes = readonly (readonly [path: Path, value: AttributeValue])[];

export interface Place {
  classic(value: Value): Writes;
  /** `values`: all of the frame's. */
  enhanced(value: Value, values: Values): Writes;
  legacy(value: Value): Writes;
  /** The enhanced form has no attribute for it, or says it in other words: why. */
  readonly differs?: string;
  /** What the enhanced form shows then; null where it says nothing. */
  shown?(value: Value): number | string | null;
}

/** How the value is written where it is not written as it is. */
type As = (value: Value) => AttributeValue;

const asIs: As = (value) => value;

/** One attribute at the top in all forms: those of the patient, the series and the equipment, and of the image as a whole. */
export const topOfAll = (keyword: string, as = asIs): Place => {
  const write = (value: Value): Writes => [[keyword, as(value)]];
  return { classic: write, enhanced: write, legacy: write };
};

/** The same attribute in a functional group of the enhanced and of the legacy-converted form (PS3.3 Tables A.70-2, A.71-2, A.72-2). */
export const inGroup = (sequence: string, keyword: string): Place => ({
  classic: (value) => [[keyword, value]],
  enhanced: (value) => [[`FG/${sequence}/${keyword}`, value]],
  legacy: (value) => [[`FG/${sequence}/${keyword}`, value]],
});

/**
 * A classic attribute for which the enhanced form has `enhanced`; the legacy-converted form has no place of its
 * own for it, and keeps it as it was among the unassigned ones (PS3.3 §C.7.6.16.2.25).
 */
export const converted = (classic: Path, enhanced: Path, as = asIs): Place => ({
  classic: (value) => [[classic, value]],
  enhanced: (value) => [[enhanced, as(value)]],
  legacy: (value) => [[`U/${classic}`, value]],
});

/** A classic attribute for which the enhanced form has none. */
export const notEnhanced = (classic: Path, why: string): Place => ({
  classic: (value) => [[classic, value]],
  enhanced: () => [],
  legacy: (value) => [[`U/${classic}`, value]],
  differs: why,
  shown: () => null,
});

/** Said by the frame's private elements, in the form that a conversion makes as in the classic one. */
export const saidPrivately = (enhanced: Place["enhanced"]): Place => ({
  classic: () => [],
  enhanced,
  legacy: () => [],
});

/** As `saidPrivately`, and not at all in the enhanced form. */
export const onlySaidPrivately = (why: string): Place => ({
  ...saidPrivately(() => []),
  differs: why,
  shown: () => null,
});
