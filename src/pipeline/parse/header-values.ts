/**
 * Column values of one header: each column's candidates are tried in order of precedence, and the first
 * valid value is taken.
 */
import type { Column, ColumnType } from "#catalogue/column.ts";
import type { Candidate, CompiledColumn } from "#catalogue/compiled-locations.ts";
import type { ConversionContext, ConversionResult } from "#catalogue/conversion.ts";
import { conversions } from "#catalogue/conversions.ts";
import { type Location, makersKinds } from "#catalogue/location.ts";
import { type Charset, defaultCharset, parseCharset } from "#dicom/charset.ts";
import { BIG_ENDIAN_VALUE, type Header } from "#dicom/header.ts";
import type { Platform } from "#dicom/platform.ts";
import { vrName } from "#dicom/vr.ts";
import { planOfColumn } from "./column-plan.ts";
import {
  type ColumnValue,
  checkValue,
  type ElementBytes,
  readColumnValue,
  readText,
} from "./column-value.ts";
import { CsaReader } from "./csa-texts.ts";
import { FrameRecords, noRecord } from "./frame-records.ts";

/** What reading left behind besides values. */
export class Findings {
  readonly warnings = new Set<string>();
  /** Column → text of a value that was there and could not be taken. */
  readonly raw = new Map<string, string>();
  /** Adds a warning: one function for all values, since most values have none to add. */
  readonly warn = (code: string): void => void this.warnings.add(code);

  /** Keeps the first text of a column that could not be taken. */
  keepRaw(column: string, text: string): void {
    if (!this.raw.has(column)) this.raw.set(column, text.slice(0, rawLimit));
  }

  get isEmpty(): boolean {
    return this.warnings.size === 0 && this.raw.size === 0;
  }

  clear(): void {
    this.warnings.clear();
    this.raw.clear();
  }

  /** Adds what was found elsewhere. */
  take(others: Findings): void {
    for (const code of others.warnings) this.warnings.add(code);
    for (const [column, text] of others.raw) this.keepRaw(column, text);
  }
}

const ignore = (): void => undefined;

class Unheard extends Findings {
  override readonly warn = ignore;
  override keepRaw(): void {}
  override take(): void {}
}

/** Of columns that are read for the sake of others, and tell what was found when they are read themselves. */
export const ignored: Findings = new Unheard();

/** One candidate of a column as it was met, for `nils inspect`. */
export interface TraceStep {
  readonly location: Location;
  /** Index into the paths of `wantedTree`. */
  readonly path: number;
  /** Index into the header's records; −1 where the element is absent. */
  readonly record: number;
  readonly rawText: string | null;
  readonly value: ColumnValue;
  /** The value is valid and says nothing of the column. */
  readonly isSilent: boolean;
  readonly warnings: readonly string[];
}

const nothingRead: Pick<TraceStep, "rawText" | "value" | "isSilent" | "warnings"> = {
  rawText: null,
  value: null,
  isSilent: false,
  warnings: [],
};

interface KnownCharset {
  readonly charset: Charset;
  readonly warnings: readonly string[];
}

export class HeaderValues {
  readonly #platform: Platform;
  /** The records that values are read of. */
  readonly records = new FrameRecords();
  readonly csa = new CsaReader();
  readonly #csaPathsRead = new Set<number>();
  /** How often a CSA header was looked into, or would have been. */
  csaLooks = 0;
  /** Candidates of columns in the places that the header has, for objects of many frames. */
  readonly #present = new Map<CompiledColumn, readonly Candidate[]>();
  readonly #charsets = new Map<string, KnownCharset>();
  #lastTerms: string | null = null;
  #lastCharset: KnownCharset | undefined;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** Takes a header; values are read of no frame until one is selected. */
  open(header: Header): void {
    this.records.open(header);
    this.csa.open();
    this.#present.clear();
  }

