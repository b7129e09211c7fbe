/**
 * Reads the header of a file, from recognition to where the pixels begin. Bad bytes are told in the Header; only
 * the source's own I/O errors pass through.
 */
import type { ByteSource } from "./byte-source.ts";
import { ElementWalker } from "./element-walker.ts";
import { createRecords, type Header } from "./header.ts";
import { HeaderRecorder } from "./header-recorder.ts";
import { HeaderWindow } from "./header-window.ts";
import { InflatedSource } from "./inflated-source.ts";
import { type Encoding, readUint16, readVr } from "./probe.ts";
import { defaultReaderLimits, type ReaderLimits } from "./reader-limits.ts";
import { RECOGNITION_BYTES, recognizeFile } from "./recognition.ts";
import { detectDataSetEncoding, elementEncoding, findDeclaredEncoding } from "./transfer-syntax.ts";
import { isVr } from "./vr.ts";
import type { WantedTree } from "./wanted.ts";

export interface HeaderReaderOptions {
  /** Bytes of the first read; most headers fit in it, those of Siemens up to the first CSA header. Default 16,384. */
  readonly firstRead?: number;
  readonly limits?: Partial<ReaderLimits>;
  /** Called at each read and every 1,000 elements. */
  readonly onProgress?: () => void;
}

const FIRST_READ = 16_384;
/** The head holds at least what the marks of a Part 10 file need. */
const SMALLEST_FIRST_READ = 64;

/** Reads headers one after another. The Header is owned by the reader and valid until its next read. */
export class HeaderReader {
  private readonly limits: ReaderLimits;
  private readonly firstRead: number;
  private readonly wantsEverything: boolean;
  private readonly header: Header = createHeader((record) => this.recorder.fetch(record));
  private readonly window: HeaderWindow;
  private readonly recorder: HeaderRecorder;
  private readonly walker: ElementWalker;

  constructor(wanted: WantedTree | "everything", options: HeaderReaderOptions = {}) {
    const onProgress = options.onProgress ?? (() => {});
    const limits = { ...defaultReaderLimits, ...options.limits };
    this.limits = limits;
    this.firstRead = Math.max(SMALLEST_FIRST_READ, options.firstRead ?? FIRST_READ);
    this.wantsEverything = wanted === "everything";
    this.window = new HeaderWindow(this.firstRead, limits, onProgress);
    this.recorder = new HeaderRecorder(this.header, this.window, limits, this.wantsEverything);
    this.walker = new ElementWalker(
      wanted,
      this.window,
      this.header,
      this.recorder,
      limits,
      onProgress,
    );
  }

  /** `fileName` matters only to tell files that operating systems leave in folders. */
  read(source: ByteSource, fileName: string): Header {
    const { header, window } = this;
    clearHeader(header);
    this.recorder.clear();
    window.open(source);
    const recognition = recognizeFile(this.readBeginning(source), source.size, fileName);
    if (recognition.kind === "not-dicom") {
      header.kind = "not-dicom";
      header.code = recognition.code;
      header.detail = recognition.detail;
    } else {
      if (recognition.warning !== null) header.warnings.add(recognition.warning);
      const isBare = recognition.kind === "bare";
      const position = isBare ? 0 : this.readMeta(recognition.position);
      if (header.stopped === null && (this.wantsEverything || header.kind === "dicom")) {
        this.readDataSet(source, position);
      }
    }
    header.bytes = window.bytes;
    return header;
  }

  /** The first bytes of the file for recognition, read apart where the head is smaller than that. */
  private readBeginning(source: ByteSource): Uint8Array {
    const { window } = this;
    const bytes = Math.min(RECOGNITION_BYTES, source.size);
    if (window.end >= bytes) return window.bytes.subarray(0, bytes);
    const beginning = new Uint8Array(bytes);
    return beginning.subarray(0, source.read(beginning, 0, bytes, 0));
  }

