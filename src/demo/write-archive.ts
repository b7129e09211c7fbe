import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { platform } from "node:os";
import { decodePath, isEscapedPath } from "#base/path-text.ts";
import { type DemoOptions, planDemoArchive } from "./archive.ts";
import type { DemoFile } from "./demo-file.ts";
import { requireEmptyDirectory } from "./require-empty-directory.ts";

/** Modification time of all files: a fixed past, so that two archives of one seed are equal in this too. */
const MODIFIED = new Date("2020-03-01T12:00:00Z");

export interface WrittenArchive {
  readonly files: number;
  readonly bytes: number;
}

/** Writes the demo archive into `directory`, which is made if it is not there and must be empty. */
export async function writeDemoArchive(
  directory: string,
  options: DemoOptions,
): Promise<WrittenArchive> {
  requireEmptyDirectory(directory);
  return writeDemoFiles(directory, planDemoArchive(options));
}

/** Writes entries below `directory`. What this system cannot hold is left out and not counted. */
export async function writeDemoFiles(
  directory: string,
  files: readonly DemoFile[],
): Promise<WrittenArchive> {
  const made = new Set<string>();
  const sum = { files: 0, bytes: 0 };
  for (const file of files) {
    if (!isWritable(file)) continue;
    const path = joinBytes(directory, decodePath(file.path));
    makeParent(path, made);
    if (file.kind === "file") {
      const bytes = file.makeBytes();
      writeFileSync(path, bytes);
      utimesSync(path, MODIFIED, MODIFIED);
      sum.bytes += bytes.length;
    } else symlinkSync(file.target, path);
    sum.files += 1;
    // A caller's timers and signals get their turn now and then.
    if (sum.files % 64 === 0) await new Promise(setImmediate);
  }
  return sum;
}

/** Windows and macOS refuse names that are no Unicode, and Windows asks for rights to make links. */
function isWritable(file: DemoFile): boolean {
  if (isEscapedPath(file.path)) return platform() !== "win32" && platform() !== "darwin";
  return file.kind !== "link" || platform() !== "win32";
}

function joinBytes(directory: string, path: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${directory}/`), path]);
}

function makeParent(path: Buffer, made: Set<string>): void {
  const parent = path.subarray(0, path.lastIndexOf("/"));
  const key = parent.toString("latin1");
  if (made.has(key)) return;
  mkdirSync(parent, { recursive: true });
  made.add(key);
}
