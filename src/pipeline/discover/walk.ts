/**
 * Walks a source: lists each folder once and looks at each entry (lstat). Memory does not grow with the
 * number of files: entries are handed out in chunks, and only the folders still to be listed are kept.
 * Nothing is opened for reading here but folders.
 */
import {
  type Dir,
  type Dirent,
  lstatSync,
  opendirSync,
  readlinkSync,
  realpathSync,
  type Stats,
} from "node:fs";
import { decodePath, encodePath, isEscapedPath, joinPath, parentPath } from "#base/path-text.ts";
import { systemErrorName } from "#base/system-error-name.ts";
import { type PackedRows, RowPacker } from "#store/packed-rows.ts";
import type { WalkPulse } from "./walk-pulse.ts";

/** What an entry is. Only `file` is ever opened. `stuck`: the system did not answer what it is. */
export type EntryKind =
  | "file"
  | "symlink"
  | "symlink-loop"
  | "symlink-outside-root"
  | "same-file"
  | "special-file"
  | "no-stat"
  | "stuck";

/** Of a folder that is not listed because the system did not answer. */
export const folderTimeout = "folder-timeout";

/** Cells of a found entry. */
export const foundCells = ["name", "kind", "size", "mtime", "ctime", "detail"] as const;

/** Part of a folder's entries, in the order in which the system lists them. */
export interface FoundEntries {
  readonly path: string;
  readonly files: PackedRows;
  /** `listing`: more of this folder follows. */
  readonly state: "listing" | "listed" | "unreadable";
  readonly code: string | null;
  readonly detail: string | null;
  /** Entries of the folder up to here, folders included. */
  readonly entries: number;
  /** Paths of the folders in this part; the last one is walked first. */
  readonly folders: readonly string[];
  readonly isFirst: boolean;
}

/** Where a walk begins, and what it passes over because a thread before it hung there. */
export interface WalkStart {
  /** Folders to be listed, the next one last. */
  readonly folders: readonly string[];
  readonly stuckFolders: ReadonlySet<string>;
  /** Paths of entries that are not looked at. */
  readonly stuckEntries: ReadonlySet<string>;
}

/** Entries after which a chunk is handed out. */
const chunkEntries = 2_000;

/** Time after which a chunk is handed out at the end of a folder, ms: on a slow disk readers begin before 2,000 are found. */
const chunkMs = 100;

/**
 * Entries that Node reads at a time; the C library reads ahead by itself. One, because when a signal interrupts a
 * listing (FUSE), Node goes on with it and forgets the entries that it had read at the same time. It costs 0.4 µs per
 * entry, and no file is lost.
 */
const readAtOnce = 1;

export interface WalkOptions {
  readonly followLinks: boolean;
}

/** A path as the system takes it: text where it is UTF-8, else its bytes. */
export function systemPath(source: string, path: string): string | Buffer {
  if (!isEscapedPath(path) && !isEscapedPath(source))
    return path === "" ? source : `${source}/${path}`;
  const below = path === "" ? [] : [Buffer.from("/"), decodePath(path)];
  return Buffer.concat([decodePath(source), ...below]);
}

interface Walk {
  readonly source: string;
  readonly options: WalkOptions;
  readonly start: WalkStart;
  readonly pulse: WalkPulse;
}

/** Chunks of what lies below the folders of `start`, parents before children; `source` is absolute, without links. */
export function* walk(
  source: string,
  options: WalkOptions,
  start: WalkStart,
  pulse: WalkPulse,
): Generator<FoundEntries[]> {
  const folders = [...start.folders];
  let chunk: FoundEntries[] = [];
  let entries = 0;
  let began = performance.now();
  for (let path = folders.pop(); path !== undefined; path = folders.pop()) {
    for (const part of listFolder({ source, options, start, pulse }, path)) {
      folders.push(...part.folders);
      chunk.push(part);
      entries += part.files.rows + 1;
      // The end of a folder that came in parts does not wait: if a thread hung later on, it would be lost.
      const isDue = entries >= chunkEntries || performance.now() - began >= chunkMs;
      if (isDue || !part.isFirst) {
        yield chunk;
        chunk = [];
        entries = 0;
        began = performance.now();
      }
    }
  }
  if (chunk.length > 0) yield chunk;
}

function* listFolder(walking: Walk, path: string): Generator<FoundEntries> {
  const { source, start, pulse } = walking;
  const gone = new Set<string>();
  let packer = new RowPacker(foundCells.length);
  let folders: string[] = [];
  let entries = 0;
  let isFirst = true;
  const part = (
    state: FoundEntries["state"],
    code: string | null = null,
    detail: string | null = null,
  ): FoundEntries => {
    const made = { path, files: packer.finish(), folders, state, code, detail, entries, isFirst };
    packer = new RowPacker(foundCells.length);
    folders = [];
    isFirst = false;
    return made;
  };
  if (start.stuckFolders.has(path)) {
    yield part("unreadable", folderTimeout);
    return;
  }
  pulse.enterFolder(path);
  let directory: Dir | null = null;
  try {
    directory = openFolder(systemPath(source, path));
    for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
      const isFolder = entry.isDirectory();
      if (isFolder) folders.push(joinPath(path, encodePath(bytesOf(entry))));
      const isThere = isFolder || lookAt(walking, path, entry, packer, folders);
      if (isThere) entries += 1;
      else gone.add(encodePath(bytesOf(entry)));
      if (packer.rows >= chunkEntries) yield part("listing");
    }
    if (gone.size > 0) entries += lookAgain(walking, path, gone, packer, folders);
    yield part("listed");
  } catch (error) {
    yield part("unreadable", "folder-unreadable", errorCode(error));
  } finally {
    if (directory !== null) closeFolder(directory);
  }
}

