/**
 * The bytes of a file as the walker sees them: a head that stays, then windows that move forward, and the values
 * worth keeping appended behind the head. Never holds a header whole and never allocates by a declared length.
 */
import type { ByteSource } from "./byte-source.ts";
import type { InflatedSource } from "./inflated-source.ts";
import type { ReaderLimits } from "./reader-limits.ts";

/** Room behind the head for values found beyond it. */
const KEPT_ROOM = 64 * 1024;
/** Buffers that grew beyond this are given back before the next file. */
const RETAINED = 4 * 1024 * 1024;
/** Windows double while reading goes straight on: 256 KiB at the default first read. */
const LARGEST_WINDOW = 16;

/** Answers of `keep` that are no offset. */
export const KEPT_TOO_MUCH = -1;
export const KEPT_BEYOND_END = -2;

export class HeaderWindow {
  /** The head, then the kept values. */
  bytes: Uint8Array;
  /** The bytes around the walker: `bytes` itself while it is in the head. */
  view: Uint8Array;
  /** Position of `view[0]`. */
  base = 0;
  /** Position after the last valid byte of `view`. */
  end = 0;
  /** Position up to which values stay where they are in `bytes`; −1 once the walker left the head. */
  headEnd = 0;
  source: ByteSource = { size: 0, read: () => 0 };

  private inflated: InflatedSource | null = null;
  /** Code of the limit that ended reading. */
  private limit: string | null = null;
  private used = 0;
  private bytesRead = 0;
  private windowSize = 0;
  private buffer = new Uint8Array(0);
  private lent = new Uint8Array(0);
  private readonly firstRead: number;
  private readonly limits: ReaderLimits;
  private readonly onProgress: () => void;

  constructor(firstRead: number, limits: ReaderLimits, onProgress: () => void) {
    this.firstRead = firstRead;
    this.limits = limits;
    this.onProgress = onProgress;
    this.bytes = new Uint8Array(firstRead + KEPT_ROOM);
    this.view = this.bytes;
  }

  /** Reads the head of a file. */
  open(source: ByteSource): void {
    if (this.bytes.length > RETAINED) this.bytes = new Uint8Array(this.firstRead + KEPT_ROOM);
    if (this.buffer.length > RETAINED) this.buffer = new Uint8Array(0);
    if (this.lent.length > RETAINED) this.lent = new Uint8Array(0);
    this.source = source;
    this.inflated = null;
    this.limit = null;
    this.bytesRead = 0;
    this.view = this.bytes;
    this.base = 0;
    this.end = this.readInto(this.bytes, 0, Math.min(source.size, this.firstRead), 0);
    this.headEnd = this.end;
    this.used = this.end;
    this.windowSize = this.firstRead;
  }

  /** Goes on in the inflated data set, from its position 0; what was kept stays. */
  continueIn(source: InflatedSource): void {
    this.source = source;
    this.inflated = source;
    this.base = 0;
    this.end = 0;
    this.headEnd = -1;
    this.view = this.buffer;
    this.windowSize = this.firstRead;
  }

  /**
   * Brings `length` bytes from `position` on into the view, and says whether they are all there. Positions only
   * go forward: bytes before `position` may be gone afterwards.
   */
  cover(position: number, length: number): boolean {
    if (position >= this.base && position + length <= this.end) return true;
    const { size } = this.source;
    if (this.limit !== null || position >= size) {
      if (position < this.base || position > this.end) this.moveTo(position, 0);
      return false;
    }
    if (position >= this.base && this.end >= size) return false;
    if (position > this.end) this.windowSize = this.firstRead;
    else if (this.windowSize < LARGEST_WINDOW * this.firstRead && this.headEnd < 0)
      this.windowSize *= 2;
    const wanted = Math.min(Math.max(length, this.windowSize), size - position);
    if (this.buffer.length < wanted) this.buffer = new Uint8Array(wanted);
    this.moveTo(position, this.readInto(this.buffer, 0, wanted, position));
    return position + length <= this.end;
  }

  /**
   * Keeps the bytes of a value and returns their offset in `bytes`, or `KEPT_TOO_MUCH` or `KEPT_BEYOND_END`. The
   * caller bounds `length`.
   */
  keep(position: number, length: number): number {
    if (position + length <= this.headEnd) return position;
    if (this.used + length > this.limits.keptBytes) return KEPT_TOO_MUCH;
    const start = this.used;
    if (length <= this.windowSize || position + length <= this.end) {
      if (!this.cover(position, length)) return KEPT_BEYOND_END;
      this.reserve(length);
      this.bytes.set(
        this.view.subarray(position - this.base, position - this.base + length),
        start,
      );
    } else {
      this.reserve(length);
      if (this.readInto(this.bytes, start, length, position) < length) return KEPT_BEYOND_END;
    }
    this.used += length;
    return start;
  }

  /** As `keep` for bytes already passed: works for files, not for an inflated stream. */
  keepPassed(position: number, length: number): number {
    if (this.used + length > this.limits.keptBytes) return KEPT_TOO_MUCH;
    this.reserve(length);
    if (this.readInto(this.bytes, this.used, length, position) < length) return KEPT_BEYOND_END;
    this.used += length;
    return this.used - length;
  }

  /**
   * As `keepPassed`, but kept only until the next call; null when the bytes are not all there. The caller bounds
   * `length`.
   */
  lendPassed(position: number, length: number): Uint8Array | null {
    if (this.lent.length < length) this.lent = new Uint8Array(length);
    if (this.readInto(this.lent, 0, length, position) < length) return null;
    return this.lent.subarray(0, length);
  }

  /** Bytes of the file; of an inflated data set infinite, however far it was inflated, so that windows do not matter. */
  get size(): number {
    return this.inflated === null ? this.source.size : Number.POSITIVE_INFINITY;
  }

  /** Why fewer bytes came than there may be: a limit, or damage to a deflated data set. */
  findShortfall(): string | null {
    if (this.limit !== null) return this.limit;
    if (this.inflated === null) return null;
    if (this.inflated.limitReached) return "inflate-limit";
    return this.inflated.isDamaged ? "truncated" : null;
  }

  private moveTo(position: number, length: number): void {
    this.view = this.buffer;
    this.base = position;
    this.end = position + length;
    this.headEnd = -1;
  }

  private reserve(length: number): void {
    const needed = this.used + length;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, 2 * this.bytes.length));
    grown.set(this.bytes.subarray(0, this.used));
    if (this.view === this.bytes) this.view = grown;
    this.bytes = grown;
  }

  private readInto(target: Uint8Array, offset: number, length: number, position: number): number {
    this.onProgress();
    if (length <= 0) return 0;
    if (this.bytesRead + length > this.limits.headerBytes) {
      this.limit = "header-limit";
      return 0;
    }
    const read = this.source.read(target, offset, length, position);
    this.bytesRead += read;
    return read;
  }
}
