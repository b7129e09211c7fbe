/**
 * Where a header differs from the one before, and a frame from the frame before. Files of a series repeat nearly all
 * of their header, and frames of their settings, so that what is to be decoded of most is the few values that changed.
 */
import { createRecords, type Header, type HeaderRecords } from "#dicom/header.ts";

/** Records first…end − 1 and the bytes that they point into. */
export interface RecordRun {
  readonly records: HeaderRecords;
  readonly bytes: Uint8Array;
  readonly first: number;
  readonly end: number;
}

/** Records, and bytes of values, up to which a header is remembered: nearly all but objects of many frames. */
const mostRecords = 2_048;
const mostBytes = 131_072;

export class ChangedPlaces {
  readonly #isPresenceOnly: Uint8Array;
  readonly #onChanged: (path: number) => void;
  readonly #records: HeaderRecords = createRecords(mostRecords);
  readonly #bytes = new Uint8Array(mostBytes);
  #charsets: (string | null)[] = [];
  #encoding: Header["encoding"] = null;
  #isRemembered = false;

  /**
   * `isPresenceOnly`: by path, 1 where a change of the bytes is none; `onChanged` is told of each path where
   * something is new, gone or other, some more than once.
   */
  constructor(isPresenceOnly: Uint8Array, onChanged: (path: number) => void) {
    this.#isPresenceOnly = isPresenceOnly;
    this.#onChanged = onChanged;
  }

  /**
   * Compares a header without functional groups with the last one and remembers it. False when they cannot be
   * compared place by place: everything may have changed then.
   */
  compareHeader(header: Header): boolean {
    const isComparable = this.#isRemembered && this.#readsAlike(header);
    if (isComparable) {
      const { count } = this.#records;
      const before = { records: this.#records, bytes: this.#bytes, first: 0, end: count };
      const { records, bytes } = header;
      this.compareRuns(before, { records, bytes, first: 0, end: records.count });
    }
    this.#remember(header, isComparable);
    return isComparable;
  }

  /** The next header is compared with none. */
  forget(): void {
    this.#isRemembered = false;
  }

  /** Of one header, or of two that read alike. */
  compareRuns(before: RecordRun, now: RecordRun): void {
    const count = Math.min(before.end - before.first, now.end - now.first);
    let index = 0;
    for (; index < count; index++) {
      const path = now.records.path[now.first + index] as number;
      if (path !== before.records.path[before.first + index]) break;
      if (!this.#isSame(before, before.first + index, now, now.first + index)) {
        this.#onChanged(path);
      }
    }
    // What follows the first element that only one of them has is rarely worth lining up again.
    this.#reportRest(before, index);
    this.#reportRest(now, index);
  }

  #reportRest({ records, first, end }: RecordRun, from: number): void {
    for (let rest = first + from; rest < end; rest++) this.#onChanged(records.path[rest] as number);
  }

  /** Are the same bytes the same values in both? */
  #readsAlike({ encoding, charsets }: Header): boolean {
    const before = this.#charsets;
    return (
      encoding === this.#encoding &&
      charsets.length === before.length &&
      charsets.every((terms, index) => terms === before[index])
    );
  }

  #isSame(runA: RecordRun, indexA: number, runB: RecordRun, indexB: number): boolean {
    const { records: a, bytes: bytesA } = runA;
    const { records: b, bytes: bytesB } = runB;
    if (
      a.vr[indexA] !== b.vr[indexB] ||
      a.flags[indexA] !== b.flags[indexB] ||
      a.charset[indexA] !== b.charset[indexB]
    ) {
      return false;
    }
    if (this.#isPresenceOnly[a.path[indexA] as number] === 1) return true;
    const length = a.length[indexA] as number;
    if (length !== b.length[indexB]) return false;
    const startA = a.start[indexA] as number;
    const startB = b.start[indexB] as number;
    for (let byte = 0; byte < length; byte++) {
      if (bytesA[startA + byte] !== bytesB[startB + byte]) return false;
    }
    return true;
  }

  #remember({ records, bytes, charsets, encoding }: Header, isComparable: boolean): void {
    const { count } = records;
    let end = 0;
    for (let index = 0; index < count; index++) {
      const length = records.length[index] as number;
      if (length > 0) end = Math.max(end, (records.start[index] as number) + length);
    }
    this.#isRemembered = count <= mostRecords && end <= mostBytes;
    if (!this.#isRemembered) return;
    const before = this.#records;
    before.count = count;
    for (let index = 0; index < count; index++) {
      before.path[index] = records.path[index] as number;
      before.vr[index] = records.vr[index] as number;
      before.flags[index] = records.flags[index] as number;
      before.charset[index] = records.charset[index] as number;
      before.start[index] = records.start[index] as number;
      before.length[index] = records.length[index] as number;
    }
    this.#bytes.set(bytes.subarray(0, end));
    if (!isComparable) this.#charsets = [...charsets];
    this.#encoding = encoding;
  }
}
