/**
 * What a report of a bug shows of an error. A message of the operating system names the file it is about,
 * and names of files in an archive are often names of patients: of such a message the code and the call stay.
 */
export function writeErrorStack(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? error.message;
  const { code, syscall, path, dest } = error as SystemError;
  if (path === undefined && dest === undefined) return stack;
  const names = [path, dest].flatMap((name) => (name === undefined ? [] : [String(name)]));
  const told = [code, syscall].filter((word) => word !== undefined).join(", ");
  let shown = error.message === "" ? stack : stack.replaceAll(error.message, () => told);
  // A message that was changed after the stack was taken is not found in it.
  for (const name of names) if (name !== "") shown = shown.replaceAll(name, () => "…");
  return shown;
}

/** As Node makes it; a path may be bytes. */
interface SystemError extends Error {
  readonly code?: string;
  readonly syscall?: string;
  readonly path?: unknown;
  readonly dest?: unknown;
}
