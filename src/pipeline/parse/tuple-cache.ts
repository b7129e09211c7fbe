/**
 * Decoded tuples by the bytes they were decoded from. Files of a series repeat nearly all of their header,
 * so that most of them cost one comparison of bytes instead of eighty decoded values.
 */
export class TupleCache<Tuple> {
  readonly #capacity: number;
  readonly #tuples = new Map<string, Tuple>();
  #lastBytes: Buffer = Buffer.alloc(0);
  #last: Tuple | null = null;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The tuple of `bytes`, made by `decode` when it is new. */
  get(bytes: Buffer, decode: () => Tuple): Tuple {
    if (this.#last !== null && this.#lastBytes.equals(bytes)) return this.#last;
    const key = bytes.toString("latin1");
    let tuple = this.#tuples.get(key);
    this.#lastBytes = Buffer.from(bytes);
    if (tuple === undefined) {
      tuple = decode();
      if (this.#tuples.size >= this.#capacity) this.#tuples.clear();
      this.#tuples.set(key, tuple);
    }
    this.#last = tuple;
    return tuple;
  }
}
