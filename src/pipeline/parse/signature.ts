/**
 * The signature of a group of columns: the bytes of a header that their values depend on. Where it is that of
 * another frame or file, so are the values.
 */
import type { Header } from "#dicom/header.ts";
import type { ColumnGroup } from "./column-plan.ts";
import type { CsaReader, CsaTexts } from "./csa-texts.ts";
import type { FrameRecords } from "./frame-records.ts";

/** Bytes of room at first, and at most between headers. */
const firstRoom = 16_384;
const retainedRoom = 1_048_576;

/** Makes signatures, one at a time, in room that it keeps. */
export class Signature {
  #scratch = Buffer.alloc(firstRoom);
  #length = 0;

  /**
   * Of the selected frame, with what lies outside of frames. Of CSA headers only that they are there: most values
   * are found before one is looked into. The result is overwritten by the next call.
   */
  of(records: FrameRecords, group: ColumnGroup): Buffer {
    const { header } = records;
    this.#begin(header);
    records.visit((record) => this.#append(header, group, record));
    return this.#scratch.subarray(0, this.#length);
  }

  /** What `of` gave last, and what the CSA headers at `paths` say of the keys that the group reads. */
  withCsa(
    records: FrameRecords,
    group: ColumnGroup,
    csa: CsaReader,
    paths: ReadonlySet<number>,
  ): Buffer {
    const { header } = records;
    records.visit((record) => {
      const path = header.records.path[record] as number;
      const keys = group.csaKeys.get(path);
      if (keys !== undefined && paths.has(path)) {
        this.#appendCsa(path, csa.read(header, record), keys);
      }
    });
    return this.#scratch.subarray(0, this.#length);
  }

  /**
   * What decides how the same bytes are read: the encoding, the order of precedence, and the character sets,
   * which records name by their place in this header's own list.
   */
  #begin(header: Header): void {
    if (this.#scratch.length > retainedRoom) this.#scratch = Buffer.alloc(firstRoom);
    const charsets = writeCharsets(header.charsets);
    this.#length = 0;
    const at = this.#reserve(2 + charsets.length + 1);
    this.#scratch[at] = encodings.indexOf(header.encoding);
    this.#scratch[at + 1] = header.hasFunctionalGroups ? 1 : 0;
    this.#scratch.write(charsets, at + 2, "latin1");
    this.#scratch[at + 2 + charsets.length] = 0;
  }

  /** Adds what a record is and its bytes, if the group reads it. */
  #append({ records, bytes }: Header, group: ColumnGroup, record: number): void {
    const path = records.path[record] as number;
    const kind = group.paths[path];
    if (kind === 0) return;
    const isCsa = kind === 2;
    const kept = isCsa ? -1 : (records.length[record] as number); // -1: there, but too long to be kept
    const length = Math.max(0, kept);
    let at = this.#reserve(9 + length);
    const scratch = this.#scratch;
    scratch[at++] = path & 0xff;
    scratch[at++] = path >> 8;
    scratch[at++] = (records.vr[record] as number) & 0xff;
    scratch[at++] = (records.vr[record] as number) >> 8;
    scratch[at++] = records.flags[record] as number;
    scratch[at++] = records.charset[record] as number;
    scratch[at++] = (kept + 1) & 0xff;
    scratch[at++] = ((kept + 1) >> 8) & 0xff;
    scratch[at++] = (kept + 1) >> 16;
    const start = records.start[record] as number;
    if (length <= shortValue) {
      for (let byte = 0; byte < length; byte++) scratch[at + byte] = bytes[start + byte] as number;
    } else scratch.set(bytes.subarray(start, start + length), at);
  }

  #appendCsa(path: number, { length, texts }: CsaTexts, keys: readonly string[]): void {
    const text = keys.map((key) => texts?.get(key)?.text ?? "").join("\0");
    const at = this.#reserve(6 + text.length);
    this.#scratch.writeUInt16LE(path, at);
    this.#scratch.writeUInt32LE(texts === null ? markOfNone(length) : text.length, at + 2);
    this.#scratch.write(text, at + 6, "latin1");
  }

  /** Room for so many bytes more; returns where they go. */
  #reserve(bytes: number): number {
    const at = this.#length;
    this.#length += bytes;
    if (this.#length > this.#scratch.length) {
      const grown = Buffer.alloc(Math.max(this.#length, this.#scratch.length * 2));
      this.#scratch.copy(grown);
      this.#scratch = grown;
    }
    return at;
  }
}

/** Each with its length, since what a file names may hold any byte. Most headers name one, or none. */
function writeCharsets(charsets: readonly (string | null)[]): string {
  let text = `${charsets.length}`;
  for (const terms of charsets) text += terms === null ? " -" : ` ${terms.length}:${terms}`;
  return text;
}

/** In place of the length of what a CSA header says. Each has warnings of its own, or none. */
const csaMarks = { tooLong: 0xffff_fffd, empty: 0xffff_fffe, broken: 0xffff_ffff } as const;

/** Why a CSA header with a value of this length says nothing. */
function markOfNone(length: number): number {
  if (length < 0) return csaMarks.tooLong;
  return length === 0 ? csaMarks.empty : csaMarks.broken;
}

/** Column `actual_encoding` is the header's, not an element's, and so part of what a tuple depends on. */
const encodings: readonly Header["encoding"][] = [null, "ILE", "ELE", "EBE", "DEFL"];

/** Up to here a loop is quicker than a view and a native copy. */
const shortValue = 48;
