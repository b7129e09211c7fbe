/**
 * The one order of text in this program: by UTF-8 bytes, as SQLite's BINARY and PostgreSQL's
 * COLLATE "C" sort. JavaScript's `<` sorts by UTF-16 units, which differs for characters above U+FFFF.
 */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const x = a.charCodeAt(index);
    const y = b.charCodeAt(index);
    if (x !== y) return codeUnitRank(x) - codeUnitRank(y);
  }
  return a.length - b.length;
}

/** Moves surrogates above U+E000–U+FFFF, which is where their characters' UTF-8 bytes sort. */
function codeUnitRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}
