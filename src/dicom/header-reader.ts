import type { ByteSource } from "./byte-source.ts";
import type { Header } from "./header.ts";
import type { ReaderLimits } from "./reader-limits.ts";
import type { WantedTree } from "./wanted.ts";

export interface HeaderReaderOptions {
  /** Bytes of the first read; most headers fit in it. Default 8192. */
  readonly firstRead?: number;
  readonly limits?: Partial<ReaderLimits>;
  /** Called at each read and every 1,000 elements. */
  readonly onProgress?: () => void;
}

/** Reads headers one after another. The Header is owned by the reader and valid until its next read. */
export class HeaderReader {
  constructor(_wanted: WantedTree | "everything", _options: HeaderReaderOptions = {}) {}

  /** `fileName` matters only to tell files that operating systems leave in folders. */
  read(_source: ByteSource, _fileName: string): Header {
    throw new Error("not written yet");
  }
}
