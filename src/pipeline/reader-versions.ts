/** Versions of what the reader makes of a file, so that a newer program reads again only what it must. */
import type { FileState } from "#store/ledger.ts";

interface ReaderVersion {
  readonly version: number;
  /** What it reads that the version before did not, in words. */
  readonly about: string;
  /** States of files that it may make something else of. */
  readonly concerns: readonly FileState[];
}

const dicom: readonly FileState[] = ["stored", "duplicate", "conflict"];

/** Ascending. A change of what is read, or how, adds one. */
export const readerVersions: readonly ReaderVersion[] = [
  { version: 1, about: "the standard's elements", concerns: [] },
  {
    version: 2,
    about: "private elements of makers, and what conversions of classic objects leave unassigned",
    concerns: dicom,
  },
  {
    version: 3,
    about: "windows and rescale types of each frame, and GE's own count of images",
    concerns: dicom,
  },
];

const newest = readerVersions.at(-1) as ReaderVersion;

export const readerVersion = newest.version;

/** Whether a file that another version read has to be read again. What a newer program wrote always is. */
export const isOutdated = (state: string, version: number): boolean =>
  version > readerVersion ||
  readerVersions.some(
    (each) => each.version > version && each.concerns.some((one) => one === state),
  );

/** What was not read before, for a person; null where nothing is new since that version. */
export function describeNews(since: number): string | null {
  const news = readerVersions.filter(({ version }) => version > since);
  return news.length === 0 ? null : news.map(({ about }) => about).join(", ");
}
