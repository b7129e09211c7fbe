/** Text of bytes in some character set, and how sure it is. */
export interface Decoded {
  readonly text: string;
  /** Bytes had no meaning in the set; each is U+FFFD in `text`. */
  readonly hasInvalid: boolean;
}

/** What stands for a byte without meaning. */
export const REPLACEMENT = "\ufffd";
