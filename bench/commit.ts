import { execFileSync } from "node:child_process";

/** Short name of the commit that is checked out; with `+` where tracked files differ from it. */
export function readCommit(): string {
  const git = (...words: string[]): string =>
    execFileSync("git", words, { cwd: import.meta.dirname, encoding: "utf8" }).trim();
  const changed = git("status", "--porcelain", "--untracked-files=no") !== "";
  return git("rev-parse", "--short", "HEAD") + (changed ? "+" : "");
}