/**
 * Looks again for entries that were listed and not there: most were removed meanwhile. One that is listed once more
 * and still not there has a name that the file system cannot find (a share with names of another system), and a row.
 * Gives the number of entries that there are.
 */
function lookAgain(
  walking: Walk,
  path: string,
  gone: ReadonlySet<string>,
  packer: RowPacker,
  folders: string[],
): number {
  let entries = 0;
  const directory = openFolder(systemPath(walking.source, path));
  try {
    for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
      const name = encodePath(bytesOf(entry));
      if (!gone.has(name)) continue;
      entries += 1;
      if (!lookAt(walking, path, entry, packer, folders)) {
        packer.addRow([name, "no-stat" satisfies EntryKind, 0, 0, 0, "ENOENT"]);
      }
    }
  } finally {
    closeFolder(directory);
  }
  return entries;
}

function closeFolder(directory: Dir): void {
  try {
    directory.closeSync();
  } catch (error) {
    errorCode(error); // the system's: what was listed is known, and nothing was written that could be lost
  }
}

/** Names come as bytes, because a name that is not UTF-8 could not be found again by its text. */
function openFolder(path: string | Buffer): Dir {
  return opendirSync(path as string, {
    encoding: "buffer" as BufferEncoding,
    bufferSize: readAtOnce,
  });
}

const bytesOf = (entry: Dirent): Uint8Array => entry.name as unknown as Uint8Array;

/** Notes one entry; false when it was gone before it could be looked at. */
function lookAt(
  walking: Walk,
  folder: string,
  entry: Dirent,
  packer: RowPacker,
  folders: string[],
): boolean {
  walking.pulse.lookAt(bytesOf(entry));
  const isThere = noteEntry(walking, folder, encodePath(bytesOf(entry)), packer, folders);
  walking.pulse.readOn();
  return isThere;
}

function noteEntry(
  { source, options, start }: Walk,
  folder: string,
  name: string,
  packer: RowPacker,
  folders: string[],
): boolean {
  const path = joinPath(folder, name);
  // Asked for its size first: most walks have none, and a path is not hashed for nothing.
  if (start.stuckEntries.size > 0 && start.stuckEntries.has(path)) {
    packer.addRow([name, "stuck" satisfies EntryKind, 0, 0, 0, null]);
    return true;
  }
  let stat: Stats;
  try {
    stat = lstatSync(systemPath(source, path));
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT") return false;
    packer.addRow([name, "no-stat" satisfies EntryKind, 0, 0, 0, code]);
    return true;
  }
  if (stat.isDirectory()) {
    folders.push(path); // a file system that does not tell types while listing
    return true;
  }
  let kind: EntryKind = "file";
  let detail: string | null = null;
  if (stat.isSymbolicLink()) {
    ({ kind, detail } = lookAtLink(source, path, options));
  } else if (!stat.isFile()) kind = "special-file";
  packer.addRow([
    name,
    kind,
    stat.size,
    microseconds(stat.mtimeMs),
    microseconds(stat.ctimeMs),
    detail,
  ]);
  return true;
}

/**
 * Times as whole microseconds: finer than any rule needs, and exact in a number. A time beyond what a number
 * holds exactly (the year 2255) is the furthest that it does, since such times mean nothing.
 */
export function microseconds(milliseconds: number): number {
  const whole = Math.floor(milliseconds * 1000);
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, whole));
}

/**
 * A link is never walked or read: what it leads to inside the source is found where it lies. With
 * `followLinks` the row says where it leads.
 */
function lookAtLink(
  source: string,
  path: string,
  options: WalkOptions,
): { kind: EntryKind; detail: string | null } {
  const link = systemPath(source, path);
  let target: string;
  try {
    target = encodePath(readlinkSync(link, { encoding: "buffer" }));
  } catch (error) {
    return { kind: "symlink", detail: errorCode(error) };
  }
  if (!options.followLinks) return { kind: "symlink", detail: target };
  let real: Buffer;
  try {
    real = realpathSync.native(link, { encoding: "buffer" });
  } catch (error) {
    return { kind: errorCode(error) === "ELOOP" ? "symlink-loop" : "symlink", detail: target };
  }
  const inside = pathInside(source, real);
  if (inside === null) return { kind: "symlink-outside-root", detail: target };
  for (let above = parentPath(path); above !== null; above = parentPath(above)) {
    if (above === inside) return { kind: "symlink-loop", detail: target };
  }
  const stat = lstatSync(systemPath(source, inside), { throwIfNoEntry: false });
  return stat?.isFile() === true
    ? { kind: "same-file", detail: inside }
    : { kind: "symlink", detail: target };
}

/** Stored text of a real path relative to the source, compared as bytes; null outside of it. */
function pathInside(source: string, real: Buffer): string | null {
  const top = decodePath(source);
  if (!real.subarray(0, top.length).equals(top)) return null;
  if (real.length === top.length) return "";
  return real[top.length] === 0x2f ? encodePath(real.subarray(top.length + 1)) : null;
}

/** The system's own name of an error (`EACCES`), which holds no path. */
export function errorCode(error: unknown): string {
  const name = systemErrorName(error);
  if (name === undefined) throw error;
  return name;
}
