/**
 * Paths are bytes; databases and people want text. A path that is valid UTF-8 is its own text. Any other
 * is `//` (which no relative path begins with) and then the path with `%XX` for each byte that is no
 * part of valid UTF-8, and for `%` itself. The encoding is injective and `decodePath` takes it back.
 */
const ESCAPED = "//";
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Stored text of a path or name. */
export function encodePath(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return ESCAPED + escapeBytes(bytes);
  }
}

/** The bytes that `encodePath` took. */
export function decodePath(text: string): Uint8Array {
  if (!isEscapedPath(text)) return encoder.encode(text);
  const escaped = encoder.encode(text.slice(ESCAPED.length));
  const bytes: number[] = [];
  for (let index = 0; index < escaped.length; index++) {
    const byte = escaped[index] as number;
    if (byte !== 0x25) bytes.push(byte);
    else {
      bytes.push(
        Number.parseInt(String.fromCharCode(...escaped.subarray(index + 1, index + 3)), 16),
      );
      index += 2;
    }
  }
  return Uint8Array.from(bytes);
}

/** Was the path not valid UTF-8? */
export function isEscapedPath(text: string): boolean {
  return text.startsWith(ESCAPED);
}

/** Stored text of `name` inside `folder`; "" is the folder that paths are relative to. */
export function joinPath(folder: string, name: string): string {
  if (folder === "") return name;
  if (!isEscapedPath(folder) && !isEscapedPath(name)) return `${folder}/${name}`;
  return `${ESCAPED}${inner(folder)}/${inner(name)}`;
}

/** Stored text of the folder that holds `path`; null for "", the top. */
export function parentPath(path: string): string | null {
  if (path === "") return null;
  const cut = path.lastIndexOf("/");
  if (!isEscapedPath(path)) return cut < 0 ? "" : path.slice(0, cut);
  if (cut < ESCAPED.length) return "";
  return encodePath(decodePath(path.slice(0, cut)));
}

/** Stored texts of the folder and of the name, each as it is by itself. */
export function splitPath(path: string): { folder: string; name: string } {
  const bytes = decodePath(path);
  const cut = bytes.lastIndexOf(0x2f);
  return {
    folder: cut < 0 ? "" : encodePath(bytes.subarray(0, cut)),
    name: encodePath(bytes.subarray(cut + 1)),
  };
}

/** The escaped form without its mark, whichever form the text has. */
function inner(text: string): string {
  return isEscapedPath(text) ? text.slice(ESCAPED.length) : text.replaceAll("%", "%25");
}

function escapeBytes(bytes: Uint8Array): string {
  let text = "";
  let index = 0;
  while (index < bytes.length) {
    const length = sequenceLength(bytes, index);
    if (length === 0 || bytes[index] === 0x25) {
      text += `%${(bytes[index] as number).toString(16).toUpperCase().padStart(2, "0")}`;
      index += 1;
    } else {
      text += strict.decode(bytes.subarray(index, index + length));
      index += length;
    }
  }
  return text;
}

/** Bytes of the valid UTF-8 sequence at `index`, 0 where there is none (Unicode 15 table 3-7). */
function sequenceLength(bytes: Uint8Array, index: number): number {
  const first = bytes[index] as number;
  const length =
    first < 0x80
      ? 1
      : first < 0xc2
        ? 0
        : first < 0xe0
          ? 2
          : first < 0xf0
            ? 3
            : first < 0xf5
              ? 4
              : 0;
  if (length === 0 || index + length > bytes.length) return 0;
  try {
    strict.decode(bytes.subarray(index, index + length));
    return length;
  } catch {
    return 0;
  }
}