  /** Chooses the frame (1-based) whose values are read. */
  selectFrame(frame: number): void {
    this.records.select(frame);
    this.csa.selectFrame();
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
    const header = this.records.header;
    if (column.computed === "reader") return structureValue(column.name, header);
    const candidates = header.hasFunctionalGroups ? plan.framed : plan.classic;
    const isOfMany = this.records.hasManyFrames && trace === undefined;
    let first = header.hasFunctionalGroups ? column.deriveFirst : undefined;
    for (const candidate of isOfMany ? this.#presentOf(plan, candidates) : candidates) {
      if (first !== undefined && makersKinds.has(candidate.location.kind)) {
        const value = this.#derive(first, column, findings);
        if (value !== null) return value;
        first = undefined;
      }
      for (const path of candidate.pathIds) {
        const record = this.records.firstAt[path] as number;
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
    for (const code of warnings ?? []) findings.warn(code);
    return checkValue(column, value, findings.warn);
  }

  /** The candidates with the paths that the header has: of all frames most lie in few of the places. */
  #presentOf(plan: CompiledColumn, candidates: readonly Candidate[]): readonly Candidate[] {
    let present = this.#present.get(plan);
    if (present === undefined) {
      present = candidates
        .map((candidate) => ({
          ...candidate,
          pathIds: candidate.pathIds.filter((path) => this.records.isPresent(path)),
        }))
        .filter(({ pathIds }) => pathIds.length > 0);
      this.#present.set(plan, present);
    }
    return present;
  }

  #readCandidate(
    column: Column,
    { location, decodedAs, keepsRaw, pathIds }: Candidate,
    path: number,
    record: number,
    findings: Findings,
    trace: TraceStep[] | undefined,
  ): ColumnValue {
    const { warnings, warn } = trace === undefined ? findings : new Findings();
    const element =
      location.key === undefined
        ? this.#element(record, warn)
        : this.#csaElement(record, location.key, pathIds, warn);
    if (element === undefined) {
      trace?.push({ location, path, record, ...nothingRead, warnings: [...warnings] });
      return null;
    }
    if (element === null) {
      findings.warn("value-too-long");
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
    for (const further of this.records.furtherAt(path)) {
      const next = this.#element(further, warn);
      const joined = next === null ? null : readColumnValue(decodedAs, null, next, null, warn);
      if (joined !== null) value = value === null ? joined : `${value}\\${joined}`;
    }
    const rule = location.convert ?? column.convert;
    if (rule !== undefined && value !== null) {
      const result = this.#convert(rule, value, column);
      if (result.isAbsent === true) {
        const rawText = trace === undefined ? null : readText(element, ignore);
        trace?.push({ location, path, record, ...nothingRead, rawText, isSilent: true });
        return null;
      }
      value = result.value;
      for (const code of result.warnings ?? []) warn(code);
    }
    value = checkValue(column, value, warn);
    let rawText: string | null = null;
    if (value === null || trace !== undefined) rawText = readText(element, ignore);
    if (value === null && rawText !== null && keepsRaw) findings.keepRaw(column.name, rawText);
    trace?.push({
      location,
      path,
      record,
      rawText,
      value,
      isSilent: false,
      warnings: [...warnings],
    });
    return value;
  }

  /** A key's text as an element of its own; undefined where the header has no such key. */
  #csaElement(
    record: number,
    key: string,
    pathIds: readonly number[],
    warn: (code: string) => void,
  ): ElementBytes | null | undefined {
    this.csaLooks += 1;
    for (const path of pathIds) this.#csaPathsRead.add(path);
    const charset = this.#charsetOf(record, warn);
    const { length, texts } = this.csa.read(this.records.header, record);
    if (length < 0) return null;
    if (texts === null && length > 0) warn("csa-invalid");
    const text = texts?.get(key)?.text;
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

  #convert(rule: string, value: ColumnValue, column: Column): ConversionResult {
    const conversion = conversions[rule];
    if (conversion === undefined) throw new Error(`${column.name} names no known rule: ${rule}`);
    return conversion(value, this.#context);
  }

  /** Other columns of the same frame, for conversions. */
  readonly #context: ConversionContext = {
    get: (name) => this.read(planOfColumn(name), ignored),
  };

  /** (0008,0201), for date-times only. */
  #zone(decodedAs: ColumnType): string | null {
    if (decodedAs !== "datetime") return null;
    const zone = this.read(planOfColumn("timezone_offset"), ignored);
    return typeof zone === "string" ? zone : null;
  }

  #element(record: number, warn: (code: string) => void): ElementBytes | null {
    const header = this.records.header;
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
    const { charsets, records } = this.records.header;
    return this.#charset(charsets[records.charset[record] as number] ?? null, warn);
  }

  #charset(terms: string | null, warn: (code: string) => void): Charset {
    if (terms === null) return defaultCharset;
    let known = terms === this.#lastTerms ? this.#lastCharset : this.#charsets.get(terms);
    if (known === undefined) {
      const warnings: string[] = [];
      known = { charset: parseCharset(terms, (code) => warnings.push(code)), warnings };
      if (this.#charsets.size > 1_000) this.#charsets.clear(); // every file may invent its own
      if (terms.length <= longestTerms) this.#charsets.set(terms, known);
    }
    this.#lastTerms = terms;
    this.#lastCharset = known;
    for (const code of known.warnings) warn(code);
    return known.charset;
  }
}

/** Columns that the file's structure tells, not an element. */
function structureValue(name: string, header: Header): ColumnValue {
  if (name === "actual_encoding") return header.encoding;
  if (name === "has_pixels") return header.pixelData === null ? 0 : 1;
  return null;
}

/** Characters of Specific Character Set that are remembered: all that is written in earnest. */
const longestTerms = 256;

/** Characters of a raw text that are kept. */
const rawLimit = 256;
