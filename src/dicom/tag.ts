/** Text of a tag as the standard writes it, without parentheses: `0018,0081` (PS3.5 §7.1.1). */
export function formatTag(tag: number): string {
  const hex = (tag >>> 0).toString(16).toUpperCase().padStart(8, "0");
  return `${hex.slice(0, 4)},${hex.slice(4)}`;
}

/** Reads `0018,0081`, `(0018,0081)` or `00180081` in either case; null for anything else. */
export function parseTag(text: string): number | null {
  const parts = /^\(?([0-9a-f]{4}),?([0-9a-f]{4})\)?$/i.exec(text.trim());
  return parts === null ? null : Number.parseInt(`${parts[1]}${parts[2]}`, 16);
}
