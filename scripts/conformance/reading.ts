/** What another program read of a file, element by element, in a form in which all of them are compared. */
import type { Step } from "#catalogue/location.ts";

export interface Element {
  /** Values as text, padding off; a number in its usual form. */
  readonly texts: readonly string[];
  /** The same as numbers, null where a value is none. */
  readonly numbers: readonly (number | null)[];
}

/** A place: sequences from the top of the data set down to the element, and what is meant inside it. */
export interface Place {
  readonly steps: readonly Step[];
  readonly items: "first" | "all";
  /** VR by which bytes are read where the file states none. */
  readonly vr: string;
  /** Key in a Siemens CSA header. */
  readonly key: string | undefined;
}

export interface Reading {
  readonly hasFunctionalGroups: boolean;
  /** Frames that can be asked for, from 1; of a classic object frame 1 alone. */
  readonly frames: readonly number[];
  /** The element at a place, for a frame; null where the file has none, undefined where the program does not say. */
  at(place: Place, frame: number): Element | null | undefined;
}

export const textElement = (texts: readonly string[]): Element => {
  const trimmed = texts.map(trimPadding);
  return { texts: trimmed, numbers: trimmed.map(parseNumber) };
};

export const numberElement = (numbers: readonly (number | null)[]): Element => ({
  texts: numbers.map((number) => (number === null ? "" : String(number))),
  numbers,
});

/** Spaces and NUL at both ends, which pad a value to an even length (PS3.5 §6.2). */
const trimPadding = (text: string): string => text.replaceAll(/^[ \0]+|[ \0]+$/g, "");

/** A decimal string (PS3.5 §6.2); null for anything else. */
function parseNumber(text: string): number | null {
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : null;
}
