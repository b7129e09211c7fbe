/** Files opened for reading headers: read-only, never waiting on a pipe, access times kept where the owner allows. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import type { ByteSource } from "#dicom/byte-source.ts";
import { microseconds } from "#pipeline/discover/walk.ts";

/** What tells one content of a path from another. */
export interface FileFacts {
  readonly size: number;
  /** µs since 1970. */
  readonly mtime: number;
  /** µs since 1970. */
  readonly ctime: number;
}

export interface OpenFile extends ByteSource {
  /** The file's facts now; a number that differs from before says that it changed. */
  facts(): FileFacts & { readonly inode: number };
  close(): void;
}

/** O_NONBLOCK: a pipe that took the file's place must not stop the reader. O_NOFOLLOW: nor may a link. */
const readOnly = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

/** Linux lets the owner alone leave the access time as it is; for others the call fails with EPERM. */
const keepAccessTime = constants.O_NOATIME ?? 0;

let mayKeepAccessTime = keepAccessTime !== 0;

/** Opens a file whose size is believed to be `size`. Throws the system's error. */
export function openFile(path: string | Buffer, size: number, onRead: () => void): OpenFile {
  const descriptor = openDescriptor(path);
  return {
    size,
    read(target, targetOffset, length, position) {
      onRead();
      return readSync(descriptor, target, targetOffset, length, position);
    },
    facts() {
      const stat = fstatSync(descriptor);
      return {
        size: stat.size,
        mtime: microseconds(stat.mtimeMs),
        ctime: microseconds(stat.ctimeMs),
        inode: stat.ino,
      };
    },
    close() {
      closeSync(descriptor);
    },
  };
}

function openDescriptor(path: string | Buffer): number {
  if (mayKeepAccessTime) {
    try {
      return openSync(path, readOnly | keepAccessTime);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EPERM") throw error;
      mayKeepAccessTime = false; // somebody else's archive: asking again for each file would cost twice
    }
  }
  return openSync(path, readOnly);
}
