/**
 * Column values of one header: each column's candidates are tried in order of precedence, and the first
 * valid value is taken. Also the signature of a group of columns: the bytes that its values depend on.
 */
import type { Column, ColumnType } from "#catalogue/column.ts";
import type { Candidate, CompiledColumn } from "#catalogue/compiled-locations.ts";
import type { ConversionContext, ConversionResult } from "#catalogue/conversion.ts";
import { conversions } from "#catalogue/conversions.ts";
import { type Location, makersKinds } from "#catalogue/location.ts";
import { type Charset, defaultCharset, parseCharset } from "#dicom/charset.ts";
import { readCsaHeader } from "#dicom/csa-header.ts";
import { BIG_ENDIAN_VALUE, type Header } from "#dicom/header.ts";
import type { Platform } from "#dicom/platform.ts";
import { vrName } from "#dicom/vr.ts";
import {
  type ColumnGroup,
  csaKeys,
  pathCount,
  planOfColumn,
  wantsAllItems,
} from "./column-plan.ts";
import {
  type ColumnValue,
  checkValue,
  type ElementBytes,
  readColumnValue,
  readText,
} from "./column-value.ts";

/** What reading left behind besides values. */
export interface Findings {
  readonly warnings: Set<string>;
  /** Column → text of a value that was there and could not be taken. */
  readonly raw: Map<string, string>;
}

export const newFindings = (): Findings => ({ warnings: new Set(), raw: new Map() });

/** One candidate of a column as it was met, for `nils inspect`. */
export interface TraceStep {
  readonly location: Location;
  /** Index into the paths of `wantedTree`. */
  readonly path: number;
  /** Index into the header's records; −1 where the element is absent. */
  readonly record: number;
  readonly rawText: string | null;
  readonly value: ColumnValue;
  readonly warnings: readonly string[];
}

/** What a Siemens CSA header says. */
interface CsaTexts {
  /** Bytes of the header; −1 where it is too long to be read. */
  readonly length: number;
  /** By key; null for a header that is empty or broken, or too long. */
  readonly texts: ReadonlyMap<string, string> | null;
}

const noRecord = -1;

const nothingRead: Pick<TraceStep, "rawText" | "value" | "warnings"> = {
  rawText: null,
  value: null,
  warnings: [],
};

