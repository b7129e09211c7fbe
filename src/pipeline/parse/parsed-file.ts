/** One header as rows: what kind of object it is, its state, and its values. */
import { findSopClass } from "#catalogue/sop-classes.ts";
import type { Header } from "#dicom/header.ts";
import { UNDEFINED_LENGTH } from "#dicom/header.ts";
import { ignored } from "./header-values.ts";
import type { TupleReader } from "./tuple-reader.ts";

export type ParsedState = "stored" | "unsupported" | "not-dicom" | "unreadable" | "invalid";

/** Frames first…last that share a tuple of settings. */
export interface ParsedRange<Setting> {
  readonly first: number;
  readonly last: number;
  readonly setting: Setting;
  readonly coordinates: string;
}

export interface Outcome {
  readonly state: ParsedState;
  readonly code: string | null;
  readonly detail: string | null;
}

const mediaDirectory = "1.2.840.10008.1.3.10";
const tagRows = 0x0028_0010;

/** State of a file that is no object to be stored; null where it is one. */
export function refuse(header: Header, identity: Identity): Outcome | null {
  if (header.kind === "not-dicom") {
    return { state: "not-dicom", code: header.code, detail: header.detail };
  }
  if (header.kind === "dicomdir" || identity.sopClassUid === mediaDirectory) {
    return { state: "unsupported", code: "dicomdir", detail: null };
  }
  const missing = identityCodes.find(([key]) => identity[key] === null);
  if (missing === undefined) return null;
  return header.stopped === null
    ? { state: "invalid", code: missing[1], detail: null }
    : { state: "unreadable", code: "truncated-before-identity", detail: header.stopped };
}

export interface Identity {
  readonly studyInstanceUid: string | null;
  readonly seriesInstanceUid: string | null;
  readonly sopInstanceUid: string | null;
  readonly sopClassUid: string | null;
}

/** In the order in which the first missing one names the state. */
const identityCodes: readonly (readonly [keyof Identity, string])[] = [
  ["studyInstanceUid", "study-instance-uid-missing"],
  ["seriesInstanceUid", "series-instance-uid-missing"],
  ["sopInstanceUid", "sop-instance-uid-missing"],
  ["sopClassUid", "sop-class-uid-missing"],
];

/** What the structure of the object says, apart from its values. */
export interface ObjectShape {
  /** Frames that take part in stacks; 0 for what is no image. */
  readonly frames: number;
  /** Each frame has settings of its own (functional groups). */
  readonly isFramed: boolean;
}

/** Frames that shared values alone may stand for. */
const unlistedFrames = 200_000;

/** Judges the object's shape and adds the warnings that concern it. */
export function describeShape(
  header: Header,
  sopClassUid: string,
  tuples: TupleReader,
  warnings: Set<string>,
): ObjectShape {
  const number = (name: string): number | null => {
    const value = tuples.readColumn(name, ignored);
    return typeof value === "number" ? value : null;
  };
  const rows = number("rows");
  const columns = number("columns");
  const claimed = number("number_of_frames");
  const hasPixels = header.pixelData !== null;
  const sopClass = findSopClass(sopClassUid);
  const stoppedEarly = header.stopped !== null && header.lastTag < tagRows;
  if (stoppedEarly) warnings.add("header-truncated");
  const isImage =
    hasPixels ||
    (rows !== null && columns !== null) ||
    header.hasSpectroscopy ||
    sopClass?.kind === "spectroscopy" ||
    (stoppedEarly && sopClass?.kind === "image");
  if (!isImage) return { frames: 0, isFramed: false };
  if (!stoppedEarly && !header.hasSpectroscopy && sopClass?.kind !== "spectroscopy") {
    checkPixels(header, rows, columns, claimed, number, warnings);
  }
  const items = header.perFrameItems;
  if (!header.hasFunctionalGroups) {
    if (claimed !== null && claimed < 1) warnings.add("frame-count-mismatch");
    return { frames: 1, isFramed: false };
  }
  if (items === 0) {
    const frames = Math.min(Math.max(claimed ?? 1, 1), unlistedFrames);
    if (frames !== (claimed ?? 1)) warnings.add("frame-count-mismatch");
    return { frames, isFramed: true };
  }
  if (claimed !== items) warnings.add("frame-count-mismatch");
  return {
    frames: claimed !== null && claimed >= 1 ? Math.min(claimed, items) : items,
    isFramed: true,
  };
}

/** Native pixels that are fewer than the header says, or cut by the file's end (PS3.5 §8.1). */
function checkPixels(
  header: Header,
  rows: number | null,
  columns: number | null,
  frames: number | null,
  number: (name: string) => number | null,
  warnings: Set<string>,
): void {
  const pixels = header.pixelData;
  if (pixels === null) {
    if (header.stopped === null) warnings.add("pixel-data-missing");
    return;
  }
  if (pixels.declared === UNDEFINED_LENGTH) return;
  const bytesPerSample = Math.ceil((number("bits_allocated") ?? 0) / 8);
  const expected =
    (rows ?? 0) *
    (columns ?? 0) *
    (number("samples_per_pixel") ?? 1) *
    bytesPerSample *
    Math.max(frames ?? 1, 1);
  if (pixels.available < pixels.declared || (isNative(header) && pixels.declared < expected)) {
    warnings.add("pixel-data-truncated");
  }
}

/** Transfer syntaxes whose pixels are not compressed (PS3.5 §A.1 to A.3, A.5). */
const nativeSyntaxes: ReadonlySet<string> = new Set([
  "1.2.840.10008.1.2",
  "1.2.840.10008.1.2.1",
  "1.2.840.10008.1.2.1.99",
  "1.2.840.10008.1.2.2",
  "1.2.840.113619.5.2",
]);

function isNative(header: Header): boolean {
  return header.transferSyntaxUid === null || nativeSyntaxes.has(header.transferSyntaxUid);
}
