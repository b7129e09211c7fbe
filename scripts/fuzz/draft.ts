/** A case in the making: the bytes of a seed file, and the edits that were made so far, as data. */
import { deflateRawSync } from "node:zlib";
import { readUint16, readUint32 } from "#dicom/probe.ts";
import { findLengthField, type SeedFile } from "./seed-file.ts";

/** Bytes replaced by others, which stand there `times` times; or the bytes from `deflateFrom` on deflated. */
export type Edit =
  | {
      readonly at: number;
      readonly remove: number;
      readonly insert: Uint8Array;
      readonly times: number;
    }
  | { readonly deflateFrom: number };

/** A mutation must not make a file so large that the others wait for it. */
const LARGEST = 1024 * 1024;

/** Where all drafts are made, one after another: a buffer for each would be most of the work. */
const room = Buffer.alloc(2 * LARGEST);

/** An element or the start of an item as it stands in the draft. */
export interface Place {
  readonly tag: number;
  readonly start: number;
  readonly valueAt: number;
  /** Bytes of the value inside the file; 0 where the length is undefined. */
  readonly length: number;
  readonly lengthAt: number;
  readonly lengthSize: 2 | 4;
}

/** `bytes` are valid until the next draft is begun. */
export class Draft {
  readonly seed: SeedFile;
  readonly edits: Edit[] = [];
  bytes: Uint8Array;
  readonly #moves: { readonly from: number; readonly to: number; readonly by: number }[] = [];

  constructor(seed: SeedFile) {
    this.seed = seed;
    room.set(seed.bytes);
    this.bytes = room.subarray(0, seed.bytes.length);
  }

  get placeCount(): number {
    return this.seed.starts.length;
  }

  /** Where an element of the seed file is by now. */
  place(index: number): Place {
    const { seed } = this;
    const tag = seed.tags[index] as number;
    const from = seed.starts[index] as number;
    const headerBytes = (seed.valuesAt[index] as number) - from;
    const start = this.#follow(from);
    const valueAt = start + headerBytes;
    const field = findLengthField(this.bytes, start, valueAt, tag);
    const declared = this.#readNumber(field.at, field.size);
    const left = Math.max(0, this.bytes.length - valueAt);
    const length = declared > left ? 0 : declared;
    return { tag, start, valueAt, length, lengthAt: field.at, lengthSize: field.size };
  }

  /** Where a byte of the seed file is by now. */
  follow(position: number): number {
    return this.#follow(position);
  }

  replace(at: number, remove: number, insert: Uint8Array, times = 1): void {
    const begin = Math.min(Math.max(0, at), this.bytes.length);
    const removed = Math.min(Math.max(0, remove), this.bytes.length - begin);
    const most = Math.floor((LARGEST - this.bytes.length) / Math.max(1, insert.length));
    // Of the draft itself: it will be another by the time that the edit is written down.
    const own = insert.buffer === room.buffer ? new Uint8Array(insert) : insert;
    this.#apply({
      at: begin,
      remove: removed,
      insert: own,
      times: Math.max(0, Math.min(times, most)),
    });
  }

  deflate(): void {
    this.#apply({ deflateFrom: this.#follow(this.seed.dataSetAt) });
  }

  /** A number in the byte order of the data set. */
  encodeNumber(value: number, size: 2 | 4): Uint8Array {
    const bytes = new Uint8Array(size);
    for (let index = 0; index < size; index++) {
      bytes[this.seed.isBigEndian ? size - 1 - index : index] = Math.floor(value / 256 ** index);
    }
    return bytes;
  }

  encodeTag(tag: number): Uint8Array {
    return Uint8Array.of(
      ...this.encodeNumber(tag >>> 16, 2),
      ...this.encodeNumber(tag & 0xffff, 2),
    );
  }

  #apply(edit: Edit): void {
    this.bytes = applyEdit(this.bytes.length, edit);
    this.edits.push(edit);
    if ("deflateFrom" in edit) return;
    const by = edit.insert.length * edit.times - edit.remove;
    if (by !== 0) this.#moves.push({ from: edit.at, to: edit.at + edit.remove, by });
  }

  #follow(position: number): number {
    let at = position;
    for (const move of this.#moves) {
      if (at >= move.to) at += move.by;
      else if (at > move.from) at = move.from;
    }
    return Math.max(0, at);
  }

  #readNumber(at: number, size: 2 | 4): number {
    if (at + size > this.bytes.length) return 0;
    const read = size === 2 ? readUint16 : readUint32;
    return read(this.bytes, at, this.seed.isBigEndian);
  }
}

/** The bytes that a list of edits makes of others; valid until the next draft is begun. */
export function applyEdits(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  room.set(bytes);
  return edits.reduce(
    (edited: Uint8Array, edit) => applyEdit(edited.length, edit),
    room.subarray(0, bytes.length),
  );
}

/** The beginning of a file that declares a deflated data set (PS3.5 §A.5), and no more than that. */
const deflatedBeginning = Buffer.concat([
  Buffer.alloc(128),
  Buffer.from("DICM\x02\0\x10\0UI\x16\x001.2.840.10008.1.2.1.99", "latin1"),
]);

/** Edits the first `length` bytes of the room. */
function applyEdit(length: number, edit: Edit): Uint8Array {
  if ("deflateFrom" in edit) {
    const deflated = deflateRawSync(room.subarray(edit.deflateFrom, length), { level: 1 });
    room.set(deflatedBeginning);
    room.set(deflated, deflatedBeginning.length);
    return room.subarray(0, deflatedBeginning.length + deflated.length);
  }
  const { at, remove, insert, times } = edit;
  const inserted = insert.length * times;
  room.copyWithin(at + inserted, at + remove, length);
  if (inserted > 0) room.fill(insert, at, at + inserted);
  return room.subarray(0, length - remove + inserted);
}
