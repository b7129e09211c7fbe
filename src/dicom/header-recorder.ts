/** Writes records into a header and keeps the bytes of their values, within the limits. */
import {
  ASSUMED_VR,
  BIG_ENDIAN_VALUE,
  DEFERRED_VALUE,
  type Header,
  resizeRecords,
} from "./header.ts";
import { type HeaderWindow, KEPT_BEYOND_END } from "./header-window.ts";
import type { ReaderLimits } from "./reader-limits.ts";
import { BLOB_VALUE, TEXT_VALUE, vrTraits } from "./vr.ts";
import type { WalkLevel } from "./walk-level.ts";

/** Records that room is made for at first, and that room is kept for between files. */
const FIRST_CAPACITY = 1024;
const RETAINED_CAPACITY = 65_536;

/** Length of a record whose value is not kept. */
const NOT_KEPT = -1;

export class HeaderRecorder {
  /** The limit of records was met: the walk must stop. */
  isFull = false;

  private readonly header: Header;
  private readonly window: HeaderWindow;
  private readonly limits: ReaderLimits;
  private readonly keepsAny: boolean;

  constructor(header: Header, window: HeaderWindow, limits: ReaderLimits, keepsAny: boolean) {
    this.header = header;
    this.window = window;
    this.limits = limits;
    this.keepsAny = keepsAny;
    resizeRecords(header.records, FIRST_CAPACITY);
  }

  /** Forgets the last file's records. */
  clear(): void {
    const { records } = this.header;
    records.count = 0;
    this.isFull = false;
    if (records.tag.length > RETAINED_CAPACITY) resizeRecords(records, FIRST_CAPACITY);
  }

  /**
   * Keeps a value as far as the limits allow. Returns its offset in `Header.bytes`, −1 when it is too long, or
   * `KEPT_BEYOND_END` when the bytes end before it does.
   */
  keep(vr: number, position: number, length: number): number {
    return length > this.longestKept(vr) ? NOT_KEPT : this.window.keep(position, length);
  }

  /** Adds a record and returns its number; −1 when there is no more room. `start` −1: the value is not kept. */
  add(
    path: number,
    tag: number,
    vr: number,
    isAssumed: boolean,
    level: WalkLevel,
    depth: number,
    start: number,
    length: number,
    position: number,
    declared: number,
  ): number {
    const { records } = this.header;
    const index = records.count;
    if (index === records.tag.length && !this.grow()) return -1;
    records.path[index] = path;
    records.frame[index] = level.frame;
    records.item[index] = level.item;
    records.tag[index] = tag;
    records.vr[index] = vr;
    records.depth[index] = depth;
    records.flags[index] = (level.bigEndian ? BIG_ENDIAN_VALUE : 0) | (isAssumed ? ASSUMED_VR : 0);
    records.charset[index] = level.charset;
    records.start[index] = Math.max(start, 0);
    records.length[index] = start < 0 ? NOT_KEPT : length;
    records.position[index] = position;
    records.declared[index] = declared;
    records.count = index + 1;
    return index;
  }

  /**
   * Keeps and records a value of defined length under a path and its twins; a deferred one is left for `fetch`,
   * if the source can go back. Returns false when the bytes end before
   * the value does; nothing is recorded then.
   */
  addValue(
    path: number,
    twins: Int32Array,
    tag: number,
    vr: number,
    isAssumed: boolean,
    level: WalkLevel,
    depth: number,
    position: number,
    length: number,
    isDeferred: boolean,
  ): boolean {
    // What is in the head is there without being read; an inflated stream cannot go back.
    const isLeft =
      isDeferred && position + length > this.window.headEnd && Number.isFinite(this.window.size);
    const start = isLeft ? NOT_KEPT : this.keep(vr, position, length);
    if (start === KEPT_BEYOND_END) return false;
    if (start < 0 && !isLeft && !this.keepsAny) this.header.warnings.add("value-too-long");
    let id = path;
    do {
      const index = this.add(id, tag, vr, isAssumed, level, depth, start, length, position, length);
      if (isLeft && index >= 0) this.addFlag(index, DEFERRED_VALUE);
      id = twins[id] ?? -1;
    } while (id >= 0);
    return true;
  }

  /** The bytes of a value; those of one that was passed over are lent until the next call (`Header.fetch`). */
  fetch(record: number): Uint8Array | null {
    const { records } = this.header;
    if (((records.flags[record] as number) & DEFERRED_VALUE) === 0) {
      const start = records.start[record] as number;
      const length = records.length[record] as number;
      return length < 0 ? null : this.window.bytes.subarray(start, start + length);
    }
    const length = records.declared[record] as number;
    if (length > this.longestKept(records.vr[record] as number)) return null;
    return this.window.lendPassed(records.position[record] as number, length);
  }

  private addFlag(record: number, flag: number): void {
    const { flags } = this.header.records;
    flags[record] = (flags[record] as number) | flag;
  }

  private longestKept(vr: number): number {
    if (this.keepsAny) return this.limits.anyBytes;
    const traits = vrTraits[vr] as number;
    if ((traits & TEXT_VALUE) !== 0) return this.limits.textBytes;
    return (traits & BLOB_VALUE) !== 0 ? this.limits.blobBytes : this.limits.otherBytes;
  }

  private grow(): boolean {
    const { records } = this.header;
    const capacity = Math.min(2 * records.tag.length, this.limits.records);
    if (capacity <= records.count) {
      this.isFull = true;
      return false;
    }
    resizeRecords(records, capacity);
    return true;
  }
}
