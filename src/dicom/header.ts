/**
 * What the header reader found in one file: offsets in flat arrays, so that reading a header makes no object
 * and no string per element. Turning values into text and numbers is left to the decoders of this folder.
 */
import type { DicomProblem } from "./problem.ts";

/** Bit of `HeaderRecords.flags`: numbers of the value are big-endian. */
export const BIG_ENDIAN_VALUE = 1;
/** Bit of `HeaderRecords.flags`: the VR comes from the wanted path or the dictionary, not from the file. */
export const ASSUMED_VR = 2;

/** Bit of `HeaderRecords.flags`: the value was passed over, and is nowhere but in its file. */
export const DEFERRED_VALUE = 4;

/** Tag of an item's start, recorded when every element is (PS3.5 §7.5). */
export const ITEM_TAG = 0xfffe_e000;

/** Length field of an element that ends at a delimiter (PS3.5 §7.5). */
export const UNDEFINED_LENGTH = 0xffff_ffff;

/** Parallel arrays; entries 0 to `count` − 1 are valid. The arrays are replaced when they grow. */
export interface HeaderRecords {
  count: number;
  /** Id of the wanted path; −1 when every element is recorded. */
  path: Int32Array;
  /** 1-based item number inside (5200,9230); 0 elsewhere. */
  frame: Int32Array;
  /** 0-based number of the innermost item the record is in, of a sequence other than (5200,9229/9230). */
  item: Int32Array;
  tag: Uint32Array;
  /** Two letters, first × 256 + second. Of an item start: 0. */
  vr: Uint16Array;
  /** 0 = top level; an item start has the depth of its elements. */
  depth: Uint8Array;
  /** `BIG_ENDIAN_VALUE`, `ASSUMED_VR`, `DEFERRED_VALUE`. */
  flags: Uint8Array;
  /** Index into `Header.charsets`. */
  charset: Uint8Array;
  /** Offset of the value in `Header.bytes`. */
  start: Uint32Array;
  /** Bytes available at `start`; −1: too long and not kept. Of a sequence (VR SQ): its number of items. */
  length: Int32Array;
  /** Offset of the value in the file, or in the inflated bytes of a deflated data set. */
  position: Float64Array;
  /** Length field of the file; 0xffffffff = undefined. */
  declared: Float64Array;
}

/** Where the pixel element lies that the reader stopped at. */
export interface PixelData {
  readonly tag: number;
  /** Offset of the value in the file, or in the inflated bytes. */
  readonly position: number;
  /** Length field; 0xffffffff for encapsulated pixels. */
  readonly declared: number;
  /**
   * Bytes of the file that the value can have: not more than `declared`, and for encapsulated pixels all to the
   * end of the file. Of a deflated data set `declared`: the pixels are not inflated to count them.
   */
  readonly available: number;
}

export type HeaderKind = "dicom" | "dicomdir" | "not-dicom";

/** How the data set is written: implicit or explicit little endian, explicit big endian, deflated explicit. */
export type DataSetEncoding = "ILE" | "ELE" | "EBE" | "DEFL";

export interface Header {
  kind: HeaderKind;
  /**
   * State code of a file that is not DICOM: `empty-file`, `foreign-format`, `archive-file`, `appledouble`,
   * `system-file`, `no-dicom-signature`.
   */
  code: string | null;
  /** Detected foreign format such as `jpeg`. */
  detail: string | null;
  /** Declared in (0002,0010), trimmed. */
  transferSyntaxUid: string | null;
  /** As detected from the bytes; null when there is no data set. */
  encoding: DataSetEncoding | null;
  /** Codes for the file's row. */
  readonly warnings: Set<string>;
  /** The first 100 problems, in the order met. */
  readonly problems: DicomProblem[];
  readonly records: HeaderRecords;
  /** What `records.start` points into. */
  bytes: Uint8Array;
  /** Values of (0008,0005), each byte one character, as written; index 0 is the top level's. */
  readonly charsets: (string | null)[];
  /** (5200,9229) or (5200,9230) is present and not empty. */
  hasFunctionalGroups: boolean;
  /** Items in (5200,9230). */
  perFrameItems: number;
  pixelData: PixelData | null;
  /** (5400,0100) is at the top level. */
  hasWaveform: boolean;
  /** (5600,0020) is at the top level. */
  hasSpectroscopy: boolean;
  /**
   * Why the walk ended before the pixel data or the end of the data set: `truncated`, `length-beyond-file`,
   * `nesting-limit`, `element-limit`, `header-limit`, `inflate-limit`. Null when it did not.
   */
  stopped: string | null;
  /** Last top-level tag of the data set that was passed or entered; 0 when none was. */
  lastTag: number;
  /** File offset of the data set, after the meta group. */
  dataSetPosition: number;
  /** Elements and items passed. */
  elements: number;
  /**
   * The bytes of a record's value; null where it is too long or its source ends before it does. Of one that has
   * `DEFERRED_VALUE` they are read now, while the source is open, and lent: the next call overwrites them, so
   * that ten thousand frames take the room of one.
   */
  readonly fetch: (record: number) => Uint8Array | null;
}

/** Makes empty arrays with room for `capacity` records. */
export function createRecords(capacity: number): HeaderRecords {
  return {
    count: 0,
    path: new Int32Array(capacity),
    frame: new Int32Array(capacity),
    item: new Int32Array(capacity),
    tag: new Uint32Array(capacity),
    vr: new Uint16Array(capacity),
    depth: new Uint8Array(capacity),
    flags: new Uint8Array(capacity),
    charset: new Uint8Array(capacity),
    start: new Uint32Array(capacity),
    length: new Int32Array(capacity),
    position: new Float64Array(capacity),
    declared: new Float64Array(capacity),
  };
}

/** Replaces the arrays by ones with room for `capacity` records that begin with the same entries. */
export function resizeRecords(records: HeaderRecords, capacity: number): void {
  const { count, ...next } = createRecords(capacity);
  const kept = Math.min(records.count, capacity);
  next.path.set(records.path.subarray(0, kept));
  next.frame.set(records.frame.subarray(0, kept));
  next.item.set(records.item.subarray(0, kept));
  next.tag.set(records.tag.subarray(0, kept));
  next.vr.set(records.vr.subarray(0, kept));
  next.depth.set(records.depth.subarray(0, kept));
  next.flags.set(records.flags.subarray(0, kept));
  next.charset.set(records.charset.subarray(0, kept));
  next.start.set(records.start.subarray(0, kept));
  next.length.set(records.length.subarray(0, kept));
  next.position.set(records.position.subarray(0, kept));
  next.declared.set(records.declared.subarray(0, kept));
  Object.assign(records, next, { count: kept + count });
}
