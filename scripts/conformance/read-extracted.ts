/** Reads a database of sample files: its series with their stacks, and the files that are in none. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { inspectFile } from "#pipeline/parse/inspect-file.ts";
import type { Cell } from "#store/packed-rows.ts";

type Row = Readonly<Record<string, Cell>>;

export interface OurStack {
  readonly key: string;
  /** Its row in the database. */
  readonly row: Row;
  /** Number of images, those in objects of many images counted that the stack rules take as one. */
  readonly images: number;
  /** Different values of a column among its images, in bytewise order; null where an image has none. */
  values(column: string): readonly Cell[];
}

export interface OurSeries {
  /** Below the samples. */
  readonly folder: string;
  readonly uid: string;
  readonly number: number | null;
  readonly modality: string | null;
  readonly stacks: readonly OurStack[];
}

/** A file of an image that is in no stack, with what can be read of it. */
export interface UnstoredFile {
  readonly folder: string;
  readonly number: number | null;
  readonly rows: number;
  readonly columns: number;
  readonly images: number;
}

export interface DatabaseContent {
  readonly series: readonly OurSeries[];
  readonly unstored: readonly UnstoredFile[];
  /** Folders of each series, by its UID. */
  readonly homes: ReadonlyMap<string, ReadonlySet<string>>;
}

export function readExtracted(path: string, samples: string): DatabaseContent {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return { series: readSeries(db), unstored: readUnstored(db, samples), homes: readHomes(db) };
  } finally {
    db.close();
  }
}

const readRows = (db: DatabaseSync, sql: string): Row[] => db.prepare(sql).all() as Row[];

function readHomes(db: DatabaseSync): Map<string, Set<string>> {
  const homes = new Map<string, Set<string>>();
  const places = readRows(
    db,
    `SELECT DISTINCT folder.path, series_instance_uid FROM file JOIN folder USING (folder_id)
     JOIN instance ON instance.instance_id = file.instance_id JOIN series USING (series_id)`,
  );
  for (const { path, series_instance_uid: uid } of places) {
    const home = homes.get(String(uid)) ?? new Set();
    homes.set(String(uid), home.add(String(path)));
  }
  return homes;
}

function readSeries(db: DatabaseSync): OurSeries[] {
  const imagesOf = prepareImages(db);
  const members = groupBy("series_stack_id", readRows(db, "SELECT * FROM stack_member"));
  const stacks = groupBy(
    "series_id",
    readRows(db, "SELECT * FROM series_stack ORDER BY series_id, stack_index"),
  );
  const series = readRows(
    db,
    `SELECT DISTINCT series.*, folder.path FROM series JOIN instance USING (series_id)
     JOIN file ON file.instance_id = instance.instance_id AND file.state = 'stored'
     JOIN folder USING (folder_id)`,
  );
  return series.map((row) => ({
    folder: String(row["path"]),
    uid: String(row["series_instance_uid"]),
    number: row["series_number"] as number | null,
    modality: row["modality"] as string | null,
    stacks: (stacks.get(row["series_id"] ?? null) ?? []).map((stack) =>
      describeStack(stack, members.get(stack["series_stack_id"] ?? null) ?? [], imagesOf),
    ),
  }));
}

/** What is read from the headers of the images of a member: of the file, its series and its frames. */
type ImagesOf = (member: Row) => readonly Row[];

function prepareImages(db: DatabaseSync): ImagesOf {
  const instances = groupBy(
    "instance_id",
    readRows(
      db,
      "SELECT series_values.*, instance.* FROM instance JOIN series_values USING (series_values_id)",
    ),
  );
  const settings = groupBy("frame_values_id", readRows(db, "SELECT * FROM frame_values"));
  const ranges = groupBy("instance_id", readRows(db, "SELECT * FROM frame_range"));
  const settingOf = (row: Row): Row => settings.get(row["frame_values_id"] ?? null)?.[0] ?? {};
  return ({ instance_id: id = null, frames }) => {
    const instance = instances.get(id)?.[0] ?? {};
    const own = ranges.get(id) ?? [instance];
    return own
      .filter((range) => overlaps(frames as string | null, range))
      .map((range) => ({ ...instance, ...settingOf(range) }));
  };
}

function describeStack(stack: Row, members: readonly Row[], imagesOf: ImagesOf): OurStack {
  const images = members.flatMap(imagesOf);
  // Members without frames that are one image each: what lies in their objects is not taken apart.
  const isWhole =
    stack["stack_n_frames"] === members.length && members.every(({ frames }) => frames === null);
  return {
    key: String(stack["stack_key"]),
    row: stack,
    images: isWhole
      ? images.reduce((count, image) => count + Number(image["number_of_frames"] ?? 1), 0)
      : Number(stack["stack_n_frames"]),
    values: (column) => {
      const values = new Set(images.map((image) => image[column] ?? null));
      return [...values].sort((a, b) => Number(String(a) > String(b)) || -1);
    },
  };
}

/** Whether a member's frames (null: all of them; else `1-3,7`) hold any of a range. */
function overlaps(frames: string | null, range: Row): boolean {
  if (frames === null) return true;
  const [first, last] = [range["first_frame"] as number, range["last_frame"] as number];
  return frames.split(",").some((part) => {
    const [from = "", to = from] = part.split("-");
    return Number(from) <= last && Number(to) >= first;
  });
}

function readUnstored(db: DatabaseSync, samples: string): UnstoredFile[] {
  const files = readRows(
    db,
    `SELECT folder.path, file.name FROM file JOIN folder USING (folder_id)
     WHERE file.state IN ('invalid', 'unreadable', 'duplicate', 'conflict') ORDER BY 1, 2`,
  );
  return files.map(({ path, name }) => describeUnstored(samples, String(path), String(name)));
}

function describeUnstored(samples: string, folder: string, name: string): UnstoredFile {
  const { columns } = inspectFile(join(samples, folder, name), name);
  const number = (column: string): number | null => {
    const value = columns.find((each) => each.column.name === column)?.value ?? null;
    return value === null ? null : Number(value);
  };
  return {
    folder,
    number: number("series_number"),
    rows: number("rows") ?? 0,
    columns: number("columns") ?? 0,
    images: number("number_of_frames") ?? 1,
  };
}

function groupBy(column: string, rows: readonly Row[]): Map<Cell, Row[]> {
  return Map.groupBy(rows, (row) => row[column] ?? null);
}
