/** What the reader needs from its surroundings, so that it runs in Node and in a browser alike. */
export interface Platform {
  /** Text of bytes start…end, each byte one character U+0000–U+00FF. The caller keeps the range inside `bytes`. */
  latin1(bytes: Uint8Array, start: number, end: number): string;
}

/** The platform without help: right everywhere, slower than Node's own (12.6 µs against 8.4 µs for 82 values). */
export const plainPlatform: Platform = {
  latin1(bytes, start, end) {
    let text = "";
    for (let index = start; index < end; index++)
      text += String.fromCharCode(bytes[index] as number);
    return text;
  },
};
