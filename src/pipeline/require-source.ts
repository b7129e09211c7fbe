import { statSync } from "node:fs";
import { UserError } from "#base/user-error.ts";

/** Throws unless the source is a folder that can be reached. */
export function requireSource(path: string): void {
  let isDirectory = false;
  try {
    isDirectory = statSync(path).isDirectory();
  } catch {
    isDirectory = false;
  }
  if (!isDirectory) {
    throw new UserError(
      "source-missing",
      `The source ${path} is not a folder that can be reached; check that its disk is mounted, or name another with --source.`,
    );
  }
}
