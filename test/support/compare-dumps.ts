/** Lines that only one of two dumps has, shortened: two dumps of hundreds of lines tell nothing when printed. */
export function compareDumps(dump: readonly string[], expected: readonly string[]): string[] {
  const has = new Set(dump);
  const wanted = new Set(expected);
  const differing = [
    ...dump.filter((line) => !wanted.has(line)).map((line) => `+ ${line}`),
    ...expected.filter((line) => !has.has(line)).map((line) => `- ${line}`),
  ].map((line) => line.slice(0, 1000));
  if (differing.length > 0) return differing.slice(0, 20);
  const isSameOrder = dump.length === expected.length && dump.every((l, i) => l === expected[i]);
  return isSameOrder ? [] : ["the same lines in another order"];
}
