import { mkdirSync, readdirSync } from "node:fs";
import { UserError } from "#base/user-error.ts";

/** Makes the directory if it is not there, and throws a UserError where it holds anything. */
export function requireEmptyDirectory(directory: string): void {
  mkdirSync(directory, { recursive: true });
  if (readdirSync(directory).length === 0) return;
  throw new UserError(
    "demo-directory-not-empty",
    `${directory} is not empty; name a directory that is empty or not there yet.`,
    { exitStatus: 2 },
  );
}