  /** Walks the meta group and returns where the data set begins (PS3.10 §7.1). */
  private readMeta(position: number): number {
    const { header, walker } = this;
    const encoding = this.detectMetaEncoding(position);
    if (encoding === null) {
      header.warnings.add("no-file-meta");
      return position;
    }
    if (encoding.bigEndian) header.warnings.add("meta-big-endian");
    else if (!encoding.explicit) header.warnings.add("meta-implicit");
    const end = walker.walkMeta(position, encoding);
    if (walker.announcedMetaEnd !== end && header.kind === "dicom") {
      header.warnings.add("meta-length-wrong");
    }
    return end;
  }

  /** Null when there is no meta group at `position`. It should be explicit little endian. */
  private detectMetaEncoding(position: number): Encoding | null {
    const { window } = this;
    if (!window.cover(position, 8)) return null;
    const at = position - window.base;
    const bigEndian = readUint16(window.view, at, true) === 0x0002;
    if (!bigEndian && readUint16(window.view, at, false) !== 0x0002) return null;
    return { explicit: bigEndian || isVr(readVr(window.view, at)), bigEndian };
  }

  private readDataSet(source: ByteSource, position: number): void {
    const { header } = this;
    header.dataSetPosition = position;
    const uid = header.transferSyntaxUid;
    const declared = uid === null ? null : findDeclaredEncoding(uid);
    if (uid !== null && declared === null) header.warnings.add("transfer-syntax-unknown");
    const bytes = this.coverBeginning(position);
    const encoding = detectDataSetEncoding(bytes, 0, source.size - position, declared);
    header.encoding = encoding;
    if (encoding === null) return;
    if (declared !== null && encoding !== declared) {
      header.warnings.add("transfer-syntax-mismatch");
    }
    if (encoding === "DEFL") this.readDeflated(source, position);
    else this.walker.walkDataSet(position, elementEncoding(encoding));
  }

  /** The bytes at `position` that the encoding is judged by: as many whatever the window. */
  private coverBeginning(position: number): Uint8Array {
    const { window } = this;
    window.cover(position, RECOGNITION_BYTES);
    const start = Math.max(0, position - window.base);
    const end = Math.min(start + RECOGNITION_BYTES, window.end - window.base);
    return window.view.subarray(start, Math.max(start, end));
  }

  private readDeflated(source: ByteSource, position: number): void {
    const { window } = this;
    window.continueIn(new InflatedSource(source, position, this.limits));
    const bytes = this.coverBeginning(0);
    const inside = detectDataSetEncoding(bytes, 0, bytes.length, "ELE") ?? "ELE";
    this.walker.walkDataSet(0, elementEncoding(inside));
  }
}

function createHeader(fetch: Header["fetch"]): Header {
  return {
    kind: "dicom",
    code: null,
    detail: null,
    transferSyntaxUid: null,
    encoding: null,
    warnings: new Set(),
    problems: [],
    records: createRecords(0),
    bytes: new Uint8Array(0),
    charsets: [null],
    hasFunctionalGroups: false,
    perFrameItems: 0,
    pixelData: null,
    hasWaveform: false,
    hasSpectroscopy: false,
    stopped: null,
    lastTag: 0,
    dataSetPosition: 0,
    elements: 0,
    fetch,
  };
}

function clearHeader(header: Header): void {
  header.kind = "dicom";
  header.code = null;
  header.detail = null;
  header.transferSyntaxUid = null;
  header.encoding = null;
  header.warnings.clear();
  header.problems.length = 0;
  header.charsets.length = 1;
  header.charsets[0] = null;
  header.hasFunctionalGroups = false;
  header.perFrameItems = 0;
  header.pixelData = null;
  header.hasWaveform = false;
  header.hasSpectroscopy = false;
  header.stopped = null;
  header.lastTag = 0;
  header.dataSetPosition = 0;
  header.elements = 0;
}
