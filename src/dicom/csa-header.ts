/**
 * Siemens' CSA headers, (0029,xx10) and (0029,xx20) of the block `SIEMENS CSA HEADER`: a list of keys with
 * values of text. Two layouts are in use, told apart by the first four bytes. The layout is not published;
 * this follows what files of 2004 to 2024 hold, and nibabel's notes on it.
 */

/** First bytes of the second layout. */
const SIGNATURE = "SV10";
/** Of a key: name, number of values, VR, type, number of items, marker. */
const NAME_LENGTH = 64;
const KEY_LENGTH = NAME_LENGTH + 5 * 4;
/** Of an item, before its data. */
const ITEM_LENGTH = 16;

/** More than any scanner writes. */
const MOST_KEYS = 1024;
const MOST_ITEMS = 4096;

/**
 * Texts of the wanted keys in bytes start…end, several values joined by a backslash, trailing empty ones left
 * out; a key without a value is left out. Null if a length does not fit: then nothing of the header counts.
 */
export function readCsaHeader(
  bytes: Uint8Array,
  start: number,
  end: number,
  wanted: ReadonlySet<string>,
): Map<string, string> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, end - start);
  const size = view.byteLength;
  if (size < 16) return null;
  const isSecond = readText(view, 0, 4) === SIGNATURE;
  const keys = view.getUint32(isSecond ? 8 : 0, true);
  if (keys > MOST_KEYS) return null;
  const found = new Map<string, string>();
  let at = isSecond ? 16 : 8;
  /** Number of items of the first key: what the first layout adds to every length. */
  let excess = 0;
  for (let key = 0; key < keys; key++) {
    if (at + KEY_LENGTH > size) return null;
    const name = readText(view, at, NAME_LENGTH);
    const multiplicity = view.getInt32(at + NAME_LENGTH, true);
    const items = view.getInt32(at + NAME_LENGTH + 12, true);
    if (items < 0 || items > MOST_ITEMS) return null;
    if (key === 0) excess = items;
    at += KEY_LENGTH;
    const values: string[] | null = wanted.has(name) && !found.has(name) ? [] : null;
    const count = multiplicity === 0 ? items : multiplicity;
    for (let item = 0; item < items; item++) {
      if (at + ITEM_LENGTH > size) return null;
      const length = isSecond ? view.getInt32(at + 4, true) : view.getInt32(at, true) - excess;
      at += ITEM_LENGTH;
      if (length < 0 || length > size - at) return null;
      if (values !== null && item < count) values.push(readText(view, at, length).trim());
      at += (length + 3) & ~3;
    }
    if (values === null) continue;
    while (values.at(-1) === "") values.pop();
    if (values.length > 0) found.set(name, values.join("\\"));
  }
  return found;
}

/** Bytes up to the first NUL as Latin-1. */
function readText(view: DataView, at: number, length: number): string {
  let text = "";
  for (let index = at; index < at + length; index++) {
    const byte = view.getUint8(index);
    if (byte === 0) break;
    text += String.fromCharCode(byte);
  }
  return text;
}
