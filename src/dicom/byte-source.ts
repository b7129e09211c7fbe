/** Bytes that can be read at any position: an open file, or bytes in memory. */
export interface ByteSource {
  /** Length in bytes, as known when it was opened. */
  readonly size: number;
  /**
   * Reads up to `length` bytes at `position` into `target` at `targetOffset` and returns how many came;
   * fewer means the end. May throw the platform's I/O error, which the header reader lets through.
   */
  read(target: Uint8Array, targetOffset: number, length: number, position: number): number;
}

/** A byte source over bytes in memory. The bytes are not copied. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read(target, targetOffset, length, position) {
      const end = Math.min(bytes.length, position + length);
      if (end <= position) return 0;
      target.set(bytes.subarray(position, end), targetOffset);
      return end - position;
    },
  };
}
