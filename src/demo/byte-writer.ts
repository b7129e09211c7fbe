/** Bytes that grow while they are written, in one byte order. */
export class ByteWriter {
  readonly littleEndian: boolean;
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;

  constructor(options: { readonly littleEndian: boolean; readonly capacity?: number }) {
    this.littleEndian = options.littleEndian;
    this.#bytes = new Uint8Array(options.capacity ?? 4096);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get length(): number {
    return this.#length;
  }

  uint8(value: number): void {
    const at = this.#advance(1);
    this.#view.setUint8(at, value);
  }

  uint16(value: number): void {
    const at = this.#advance(2);
    this.#view.setUint16(at, value, this.littleEndian);
  }

  uint32(value: number): void {
    const at = this.#advance(4);
    this.#view.setUint32(at, value, this.littleEndian);
  }

  uint64(value: bigint): void {
    const at = this.#advance(8);
    this.#view.setBigUint64(at, BigInt.asUintN(64, value), this.littleEndian);
  }

  float32(value: number): void {
    const at = this.#advance(4);
    this.#view.setFloat32(at, value, this.littleEndian);
  }

  float64(value: number): void {
    const at = this.#advance(8);
    this.#view.setFloat64(at, value, this.littleEndian);
  }

  bytes(value: Uint8Array): void {
    const at = this.#advance(value.length);
    this.#bytes.set(value, at);
  }

  /** 16-bit words in the writer's byte order. */
  words(value: Uint16Array): void {
    const start = this.#advance(value.length * 2);
    for (let index = 0; index < value.length; index++) {
      this.#view.setUint16(start + index * 2, value[index] as number, this.littleEndian);
    }
  }

  /** Group and element (PS3.5 §7.1): two words, each in the writer's byte order. */
  tag(tag: number): void {
    this.uint16(Math.floor(tag / 0x1_0000));
    this.uint16(tag % 0x1_0000);
  }

  /** Puts `value` over the four bytes at `offset`. */
  setUint32(offset: number, value: number): void {
    this.#view.setUint32(offset, value, this.littleEndian);
  }

  /** What was written: a view, valid until the next write. */
  written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Makes room for `count` bytes, which may replace buffer and view, and returns where they begin. */
  #advance(count: number): number {
    const start = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, start));
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    return start;
  }
}
