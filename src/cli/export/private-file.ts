/** A file for its owner alone that appears under its name only when it is whole. */
import { closeSync, fsyncSync, openSync, renameSync, unlinkSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { systemErrorName } from "#base/system-error-name.ts";
import { UserError } from "#base/user-error.ts";
import { explainFileError } from "#store/sqlite/durable-files.ts";
import type { ByteSink } from "./row-writer.ts";

export interface PrivateFile extends ByteSink {
  /** Gives the file its name; a file that has it is replaced. */
  keep(): void;
  /** Removes what was written, unless it was kept. */
  discard(): void;
}

/** Creates the file under a name of its own beside `path`. */
export function createPrivateFile(path: string): PrivateFile {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  const failed = (cause: unknown): UserError => {
    const why =
      explainFileError(cause) ??
      `${systemErrorName(cause) ?? "unknown error"}; check the disk, or name another place with --out.`;
    return new UserError("export-failed", `${path} cannot be written: ${why}`, { cause });
  };
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw failed(error);
    }
  };
  const descriptor = attempt(() => openSync(temporary, "wx", 0o600));
  let state: "open" | "kept" | "discarded" = "open";
  return {
    write(chunk) {
      const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
      attempt(() => {
        for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
      });
    },
    async drain() {},
    keep() {
      attempt(() => {
        fsyncSync(descriptor);
        closeSync(descriptor);
        renameSync(temporary, path);
      });
      state = "kept";
    },
    discard() {
      if (state !== "open") return;
      state = "discarded";
      try {
        closeSync(descriptor);
      } catch {
        // It was closed before the new name was refused.
      }
      try {
        unlinkSync(temporary);
      } catch {
        // What kept it from being written is told; this would take its place.
      }
    },
  };
}
