/**
 * Reads the bytes of a case as a job does and says what is wrong with the outcome. The bytes lie in a file, in
 * memory where the system has a place for that, because the pipeline reads files.
 */
import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { findCode, findState, findWarning } from "#catalogue/codes.ts";
import { memorySource } from "#dicom/byte-source.ts";
import { DEFERRED_VALUE, type Header, ITEM_TAG } from "#dicom/header.ts";
import { HeaderReader } from "#dicom/header-reader.ts";
import { defaultReaderLimits } from "#dicom/reader-limits.ts";
import { vrName } from "#dicom/vr.ts";
import { wantedTree } from "#pipeline/parse/column-plan.ts";
import { readFileDigests } from "#pipeline/parse/file-digests.ts";
import { readFullHeader } from "#pipeline/parse/full-header.ts";
import { inspectFile } from "#pipeline/parse/inspect-file.ts";
import { nodePlatform } from "#pipeline/parse/node-platform.ts";
import { type FileFacts, openFile } from "#pipeline/parse/open-file.ts";
import { FileReader, type ReadFile, type ReadInstance } from "#pipeline/parse/read-file.ts";
import {
  decodeElement,
  type KeptElement,
  parseStoredHeader,
} from "#pipeline/parse/stored-header.ts";
import type { Cell } from "#store/packed-rows.ts";

export interface CheckedCase {
  /** What is wrong; empty for a case that holds. */
  readonly faults: readonly string[];
  /** Milliseconds of reading it once as a job does. */
  readonly milliseconds: number;
  /** Elements and items passed. */
  readonly elements: number;
  readonly state: string;
  readonly stopped: string | null;
}

/** Why a walk may stop. */
const stops: ReadonlySet<string> = new Set([
  "truncated",
  "length-beyond-file",
  "nesting-limit",
  "element-limit",
  "header-limit",
  "inflate-limit",
]);

/** Every step of a walk moves on by as many bytes (`dicom.md` 2.4). */
const STEP_BYTES = 8;

/** Cases that are also looked at by what reads whole headers, one in so many. */
const WHOLE = 16;

/** Bytes of the first read of a reader with small windows. */
const NARROW = 64;

const name = "case.dcm";
const ignore = (): void => undefined;

