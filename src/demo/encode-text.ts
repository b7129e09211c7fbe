/** How the text of a data set becomes bytes. */
export type TextEncoding = "ascii" | "latin1" | "utf-8";

const utf8 = new TextEncoder();

/**
 * The encoding that Specific Character Set (0008,0005) asks for (PS3.3 §C.12.1.1.2). Text in any other set
 * is given to the encoder as bytes, so that ASCII is what is left for strings there.
 */
export function textEncodingFor(specificCharacterSet: string | undefined): TextEncoding {
  if (specificCharacterSet === "ISO_IR 192") return "utf-8";
  return specificCharacterSet === "ISO_IR 100" ? "latin1" : "ascii";
}

/** Throws where a character is not in the set: the caller states another set or gives bytes. */
export function encodeText(text: string, encoding: TextEncoding): Uint8Array {
  if (encoding === "utf-8") return utf8.encode(text);
  const last = encoding === "latin1" ? 0xff : 0x7f;
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > last) throw new Error(`character ${index} of a text is not in ${encoding}`);
    bytes[index] = code;
  }
  return bytes;
}