export class HeaderValues {
  readonly #platform: Platform;
  readonly #slots = new Int32Array(pathCount).fill(noRecord);
  /** Further records of paths whose every item is wanted. */
  readonly #more = new Map<number, number[]>();
  /** Siemens CSA headers looked into, by record: those outside of frames, and those of the selected frame. */
  readonly #csaHeaders = new Map<number, CsaTexts>();
  readonly #csaHeadersOfFrame = new Map<number, CsaTexts>();
  readonly #csaPathsRead = new Set<number>();
  /** By path: 1 where the header has a record of it; kept of objects of many frames only. */
  readonly #isPresent = new Uint8Array(pathCount);
  /** Candidates of columns in the places that the header has, for objects of many frames. */
  readonly #present = new Map<CompiledColumn, readonly Candidate[]>();
  readonly #charsets = new Map<string, { charset: Charset; warnings: readonly string[] }>();
  #header: Header | null = null;
  /** Records outside of frames. */
  #shared: number[] = [];
  #frameStarts = new Int32Array(2);
  #firstOfFrame = 0;
  #endOfFrame = 0;
  #scratch = Buffer.alloc(16_384);

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** Takes a header; values are read of no frame until one is selected. */
  open(header: Header): void {
    this.#slots.fill(noRecord);
    this.#more.clear();
    this.#csaHeaders.clear();
    this.#csaHeadersOfFrame.clear();
    this.#present.clear();
    this.#header = header;
    this.#shared = [];
    if (this.#scratch.length > largestScratch) this.#scratch = Buffer.alloc(16_384);
    const { records } = header;
    if (this.#frameStarts.length < header.perFrameItems + 2) {
      this.#frameStarts = new Int32Array(header.perFrameItems + 2);
    }
    this.#frameStarts.fill(0, 0, header.perFrameItems + 2);
    this.#firstOfFrame = 0;
    this.#endOfFrame = 0;
    if (header.perFrameItems >= manyFrames) {
      this.#isPresent.fill(0);
      for (let index = 0; index < records.count; index++) {
        this.#isPresent[records.path[index] as number] = 1;
      }
    }
    for (let index = 0; index < records.count; index++) {
      const frame = records.frame[index] as number;
      if (frame === 0) {
        this.#shared.push(index);
        this.#place(index);
      } else this.#frameStarts[frame + 1] = index + 1;
    }
  }

  /** Lays the records of a frame (1-based) over the shared ones. */
  selectFrame(frame: number): void {
    const { records } = this.#requireHeader();
    this.#csaHeadersOfFrame.clear();
    for (let index = this.#firstOfFrame; index < this.#endOfFrame; index++) {
      const path = records.path[index] as number;
      if (records.frame[index] !== 0) this.#slots[path] = noRecord;
      this.#more.delete(path);
    }
    [this.#firstOfFrame, this.#endOfFrame] = this.#recordsOf(frame);
    for (let index = this.#firstOfFrame; index < this.#endOfFrame; index++) {
      if (records.frame[index] === frame) this.#place(index);
    }
  }

  /** First record and end of a frame's records, which follow each other. */
  #recordsOf(frame: number): [number, number] {
    const { records } = this.#requireHeader();
    const end = this.#frameStarts[frame + 1] ?? 0;
    let first = end;
    while (first > 0 && records.frame[first - 1] === frame) first -= 1;
    return [first, end];
  }

  #place(index: number): void {
    const { records } = this.#requireHeader();
    const path = records.path[index] as number;
    if (this.#slots[path] === noRecord) this.#slots[path] = index;
    else if (wantsAllItems[path] === 1) {
      const more = this.#more.get(path);
      if (more === undefined) this.#more.set(path, [index]);
      else more.push(index);
    }
  }

  /**
   * Paths of the CSA headers that were looked into since this was asked for last, and of those that would have
   * been if these had said nothing.
   */
  takeCsaPathsRead(): ReadonlySet<number> {
    const paths = new Set(this.#csaPathsRead);
    this.#csaPathsRead.clear();
    return paths;
  }

  /** The value of a column; what was met on the way goes to `findings` and, step by step, to `trace`. */
  read(plan: CompiledColumn, findings: Findings, trace?: TraceStep[]): ColumnValue {
    const { column } = plan;
    const header = this.#requireHeader();
    if (column.computed === "reader") return structureValue(column.name, header);
    const candidates = header.hasFunctionalGroups ? plan.framed : plan.classic;
    const isOfMany = header.perFrameItems >= manyFrames && trace === undefined;
    let first = header.hasFunctionalGroups ? column.deriveFirst : undefined;
    for (const candidate of isOfMany ? this.#presentOf(plan, candidates) : candidates) {
      if (first !== undefined && makersKinds.has(candidate.location.kind)) {
        const value = this.#derive(first, column, findings);
        if (value !== null) return value;
        first = undefined;
      }
      for (const path of candidate.pathIds) {
        const record = this.#slots[path] as number;
        if (record === noRecord) {
          trace?.push({ location: candidate.location, path, record, ...nothingRead });
          continue;
        }
        const value = this.#readCandidate(column, candidate, path, record, findings, trace);
        if (value !== null) return value;
      }
    }
    return column.derive === undefined ? null : this.#derive(column.derive, column, findings);
  }

  #derive(rule: string, column: Column, findings: Findings): ColumnValue {
    const { value, warnings } = this.#convert(rule, null, column);
    for (const code of warnings ?? []) findings.warnings.add(code);
    return checkValue(column, value, (code) => findings.warnings.add(code));
  }

  /** The candidates with the paths that the header has: of all frames most lie in few of the places. */
  #presentOf(plan: CompiledColumn, candidates: readonly Candidate[]): readonly Candidate[] {
    let present = this.#present.get(plan);
    if (present === undefined) {
      present = candidates
        .map((candidate) => ({
          ...candidate,
          pathIds: candidate.pathIds.filter((path) => this.#isPresent[path] === 1),
        }))
        .filter(({ pathIds }) => pathIds.length > 0);
      this.#present.set(plan, present);
    }
    return present;
  }

  #readCandidate(
    column: Column,
    { location, decodedAs, pathIds }: Candidate,
    path: number,
    record: number,
    findings: Findings,
    trace: TraceStep[] | undefined,
  ): ColumnValue {
    const warnings = new Set<string>();
    const warn = (code: string): void => void warnings.add(code);
    const element =
      location.key === undefined
        ? this.#element(record, warn)
        : this.#csaElement(record, location.key, pathIds, warn);
    if (element === undefined) {
      for (const code of warnings) findings.warnings.add(code);
      trace?.push({ location, path, record, ...nothingRead, warnings: [...warnings] });
      return null;
    }
    if (element === null) {
      findings.warnings.add("value-too-long");
      trace?.push({ location, path, record, ...nothingRead, warnings: ["value-too-long"] });
      return null;
    }
    let value = readColumnValue(
      decodedAs,
      column.count ?? null,
      element,
      this.#zone(decodedAs),
      warn,
    );
    for (const further of this.#more.get(path) ?? []) {
      const next = this.#element(further, warn);
      const joined = next === null ? null : readColumnValue(decodedAs, null, next, null, warn);
      if (joined !== null) value = value === null ? joined : `${value}\\${joined}`;
    }
    const rule = location.convert ?? column.convert;
    if (rule !== undefined && value !== null) {
      const result = this.#convert(rule, value, column);
      if (result.isAbsent === true) {
        trace?.push({ location, path, record, ...nothingRead });
        return null;
      }
      value = result.value;
      for (const code of result.warnings ?? []) warnings.add(code);
    }
    value = checkValue(column, value, warn);
    for (const code of warnings) findings.warnings.add(code);
    let rawText: string | null = null;
    if (value === null || trace !== undefined) rawText = readText(element, () => undefined);
    if (value === null && rawText !== null && !findings.raw.has(column.name)) {
      findings.raw.set(column.name, rawText.slice(0, rawLimit));
    }
    trace?.push({ location, path, record, rawText, value, warnings: [...warnings] });
    return value;
  }

