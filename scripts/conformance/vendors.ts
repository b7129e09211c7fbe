/** Makers by which results are told apart. */

const makers: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["Siemens", /SIEMENS/i],
  ["GE", /^GE\b|GENERAL ELECTRIC/i],
  ["Philips", /PHILIPS|ADAC/i],
  ["Canon/Toshiba", /CANON|TOSHIBA/i],
  ["United Imaging", /UIH|UNITED IMAGING/i],
  ["Hitachi", /HITACHI/i],
  ["Bruker", /BRUKER/i],
  ["Hyperfine", /HYPERFINE/i],
];

export const otherVendor = "other";

export const vendors: readonly string[] = [...makers.map(([name]) => name), otherVendor];

/** The maker that (0008,0070) names; `other` for one that is not listed, or for none. */
export function vendorOf(manufacturer: string | null): string {
  const name = manufacturer ?? "";
  return makers.find(([, pattern]) => pattern.test(name))?.[0] ?? otherVendor;
}
