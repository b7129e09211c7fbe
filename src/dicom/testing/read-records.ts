/** Reads bytes with the header reader and writes its records as lines that tests can compare. */
import { memorySource } from "#dicom/byte-source.ts";
import type { Header } from "#dicom/header.ts";
import { HeaderReader, type HeaderReaderOptions } from "#dicom/header-reader.ts";
import { formatTag } from "#dicom/tag.ts";
import { vrName } from "#dicom/vr.ts";
import { compileWanted, type WantedPath, type WantedStep } from "#dicom/wanted.ts";

/** A wanted path of tags, first items. */
export function wantedPath(
  steps: readonly (number | WantedStep)[],
  vr: string,
  items: "first" | "all" = "first",
): WantedPath {
  return {
    steps: steps.map((step) => (typeof step === "number" ? { tag: step } : step)),
    vr,
    items,
  };
}

export function readWanted(
  bytes: Uint8Array,
  paths: readonly WantedPath[],
  options?: HeaderReaderOptions,
): Header {
  return new HeaderReader(compileWanted(paths), options).read(memorySource(bytes), "file");
}

export function readEverything(bytes: Uint8Array, options?: HeaderReaderOptions): Header {
  return new HeaderReader("everything", options).read(memorySource(bytes), "file");
}

/** Value of a record as text, each byte one character; null when it was not kept. */
export function recordText(header: Header, index: number): string | null {
  const start = header.records.start[index] ?? 0;
  const length = header.records.length[index] ?? 0;
  return length < 0 ? null : String.fromCharCode(...header.bytes.subarray(start, start + length));
}

/** Values of all records of a path, in order. */
export function valuesOf(header: Header, path: number): (string | null)[] {
  const values = [];
  for (let index = 0; index < header.records.count; index++) {
    if (header.records.path[index] === path) values.push(recordText(header, index));
  }
  return values;
}

/** One line per record: path, frame, item, tag, VR and value; nothing that depends on where the value lies. */
export function describeRecords(header: Header): string[] {
  const { records } = header;
  return Array.from({ length: records.count }, (_, index) => {
    const vr = vrName(records.vr[index] ?? 0);
    const value =
      vr === "SQ" || vr === ""
        ? `${records.length[index]} items`
        : JSON.stringify(recordText(header, index));
    return [
      records.path[index],
      records.frame[index],
      records.item[index],
      `${">".repeat(records.depth[index] ?? 0)}${formatTag(records.tag[index] ?? 0)}`,
      vr,
      header.charsets[records.charset[index] ?? 0] ?? "-",
      value,
    ].join(" ");
  });
}
