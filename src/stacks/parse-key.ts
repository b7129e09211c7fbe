/** The parts that a stack key prints, by name; the inverse of stack-key.ts. Of a key that was cut, those before the cut. */
export function parseKey(key: string): ReadonlyMap<string, string> {
  return new Map(
    key.split("|").flatMap((part) => {
      const equals = part.indexOf("=");
      return equals < 0 ? [] : [[part.slice(0, equals), part.slice(equals + 1)] as const];
    }),
  );
}
