/** Files that are there after a power cut, and sentences for what a file system refuses. */
import { closeSync, fsyncSync, openSync } from "node:fs";
import { systemErrorName } from "#base/system-error-name.ts";
import { UserError } from "#base/user-error.ts";

export function syncFile(path: string): void {
  const handle = openSync(path, "r+");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Makes names in a folder durable; where folders cannot be opened (Windows), the system sees to it. */
export function syncFolder(path: string): void {
  let handle: number;
  try {
    handle = openSync(path, "r");
  } catch {
    return;
  }
  try {
    fsyncSync(handle);
  } catch {
    // Some file systems refuse it for folders, and have nothing better to offer.
  } finally {
    closeSync(handle);
  }
}

/** A file system's refusal as a sentence about `path`; anything else as it is. */
export function translateFileError(error: unknown, path: string): unknown {
  const why = explainFileError(error);
  if (why === null || error instanceof UserError) return error;
  return new UserError("file-not-written", `${path} cannot be written: ${why}`, { cause: error });
}

/** Why a file cannot be written, as the end of a sentence; null where the system's name of it says no more. */
export function explainFileError(error: unknown): string | null {
  return sentences[systemErrorName(error) ?? ""] ?? null;
}

const sentences: Readonly<Record<string, string>> = {
  ENOENT: "its folder is not there.",
  ENOTDIR: "its folder is not there.",
  EACCES: "you may not write there.",
  EPERM: "you may not write there.",
  EROFS: "its disk is read-only.",
  ENOSPC: "its disk is full; make room and try again.",
  EDQUOT: "your share of the disk is used up; make room and try again.",
  EEXIST: "it exists already; name a file that does not.",
  EISDIR: "it is a folder; name a file.",
};
