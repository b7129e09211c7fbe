/**
 * The inflated bytes of a deflated data set as a source that only goes forward (PS3.5 §A.5, RFC 1951). Holds no
 * more than what was asked for and one push; stops believing a stream that grows out of proportion.
 */
import { Inflate, Unzlib } from "fflate";
import type { ByteSource } from "./byte-source.ts";
import type { ReaderLimits } from "./reader-limits.ts";

/** Deflated bytes per push. Deflate grows at most 1,032-fold, so a push yields at most 4 MiB. */
const CHUNK_BYTES = 4096;
/**
 * Pushes without output after which the stream is taken as ended: a stored block can hold back 64 KiB (RFC 1951
 * §3.2.4), and bytes after the end of the stream must not be collected for ever.
 */
const IDLE_PUSHES = 32;

export class InflatedSource implements ByteSource {
  /** Unknown until the stream ended. */
  size = Number.POSITIVE_INFINITY;
  /** The stream was cut for being out of proportion or over the limit of header bytes. */
  limitReached = false;
  /** The deflated bytes are damaged; what came before the damage was given out. */
  isDamaged = false;

  private readonly deflated: ByteSource;
  private readonly limits: ReaderLimits;
  private position: number;
  private readonly start: number;
  private stream: Inflate | Unzlib | null = null;
  /** Inflated bytes at hand, the first of which lies at `firstPosition`. */
  private readonly chunks: Uint8Array[] = [];
  private firstPosition = 0;
  private inflated = 0;
  private idlePushes = 0;

  /** `start` is where the deflated bytes begin in `deflated`. */
  constructor(deflated: ByteSource, start: number, limits: ReaderLimits) {
    this.deflated = deflated;
    this.start = start;
    this.position = start;
    this.limits = limits;
  }

  /** Reads at `position`, which must not lie before that of an earlier read. */
  read(target: Uint8Array, targetOffset: number, length: number, position: number): number {
    this.dropBefore(position);
    while (this.inflated < position + length && this.size === Number.POSITIVE_INFINITY) {
      this.inflateMore();
      this.dropBefore(position);
    }
    return this.copy(target, targetOffset, length, position);
  }

  private copy(target: Uint8Array, offset: number, length: number, position: number): number {
    let copied = 0;
    let chunkAt = this.firstPosition;
    for (const chunk of this.chunks) {
      const from = position + copied - chunkAt;
      if (from >= 0 && from < chunk.length) {
        const part = chunk.subarray(from, from + length - copied);
        target.set(part, offset + copied);
        copied += part.length;
        if (copied === length) break;
      }
      chunkAt += chunk.length;
    }
    return copied;
  }

  private dropBefore(position: number): void {
    let first = this.chunks[0];
    while (first !== undefined && this.firstPosition + first.length <= position) {
      this.chunks.shift();
      this.firstPosition += first.length;
      first = this.chunks[0];
    }
  }

  private inflateMore(): void {
    const input = new Uint8Array(CHUNK_BYTES);
    const read = this.deflated.read(input, 0, CHUNK_BYTES, this.position);
    this.position += read;
    const bytes = input.subarray(0, read);
    this.stream ??= this.openStream(bytes);
    const before = this.inflated;
    try {
      // Never as the last push: that refuses a cut stream as a whole instead of giving what is there.
      this.stream.push(bytes, false);
    } catch {
      // The inflater says by an exception that the bytes are no deflate stream: data of the file, not a fault.
      this.isDamaged = true;
    }
    this.idlePushes = this.inflated === before ? this.idlePushes + 1 : 0;
    this.limitReached = this.isOutOfProportion();
    const isOver = read < CHUNK_BYTES || this.idlePushes >= IDLE_PUSHES;
    if (isOver || this.isDamaged || this.limitReached) this.size = this.inflated;
  }

  /** Raw deflate is the rule; a zlib header in front, whose check bits fit, is the common mistake (RFC 1950 §2.2). */
  private openStream(bytes: Uint8Array): Inflate | Unzlib {
    const first = bytes[0] ?? 0;
    const second = bytes[1] ?? 0;
    const isZlib = (first & 0x0f) === 8 && first >> 4 <= 7 && ((first << 8) | second) % 31 === 0;
    const take = (chunk: Uint8Array) => {
      if (chunk.length === 0) return;
      this.chunks.push(chunk);
      this.inflated += chunk.length;
    };
    return isZlib ? new Unzlib(take) : new Inflate(take);
  }

  private isOutOfProportion(): boolean {
    const { headerBytes, inflateFree, inflateRatio } = this.limits;
    if (this.inflated > headerBytes) return true;
    return (
      this.inflated > inflateFree &&
      this.inflated > inflateRatio * Math.max(1, this.position - this.start)
    );
  }
}