  /** A key's text as an element of its own; undefined where the header has no such key. */
  #csaElement(
    record: number,
    key: string,
    pathIds: readonly number[],
    warn: (code: string) => void,
  ): ElementBytes | null | undefined {
    for (const path of pathIds) this.#csaPathsRead.add(path);
    const charset = this.#charsetOf(record, warn);
    const { length, texts } = this.#readCsa(record);
    if (length < 0) return null;
    if (texts === null && length > 0) warn("csa-invalid");
    const text = texts?.get(key);
    if (text === undefined) return undefined;
    const bytes = Buffer.from(text, "latin1");
    return {
      bytes,
      start: 0,
      end: bytes.length,
      vr: "LO",
      isBigEndian: false,
      charset,
      platform: this.#platform,
    };
  }

  /**
   * A CSA header, read once for as long as it can be asked for: of an object of many frames no more than the
   * selected one's is held.
   */
  #readCsa(record: number): CsaTexts {
    const header = this.#requireHeader();
    const known = header.records.frame[record] === 0 ? this.#csaHeaders : this.#csaHeadersOfFrame;
    let read = known.get(record);
    if (read === undefined) {
      const bytes = header.fetch(record);
      read = {
        length: bytes === null ? -1 : bytes.length,
        texts: bytes === null ? null : readCsaHeader(bytes, 0, bytes.length, csaKeys),
      };
      known.set(record, read);
    }
    return read;
  }

  #convert(rule: string, value: ColumnValue, column: Column): ConversionResult {
    const conversion = conversions[rule];
    if (conversion === undefined) throw new Error(`${column.name} names no known rule: ${rule}`);
    return conversion(value, this.#context);
  }

  /** Other columns of the same frame, for conversions. */
  readonly #context: ConversionContext = {
    get: (name) => this.read(planOfColumn(name), newFindings()),
  };

  /** (0008,0201), for date-times only. */
  #zone(decodedAs: ColumnType): string | null {
    if (decodedAs !== "datetime") return null;
    const zone = this.read(planOfColumn("timezone_offset"), newFindings());
    return typeof zone === "string" ? zone : null;
  }

  #element(record: number, warn: (code: string) => void): ElementBytes | null {
    const header = this.#requireHeader();
    const { records } = header;
    const length = records.length[record] as number;
    if (length < 0) return null;
    const start = records.start[record] as number;
    return {
      bytes: header.bytes,
      start,
      end: start + length,
      vr: vrName(records.vr[record] as number),
      isBigEndian: ((records.flags[record] as number) & BIG_ENDIAN_VALUE) !== 0,
      charset: this.#charsetOf(record, warn),
      platform: this.#platform,
    };
  }

  #charsetOf(record: number, warn: (code: string) => void): Charset {
    const { charsets, records } = this.#requireHeader();
    return this.#charset(charsets[records.charset[record] as number] ?? null, warn);
  }

  #charset(terms: string | null, warn: (code: string) => void): Charset {
    if (terms === null) return defaultCharset;
    let known = this.#charsets.get(terms);
    if (known === undefined) {
      const warnings: string[] = [];
      known = { charset: parseCharset(terms, (code) => warnings.push(code)), warnings };
      if (this.#charsets.size > 1_000) this.#charsets.clear(); // every file may invent its own
      this.#charsets.set(terms, known);
    }
    for (const code of known.warnings) warn(code);
    return known.charset;
  }

  /**
   * The bytes that a group's values depend on, of the records outside frames, and of the selected frame. Of
   * the CSA headers at `csaPaths` what they say is among them, of others only that they are there: most values
   * are found before one is looked into. The result is overwritten by the next call.
   */
  signature(group: ColumnGroup, csaPaths: ReadonlySet<number>): Buffer {
    const header = this.#requireHeader();
    const start = this.#appendContext(header);
    let length = start;
    for (const record of this.#shared) {
      length = this.#append(header, group, record, length, csaPaths);
    }
    for (let record = this.#firstOfFrame; record < this.#endOfFrame; record++) {
      length = this.#append(header, group, record, length, csaPaths);
    }
    return this.#scratch.subarray(0, length);
  }

  /**
   * What decides how the same bytes are read: the encoding, the order of precedence, and the character sets,
   * which records name by their place in this header's own list.
   */
  #appendContext(header: Header): number {
    const charsets = header.charsets
      .map((terms) => (terms === null ? "-" : `+${terms}`))
      .join("\0");
    const start = 2 + charsets.length + 1;
    if (start > this.#scratch.length) this.#growScratch(start);
    this.#scratch[0] = encodings.indexOf(header.encoding);
    this.#scratch[1] = header.hasFunctionalGroups ? 1 : 0;
    this.#scratch.write(charsets, 2, "latin1");
    this.#scratch[start - 1] = 0;
    return start;
  }

  /** Adds what a record is and its bytes, if the group reads it; returns where the next one goes. */
  #append(
    { records, bytes }: Header,
    group: ColumnGroup,
    record: number,
    offset: number,
    csaPaths: ReadonlySet<number>,
  ): number {
    const path = records.path[record] as number;
    const kind = group.paths[path];
    if (kind === 0) return offset;
    if (kind === 2) {
      const keys = csaPaths.has(path) ? (group.csaKeys.get(path) as readonly string[]) : [];
      return this.#appendCsa(record, keys, offset);
    }
    const kept = records.length[record] as number; // -1: there, but too long to be kept
    const length = Math.max(0, kept);
    if (offset + length + 12 > this.#scratch.length) this.#growScratch(offset + length + 12);
    const scratch = this.#scratch;
    let at = offset;
    scratch[at++] = path & 0xff;
    scratch[at++] = path >> 8;
    scratch[at++] = (records.vr[record] as number) & 0xff;
    scratch[at++] = (records.vr[record] as number) >> 8;
    scratch[at++] = records.flags[record] as number;
    scratch[at++] = records.charset[record] as number;
    scratch[at++] = (kept + 1) & 0xff;
    scratch[at++] = ((kept + 1) >> 8) & 0xff;
    scratch[at++] = (kept + 1) >> 16;
    const start = records.start[record] as number;
    if (length <= shortValue) {
      for (let byte = 0; byte < length; byte++) scratch[at + byte] = bytes[start + byte] as number;
    } else scratch.set(bytes.subarray(start, start + length), at);
    return at + length;
  }

  /** Of a CSA header the values of some keys: the whole differs from file to file. */
  #appendCsa(record: number, keys: readonly string[], offset: number): number {
    const { records } = this.#requireHeader();
    const path = (records.path[record] as number) & 0xffff;
    const read = keys.length === 0 ? null : this.#readCsa(record);
    const text = keys.map((key) => read?.texts?.get(key) ?? "").join("\0");
    const mark =
      read === null
        ? csaMarks.passedOver
        : read.texts === null
          ? markOfNone(read.length)
          : text.length;
    const length = text.length + 7;
    if (offset + length > this.#scratch.length) this.#growScratch(offset + length);
    this.#scratch.writeUInt16LE(path, offset);
    this.#scratch.writeUInt32LE(mark, offset + 2);
    this.#scratch[offset + 6] = records.charset[record] as number;
    this.#scratch.write(text, offset + 7, "latin1");
    return offset + length;
  }

  #growScratch(needed: number): void {
    const grown = Buffer.alloc(Math.max(needed, this.#scratch.length * 2));
    this.#scratch.copy(grown);
    this.#scratch = grown;
  }

  #requireHeader(): Header {
    if (this.#header === null) throw new Error("no header is open");
    return this.#header;
  }
}

/** From here on it is quicker to find out once which places a header has. */
const manyFrames = 16;

/** Bytes of a signature that room is kept for between files. */
const largestScratch = 1_048_576;

/** In place of the length of what a CSA header says. Each has warnings of its own, or none. */
const csaMarks = {
  passedOver: 0xffff_fffc,
  tooLong: 0xffff_fffd,
  empty: 0xffff_fffe,
  broken: 0xffff_ffff,
} as const;

/** Why a CSA header with a value of this length says nothing. */
function markOfNone(length: number): number {
  if (length < 0) return csaMarks.tooLong;
  return length === 0 ? csaMarks.empty : csaMarks.broken;
}

/** Columns that the file's structure tells, not an element. */
function structureValue(name: string, header: Header): ColumnValue {
  if (name === "actual_encoding") return header.encoding;
  if (name === "has_pixels") return header.pixelData === null ? 0 : 1;
  return null;
}

/** Column `actual_encoding` is the header's, not an element's, and so part of what a tuple depends on. */
const encodings: readonly Header["encoding"][] = [null, "ILE", "ELE", "EBE", "DEFL"];

/** Characters of a raw text that are kept. */
const rawLimit = 256;

/** Up to here a loop is quicker than a view and a native copy. */
const shortValue = 48;
