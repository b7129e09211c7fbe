const defaultRoom = 4 * 1024 * 1024;

/**
 * Decoded tuples by the bytes they were decoded from. Files of a series repeat nearly all of their header,
 * so that most of them cost one comparison of bytes instead of eighty decoded values.
 */
export class TupleCache<Tuple> {
  readonly #capacity: number;
  readonly #room: number;
  readonly #tuples = new Map<string, Tuple>();
  #lastBytes: Buffer = Buffer.alloc(0);
  #last: Tuple | null = null;

  #used = 0;

  /** `capacity`: tuples that are kept; `room`: bytes that they were decoded from, all together. */
  constructor(capacity: number, room = defaultRoom) {
    this.#capacity = capacity;
    this.#room = room;
  }

  /** The tuple of `bytes`, made by `decode` when it is new. */
  get(bytes: Buffer, decode: () => Tuple): Tuple {
    if (this.#last !== null && this.#lastBytes.equals(bytes)) return this.#last;
    const key = bytes.toString("latin1");
    let tuple = this.#tuples.get(key);
    if (tuple === undefined) {
      const last = Buffer.from(bytes); // decoding may read on and write over them
      tuple = decode(); // or throw, where a CSA header lies on a bad sector: then nothing is known
      this.#lastBytes = last;
      this.#used += key.length;
      if (this.#tuples.size >= this.#capacity || this.#used > this.#room) {
        this.#tuples.clear();
        this.#used = key.length;
      }
      this.#tuples.set(key, tuple);
    } else this.#lastBytes = Buffer.from(bytes);
    this.#last = tuple;
    return tuple;
  }
}
