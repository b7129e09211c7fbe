/**
 * Edits as text, to be printed with a failure and kept as a case: `60-4+ffff*3` takes 4 bytes away at offset 60 and puts
 * three times the bytes ff ff there.
 */
import type { Edit } from "./draft.ts";

/** Longest unit of an insertion that is looked for to write it once. */
const LONGEST_UNIT = 32;

export function writeEdit(edit: Edit): string {
  if ("deflateFrom" in edit) return `${edit.deflateFrom}-deflate`;
  const place = `${edit.at}-${edit.remove}`;
  if (edit.insert.length === 0) return place;
  const { insert, times } = foldRepeats(edit.insert, edit.times);
  const hex = Buffer.from(insert).toString("hex");
  return times === 1 ? `${place}+${hex}` : `${place}+${hex}*${times}`;
}

/** The edit that a line of `writeEdit` stands for. */
export function parseEdit(line: string): Edit {
  const deflate = /^(\d+)-deflate$/.exec(line);
  if (deflate !== null) return { deflateFrom: Number(deflate[1]) };
  const parts = /^(\d+)-(\d+)(?:\+([0-9a-f]+)(?:\*(\d+))?)?$/.exec(line);
  if (parts === null) throw new Error(`${line} is no edit`);
  const [, at, remove, hex = "", times = "1"] = parts;
  const insert = new Uint8Array(Buffer.from(hex, "hex"));
  return { at: Number(at), remove: Number(remove), insert, times: Number(times) };
}

/** Bytes that repeat themselves once, and how often they stand there. */
function foldRepeats(
  insert: Uint8Array,
  times: number,
): { readonly insert: Uint8Array; readonly times: number } {
  for (let unit = 1; unit <= LONGEST_UNIT && unit <= insert.length / 2; unit++) {
    const repeats = insert.length / unit;
    const isRepeat = (byte: number, index: number): boolean => byte === insert[index % unit];
    if (Number.isInteger(repeats) && insert.every(isRepeat)) {
      return { insert: insert.subarray(0, unit), times: times * repeats };
    }
  }
  return { insert, times };
}
