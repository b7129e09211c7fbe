/**
 * Writes what the simulated archive is made from: ten templates, one for each series of a subject, and the
 * numbers that are written over them. simulated-archive.c reads it.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findValueRange } from "#demo/find-value-range.ts";
import type { Plane } from "#demo/geometry.ts";
import { fields, makeSeriesTemplate, type SeriesTemplate } from "#demo/series-template.ts";

export interface ArchiveSize {
  readonly files: number;
  readonly filesPerSeries: number;
}

/** A number of a file written over its template: `start + (step × n) % turn`, where n counts from 0. */
interface Stamp {
  /** Bytes from the begin of the file. */
  readonly offset: number;
  /** Bytes. */
  readonly width: number;
  /** `d`: digits after zeros; `t`: tenths, as a decimal; `c`: microseconds after midnight, as TM. */
  readonly form: "d" | "t" | "c";
  /** What n counts: files of the series, series, subjects (`p`). */
  readonly of: "f" | "s" | "p";
  readonly start: number;
  readonly step: number;
  readonly turn: number;
}

const seriesPerSubject = 10;

/** Positions repeat after so many files, as in volumes that follow each other, and stay within a scanner. */
const mostPositions = 1_000;

/** UIDs of files end in six digits that begin with 100000 (series-template.ts). */
export const mostFilesPerSeries = 900_000;

const tags = {
  patientId: 0x0010_0020,
  studyInstanceUid: 0x0020_000d,
  seriesInstanceUid: 0x0020_000e,
  frameOfReferenceUid: 0x0020_0052,
};

const uidDigits = 9;
const fileDigits = 6;
const noTurn = 1e15;
const dayMicroseconds = 86_400e6;

/** Writes into `folder` and returns the path of the description; `root` is where the archive seems to lie. */
export function writeDescription(folder: string, root: string, size: ArchiveSize): string {
  const lines = [`root ${root}`, `files ${size.files}`, `per-series ${size.filesPerSeries}`];
  const positions = Math.min(mostPositions, size.filesPerSeries);
  for (let series = 0; series < seriesPerSubject; series++) {
    const template = makeSeriesTemplate({ files: size.files, seed: 1 }, series, positions);
    const stamps = planStamps(template);
    const path = join(folder, `template-${series}.dcm`);
    writeFileSync(path, template.bytes);
    lines.push(`template ${path} ${stamps.length}`, ...stamps.map(writeStamp));
  }
  const path = join(folder, "description");
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

function writeStamp({ offset, width, form, of, start, step, turn }: Stamp): string {
  return [offset, width, form, of, start, step, turn].join(" ");
}

/** Also writes into the template what is before a number and the same in all files. */
function planStamps(template: SeriesTemplate): Stamp[] {
  const { bytes, offsets, context } = template;
  const [x, y, z] = (template.planes[0] as Plane).position;
  const beforeZ = `${x}\\${y}\\`;
  bytes.write(beforeZ, offsets.position, "latin1");
  const patientId = findValueRange(bytes, tags.patientId);
  const prefix = "KANARI";
  bytes.write(prefix, patientId.offset, "latin1");
  const time = (offset: number, delaySeconds: number): Stamp => ({
    offset,
    width: 13,
    form: "c",
    of: "f",
    start: (context.startSeconds + delaySeconds) * 1e6,
    step: 67_500,
    turn: dayMicroseconds,
  });
  const tenths = {
    form: "t",
    of: "f",
    start: Math.round(z * 10),
    step: 12,
    turn: 12 * mostPositions,
  } as const;
  const counted = { form: "d", of: "f", start: 1, step: 1, turn: noTurn } as const;
  const fileUid = countUidUp(bytes, 0x0002_0003, "s", 1 + fileDigits);
  const sopInstanceUid = countUidUp(bytes, 0x0008_0018, "s", 1 + fileDigits);
  const lastDigits = { ...counted, width: fileDigits, start: 100_000 };
  const subject = { offset: patientId.offset + prefix.length, of: "p" } as const;
  return [
    countUidUp(bytes, tags.studyInstanceUid, "p"),
    countUidUp(bytes, tags.seriesInstanceUid, "s"),
    countUidUp(bytes, tags.frameOfReferenceUid, "p"),
    fileUid,
    sopInstanceUid,
    { ...lastDigits, offset: fileUid.offset + uidDigits + 1 },
    { ...lastDigits, offset: sopInstanceUid.offset + uidDigits + 1 },
    { ...counted, ...subject, width: patientId.length - prefix.length },
    { ...counted, offset: offsets.instanceNumber, width: fields.instanceNumber[1] },
    {
      ...tenths,
      offset: offsets.position + beforeZ.length,
      width: fields.position[1] - beforeZ.length,
    },
    { ...tenths, offset: offsets.sliceLocation, width: fields.sliceLocation[1] },
    time(offsets.acquisitionDateTime + context.session.date.length, 0),
    time(offsets.acquisitionTime, 0),
    time(offsets.contentTime, 4),
    { ...counted, offset: offsets.windowCentre, width: 4, start: 900, step: 37, turn: 200 },
    { ...counted, offset: offsets.windowWidth, width: 4, start: 1800, step: 74, turn: 400 },
  ];
}

/** The last digits of a UID become the number of its subject or series; `after`: bytes that follow them. */
function countUidUp(bytes: Buffer, tag: number, of: "s" | "p", after = 0): Stamp {
  const { offset, length } = findValueRange(bytes, tag);
  const end = bytes[offset + length - 1] === 0 ? offset + length - 1 : offset + length;
  const start = end - after - uidDigits;
  return { offset: start, width: uidDigits, form: "d", of, start: 1, step: 1, turn: noTurn };
}
