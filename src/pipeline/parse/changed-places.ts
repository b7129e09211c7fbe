/**
 * Where a header differs from the one before. Files of a series repeat nearly all of theirs, so that what is to be
 * decoded of most files is the few values that changed.
 */
import type { Header, HeaderRecords } from "#dicom/header.ts";
import { createRecords } from "#dicom/header.ts";

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
  compare(header: Header): boolean {
    const isComparable = this.#isRemembered && this.#readsAlike(header);
    if (isComparable) this.#compareRecords(header);
    this.#remember(header, isComparable);
    return isComparable;
  }

  /** The next header is compared with none. */
  forget(): void {
    this.#isRemembered = false;
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

  #compareRecords({ records, bytes }: Header): void {
    const before = this.#records;
    const { count } = records;
    let index = 0;
    for (; index < count && index < before.count; index++) {
      const path = records.path[index] as number;
      if (path !== before.path[index]) break;
      if (!this.#isSame(records, bytes, index)) this.#onChanged(path);
    }
    // What follows the first element that only one of them has is rarely worth lining up again.
    for (let rest = index; rest < count; rest++) this.#onChanged(records.path[rest] as number);
    for (let rest = index; rest < before.count; rest++)
      this.#onChanged(before.path[rest] as number);
  }

  #isSame(records: HeaderRecords, bytes: Uint8Array, index: number): boolean {
    const before = this.#records;
    if (
      records.vr[index] !== before.vr[index] ||
      records.flags[index] !== before.flags[index] ||
      records.charset[index] !== before.charset[index]
    ) {
      return false;
    }
    if (this.#isPresenceOnly[records.path[index] as number] === 1) return true;
    const length = records.length[index] as number;
    if (length !== before.length[index]) return false;
    const start = records.start[index] as number;
    const startBefore = before.start[index] as number;
    const bytesBefore = this.#bytes;
    for (let byte = 0; byte < length; byte++) {
      if (bytes[start + byte] !== bytesBefore[startBefore + byte]) return false;
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
