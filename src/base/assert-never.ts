/** Closes a switch over a union: the type checker refuses a case that was forgotten. */
export function assertNever(value: never): never {
  throw new Error(`unexpected ${String(value)}`);
}
