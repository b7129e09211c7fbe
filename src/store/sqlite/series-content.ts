/** Loading what is present of a series, for settle and stack. */

import { compareUtf8 } from "#base/byte-order.ts";
import { joinPath } from "#base/path-text.ts";
import { coordinateColumns, seriesColumns, settingColumns } from "#store/columns.ts";
import type { JobKey } from "#store/job.ts";
import { type Cell, RowPacker } from "#store/packed-rows.ts";
import { loadedInstanceCells, type SeriesContent } from "#store/settlement.ts";
import type { Session } from "./session.ts";

/**
 * Dirty series of a cohort and their subject. CROSS JOIN has SQLite begin with the few that are dirty, in
 * the order of their partial index; left alone it begins with all subjects of the cohort, and sorts.
 */
export const fromDirtySeries = `FROM series
  CROSS JOIN study ON study.study_id = series.study_id
  CROSS JOIN subject ON subject.subject_id = study.subject_id
  WHERE series.dirty = 1`;

const selectDirty = `SELECT series_id ${fromDirtySeries} AND cohort_id = ? AND series_id > ? ORDER BY series_id LIMIT ?`;

/** Instances after which a page takes no further series: each costs about 1 KB while it is stacked. */
const instancesPerPage = 20_000;

export function loadDirtySeries(
  session: Session,
  job: JobKey,
  after: number,
  limit: number,
): SeriesContent[] {
  const page: SeriesContent[] = [];
  let instances = 0;
  for (const row of session.prepare(selectDirty).all(job.cohortId, after, limit)) {
    const content = loadOne(session, row["series_id"] as number);
    page.push(content);
    instances += content.instances.rows;
    if (instances >= instancesPerPage) break;
  }
  return page;
}

export function countDirtySeries(session: Session, job: JobKey): number {
  const row = session
    .prepare(`SELECT count(*) AS n ${fromDirtySeries} AND cohort_id = ?`)
    .get(job.cohortId);
  return row?.["n"] as number;
}

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");

const coordinates = coordinateColumns.map((column) => `instance."${column.name}"`).join(", ");

/** Leading cells that are no part of the packed instance. */
const extraCells = ["series_values_id", "folder_id", "name", "warnings"] as const;

const selectInstances = `
  SELECT instance.series_values_id, file.folder_id, file.name, file.warnings,
         instance.instance_id, sop_instance_uid, frame_values_id, number_of_frames, frame_count
         ${coordinates === "" ? "" : `, ${coordinates}`}
  FROM instance JOIN file ON file.instance_id = instance.instance_id AND file.state = 'stored'
  WHERE instance.series_id = ? ORDER BY sop_instance_uid`;

export function loadSeries(session: Session, seriesIds: readonly number[]): SeriesContent[] {
  return seriesIds.map((seriesId) => loadOne(session, seriesId));
}

function loadOne(session: Session, seriesId: number): SeriesContent {
  const series = session
    .prepare("SELECT series_instance_uid, settled_instances FROM series WHERE series_id = ?")
    .get(seriesId);
  const packer = new RowPacker(loadedInstanceCells.length + coordinateColumns.length);
  const weights = new Map<number, number>();
  const settingIds = new Set<number>();
  const warnings = new Map<string, { count: number; example: string }>();
  const folderPath = session.prepare("SELECT path FROM folder WHERE folder_id = ?");
  const statement = session.prepare(selectInstances);
  statement.setReturnArrays(true);
  for (const row of statement.iterate(seriesId) as Iterable<unknown> as Iterable<Cell[]>) {
    const tupleId = row[0] as number;
    weights.set(tupleId, (weights.get(tupleId) ?? 0) + 1);
    if (row[3] !== null) {
      const path = joinPath(folderPath.get(row[1] as number)?.["path"] as string, row[2] as string);
      for (const code of (row[3] as string).split(" ")) addWarning(warnings, code, path);
    }
    for (let cell = extraCells.length; cell < row.length; cell++) packer.add(row[cell] ?? null);
    const settingId = row[extraCells.length + 2];
    if (settingId !== null) settingIds.add(settingId as number);
  }
  const ranges = session
    .prepare(
      `SELECT frame_range.instance_id, first_frame, last_frame, frame_range.frame_values_id, coordinates
       FROM frame_range JOIN instance ON instance.instance_id = frame_range.instance_id
       JOIN file ON file.instance_id = instance.instance_id AND file.state = 'stored'
       WHERE instance.series_id = ? ORDER BY sop_instance_uid, first_frame`,
    )
    .all(seriesId)
    .map((row) => {
      settingIds.add(row["frame_values_id"] as number);
      return {
        instanceId: row["instance_id"] as number,
        first: row["first_frame"] as number,
        last: row["last_frame"] as number,
        frameValuesId: row["frame_values_id"] as number,
        coordinates: row["coordinates"] as string,
      };
    });
  return {
    seriesId,
    seriesInstanceUid: series?.["series_instance_uid"] as string,
    settledInstances: (series?.["settled_instances"] ?? null) as number | null,
    tuples: [...weights].map(([seriesValuesId, weight]) => ({
      seriesValuesId,
      values: tupleCells(session, "series_values", seriesValuesId),
      weight,
    })),
    settings: [...settingIds].map((frameValuesId) => ({
      frameValuesId,
      values: tupleCells(session, "frame_values", frameValuesId),
    })),
    instances: packer.finish(),
    ranges,
    warnings: [...warnings].map(([code, { count, example }]) => ({ code, count, example })),
    stackKeys: session
      .prepare("SELECT stack_key FROM series_stack WHERE series_id = ? ORDER BY stack_key")
      .all(seriesId)
      .map((row) => row["stack_key"] as string),
  };
}

function addWarning(
  warnings: Map<string, { count: number; example: string }>,
  code: string,
  path: string,
): void {
  const known = warnings.get(code);
  if (known === undefined) warnings.set(code, { count: 1, example: path });
  else {
    known.count += 1;
    if (compareUtf8(path, known.example) < 0) known.example = path;
  }
}

const tupleColumns = {
  series_values: quoted(seriesColumns.map((column) => column.name)),
  frame_values: quoted(settingColumns.map((column) => column.name)),
} as const;

export function tupleCells(
  session: Session,
  table: "series_values" | "frame_values",
  id: number,
): Cell[] {
  const statement = session.prepare(
    `SELECT ${tupleColumns[table]} FROM ${table} WHERE ${table}_id = ?`,
  );
  statement.setReturnArrays(true);
  return statement.get(id) as unknown as Cell[];
}
