/** Rows as readers hand them to the store, from a few words per file. */
import { createHash } from "node:crypto";
import {
  coordinateColumns,
  instanceCells,
  instanceOnlyColumns,
  seriesColumns,
  settingColumns,
} from "#store/columns.ts";
import type { FolderListing } from "#store/ledger.ts";
import { type Cell, packRows } from "#store/packed-rows.ts";
import {
  type FrameRange,
  fileCells,
  type SeriesPart,
  type SettingPart,
  type UnitRows,
} from "#store/unit-rows.ts";

type Values = Readonly<Record<string, Cell>>;

export interface TestFile {
  /** Of folder and name. */
  readonly path: string;
  /** The ledger has a row for it. */
  readonly isKnown?: boolean;
  /** Default `stored`. */
  readonly state?: string;
  readonly code?: string;
  readonly warnings?: string;
  readonly recheck?: boolean;
  readonly mtime?: number;
  /** Of a stored file; default `person`, `1.1`, `1.1.1`. */
  readonly subject?: string;
  readonly study?: string;
  readonly series?: string;
  /** SOP Instance UID. */
  readonly uid?: string;
  readonly seriesValues?: Values;
  readonly setting?: Values;
  /** Columns of the instance. */
  readonly values?: Values;
  /** Frames of an object with functional groups: their settings, one after another. */
  readonly frames?: readonly { readonly count: number; readonly setting: Values }[];
  /** No series, whatever the state says: what no reader makes. */
  readonly isBroken?: boolean;
}

const hashOf = (content: unknown): string =>
  createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 32);

function cellsOf(columns: readonly { readonly name: string }[], values: Values): Cell[] {
  const unknown = Object.keys(values).filter((name) => !columns.some((each) => each.name === name));
  if (unknown.length > 0) throw new Error(`no such columns: ${unknown.join(", ")}`);
  return columns.map((column) => values[column.name] ?? null);
}

/** Distinct parts by their hashes, numbered in the order of first use. */
class Parts<Part extends { readonly hash: string }> {
  readonly items: Part[] = [];

  add(part: Part): number {
    const known = this.items.findIndex((each) => each.hash === part.hash);
    return known < 0 ? this.items.push(part) - 1 : known;
  }
}

function seriesPart(file: TestFile): SeriesPart {
  const { subject = "person", study = "1.1", series = "1.1.1" } = file;
  const values = cellsOf(seriesColumns, { patient_id: subject, ...file.seriesValues });
  return {
    identityKind: "patient-id",
    identity: subject,
    subjectCode: `code of ${subject}`,
    studyInstanceUid: study,
    seriesInstanceUid: series,
    values,
    rawValues: null,
    hash: hashOf([subject, study, series, values]),
  };
}

function settingPart(setting: Values): SettingPart {
  const values = cellsOf(settingColumns, { modality: "MR", ...setting });
  return { values, rawValues: null, hash: hashOf(values) };
}

export function buildUnit(files: readonly TestFile[]): UnitRows {
  const folders: string[] = [];
  const series = new Parts<SeriesPart>();
  const settings = new Parts<SettingPart>();
  const frames: FrameRange[] = [];
  const rows = files.map((file, index): Cell[] => {
    const folder = folderOf(file.path);
    if (!folders.includes(folder)) folders.push(folder);
    const state = file.state ?? "stored";
    const isStored = state === "stored" && file.isBroken !== true;
    let first = 1;
    for (const { count, setting } of file.frames ?? []) {
      frames.push({
        file: index,
        first,
        last: first + count - 1,
        setting: settings.add(settingPart(setting)),
        coordinates: "{}",
      });
      first += count;
    }
    const isFramed = file.frames !== undefined;
    return [
      folders.indexOf(folder),
      file.path.slice(file.path.lastIndexOf("/") + 1),
      file.isKnown === true ? 1 : 0,
      1000,
      file.mtime ?? 1_600_000_000_000_000,
      1_600_000_000_000_000,
      state,
      file.code ?? null,
      file.warnings ?? null,
      null,
      file.recheck === true ? 1 : 0,
      isStored ? series.add(seriesPart(file)) : null,
      isStored && !isFramed ? settings.add(settingPart(file.setting ?? {})) : null,
      ...(isStored ? instanceOf(file, isFramed ? first - 1 : 1) : instanceCells.map(() => null)),
    ];
  });
  return {
    folders,
    series: series.items,
    settings: settings.items,
    files: packRows(rows, fileCells.length + instanceCells.length),
    frames,
  };
}

function instanceOf(file: TestFile, frameCount: number): Cell[] {
  const columns = [...instanceOnlyColumns, ...coordinateColumns];
  return [file.uid ?? file.path, null, frameCount, ...cellsOf(columns, file.values ?? {})];
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** A folder that was seen whole. */
export const listing = (path: string, changes: Partial<FolderListing> = {}): FolderListing => ({
  path,
  state: "listed",
  code: null,
  detail: null,
  entries: 1,
  subjectFolder: path === "" ? null : (path.split("/")[0] as string),
  ...changes,
});