export class CaseChecker {
  readonly #folder = mkdtempSync(
    join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "nils-fuzz-"),
  );
  readonly #path = join(this.#folder, name);
  readonly #descriptor = openSync(this.#path, "w");
  readonly #headers = new HeaderReader(wantedTree);
  /** Readers that differ in their windows alone. */
  readonly #pairs = ([wantedTree, "everything"] as const).map(
    (wanted) =>
      [new HeaderReader(wanted), new HeaderReader(wanted, { firstRead: NARROW })] as const,
  );
  /** As in a job: one for all files, with caches that fill. */
  readonly #files = new FileReader(nodePlatform, ignore);

  close(): void {
    closeSync(this.#descriptor);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  check(bytes: Uint8Array, number: number): CheckedCase {
    const faults: string[] = [];
    const found = {
      milliseconds: 0,
      elements: 0,
      state: "exception",
      stopped: null as string | null,
    };
    try {
      this.#check(bytes, number, faults, found);
    } catch (error) {
      faults.push(`exception: ${describeException(error)}`);
    }
    return { faults, ...found };
  }

  /** Milliseconds of reading bytes once more. */
  time(bytes: Uint8Array): number {
    const facts = this.#write(bytes);
    const began = performance.now();
    this.#files.read(this.#path, name, facts);
    return performance.now() - began;
  }

  #check(
    bytes: Uint8Array,
    number: number,
    faults: string[],
    found: { milliseconds: number; elements: number; state: string; stopped: string | null },
  ): void {
    const facts = this.#write(bytes);
    const began = performance.now();
    const read = this.#files.read(this.#path, name, facts);
    found.milliseconds = performance.now() - began;
    found.state = read.code ?? read.state;
    faults.push(...judgeOutcome(read));
    const again = this.#files.read(this.#path, name, facts);
    if (!isDeepStrictEqual(read, again)) faults.push("the same reader reads it otherwise again");
    const fresh = new FileReader(nodePlatform, ignore).read(this.#path, name, facts);
    if (!isDeepStrictEqual(read, fresh)) faults.push("a fresh reader reads it otherwise");

    const header = this.#headers.read(memorySource(bytes), name);
    found.elements = header.elements;
    found.stopped = header.stopped;
    if (header.stopped !== null && !stops.has(header.stopped)) {
      faults.push(`unknown stop ${header.stopped}`);
    }
    const most = mostBytes(bytes, header.encoding === "DEFL");
    if (header.elements * STEP_BYTES > most) {
      faults.push(`${header.elements} steps in ${bytes.length} bytes`);
    }
    if (number % WHOLE === 0) {
      this.#checkWhole(read, faults);
      this.#checkWindows(bytes, faults);
    }
  }

  /** How the bytes fall into the windows that are read must not matter. */
  #checkWindows(bytes: Uint8Array, faults: string[]): void {
    for (const [whole, narrow] of this.#pairs) {
      const expected = describeHeader(whole.read(memorySource(bytes), name));
      const found = describeHeader(narrow.read(memorySource(bytes), name));
      if (!isDeepStrictEqual(found, expected)) faults.push("read in small windows it is another");
    }
  }

  #write(bytes: Uint8Array): FileFacts {
    ftruncateSync(this.#descriptor, 0);
    if (bytes.length > 0) writeSync(this.#descriptor, bytes, 0, bytes.length, 0);
    const file = openFile(this.#path, bytes.length, ignore);
    try {
      return file.facts();
    } finally {
      file.close();
    }
  }

  /** What settles copies, keeps full headers and explains files reads the same bytes in ways of its own. */
  #checkWhole(read: ReadFile, faults: string[]): void {
    const kept = readFullHeader(this.#folder, name, ignore);
    if (kept === null) faults.push("no full header");
    else {
      decodeAll(parseStoredHeader(kept));
      if (!isDeepStrictEqual(kept, readFullHeader(this.#folder, name, ignore))) {
        faults.push("the full header is another when read again");
      }
    }
    const digests = readFileDigests(this.#folder, name, ignore);
    if (digests === null) faults.push("no digests");
    const inspected = inspectFile(this.#path, name);
    if (inspected.state !== read.state || inspected.code !== read.code) {
      faults.push(`inspected it is ${inspected.state} ${inspected.code}`);
    }
    if (fstatSync(this.#descriptor).size !== read.facts.size) faults.push("the file was changed");
  }
}

/** Bytes that can be walked: those of the file, or what a deflated data set may become (PS3.5 §A.5). */
function mostBytes(bytes: Uint8Array, isDeflated: boolean): number {
  if (!isDeflated) return bytes.length;
  const { inflateFree, inflateRatio } = defaultReaderLimits;
  // Deflate makes at most 1,032 bytes of one; the limit is looked at after each piece of the stream.
  const mostOfPiece = 1032 * 64 * 1024;
  return Math.min(
    1032 * bytes.length,
    Math.max(inflateFree, inflateRatio * bytes.length) + mostOfPiece,
  );
}

/** What was thrown, and the way to it through the program. */
function describeException(error: unknown): string {
  const lines = (error as Error).stack?.split("\n") ?? [String(error)];
  const way = lines.slice(1).filter((line) => line.includes("/src/"));
  return [lines[0], ...way].join("\n");
}

/** All that a header says, with the values of its records. */
function describeHeader(header: Header): unknown {
  const { records } = header;
  const { fetch, bytes, records: _, ...rest } = header;
  const { count, start, ...columns } = records;
  const flags = records.flags.slice(0, count);
  const length = records.length.slice(0, count);
  const values = Array.from({ length: count }, (_, record) => {
    const isSequence = vrName(records.vr[record] as number) === "SQ";
    if (isSequence || records.tag[record] === ITEM_TAG) return null;
    const value = fetch(record)?.slice() ?? null; // what is fetched is only lent
    // Whether a value was passed over depends on the window.
    if (value !== null) flags[record] = (flags[record] as number) & ~DEFERRED_VALUE;
    if (value !== null) length[record] = value.length;
    return value;
  });
  return {
    ...rest,
    warnings: [...header.warnings],
    problems: [...header.problems],
    charsets: [...header.charsets],
    columns: Object.entries({ ...columns, flags, length }).map(([key, column]) => [
      key,
      column.slice(0, count),
    ]),
    values,
  };
}

function judgeOutcome(read: ReadFile): string[] {
  const faults: string[] = [];
  if (findState(read.state) === undefined) faults.push(`unknown state ${read.state}`);
  if ((read.code === null) !== (read.state === "stored")) {
    faults.push(`state ${read.state} with code ${read.code}`);
  }
  if (read.code !== null && findCode(read.code) === undefined) {
    faults.push(`unknown code ${read.code}`);
  }
  if (read.state === "changed") faults.push("it is thought to have changed");
  const warnings = [
    ...read.warnings,
    ...(read.instance?.series.warnings ?? []),
    ...(read.instance?.setting?.warnings ?? []),
  ];
  for (const code of new Set(warnings)) {
    if (findWarning(code) === undefined) faults.push(`unknown warning ${code}`);
  }
  if ((read.instance === null) === (read.state === "stored"))
    faults.push("instance and state differ");
  if (read.instance !== null) faults.push(...judgeInstance(read.instance));
  return faults;
}

function judgeInstance({ series, setting, cells, ranges }: ReadInstance): string[] {
  const faults: string[] = [];
  const judge = (where: string, values: readonly Cell[]): void => {
    const index = values.findIndex((value) => !isStorable(value));
    if (index >= 0) faults.push(`${where} ${index} cannot be stored: ${String(values[index])}`);
  };
  judge("cell", cells);
  judge("series value", [...series.values, series.rawValues]);
  if (setting !== null) judge("setting", [...setting.part.values, setting.part.rawValues]);
  let next = 1;
  for (const range of ranges) {
    if (range.first !== next || range.last < range.first) faults.push("frames do not follow");
    next = range.last + 1;
    judge("setting of frames", [...range.setting.part.values, range.setting.part.rawValues]);
    judge("coordinates", [range.coordinates]);
    JSON.parse(range.coordinates);
  }
  for (const raw of [series.rawValues, setting?.part.rawValues]) {
    if (typeof raw === "string") JSON.parse(raw);
  }
  return faults;
}

/** Whether every database takes it: a number that is one, or Unicode text without NUL. */
function isStorable(value: Cell): boolean {
  if (value === null) return true;
  if (typeof value === "number") return Number.isFinite(value);
  return typeof value === "string" && value.isWellFormed() && !value.includes("\0");
}

function decodeAll(elements: readonly KeptElement[]): void {
  for (const element of elements) {
    if (element.bytes !== null) decodeElement(element);
    for (const item of element.items ?? []) decodeAll(item);
  }
}
