/** What the builders of odd files share. */
import type { DataSet } from "#demo/element.ts";
import { encodeFile, type FileOptions } from "#demo/encode-file.ts";
import type { Expectation } from "#demo/expectation.ts";
import { makeSingleImage } from "#demo/single-image.ts";

/** A file that a reader must survive, and what is expected of it. */
export interface OddFile extends Expectation {
  /** Number of the case. Files of one row may need each other, such as a file and its copy. */
  readonly row: number;
  /** Path below the folder that all are written to, in the form of `encodePath`; unique. */
  readonly name: string;
  /** What is odd, and what a reader keeps of it. */
  readonly note: string;
  /** The content; the same at each call. */
  readonly bytes: () => Uint8Array;
}

const SEED = 1;

/** Lists the files of one row: names are put into the row's folder. */
export function oddRow(
  row: number,
  note: string,
  files: readonly (readonly [name: string, expectation: Expectation, bytes: () => Uint8Array])[],
): OddFile[] {
  const folder = `row-${String(row).padStart(2, "0")}`;
  return files.map(([name, expectation, bytes]) => ({
    row,
    name: `${folder}/${name}`,
    note,
    ...expectation,
    bytes,
  }));
}

export function stored(...warnings: string[]): Expectation {
  return { state: "stored", code: null, warnings };
}

export function refused(state: Exclude<Expectation["state"], "stored">, code: string): Expectation {
  return { state, code };
}

/** An image with changes. Each name makes a study of its own. */
export function image(name: string, changes: Parameters<typeof makeSingleImage>[2] = {}): DataSet {
  return makeSingleImage(SEED, name, changes);
}

/** A file of explicit little endian, unless options say otherwise. */
export function encode(dataSet: DataSet, options: Partial<FileOptions> = {}): Uint8Array {
  return encodeFile(dataSet, { encoding: "ELE", ...options });
}

export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

export function asciiBytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "latin1"));
}

export function hexBytes(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex.replaceAll(" ", ""), "hex"));
}
