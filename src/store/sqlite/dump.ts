/**
 * The content of a cohort as lines, by natural keys: two databases with the same content give the same
 * lines. Surrogate ids, jobs, clocks, sizes and times of files are left out. Holds identifiers.
 */
import { createHash } from "node:crypto";
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import { joinPath } from "#base/path-text.ts";
import { detailsTables } from "#catalogue/details-tables.ts";
import type { CohortSettings } from "#store/cohort.ts";
import {
  instanceColumns,
  isIdentifier,
  seriesColumns,
  settingColumns,
  shownColumns,
} from "#store/columns.ts";
import { HeaderUnpacker } from "#store/packed-headers.ts";
import { parseStored } from "#store/stored-value.ts";
import { translateError } from "./database-errors.ts";
import { Session } from "./session.ts";

type Row = Record<string, SQLOutputValue>;

const list = (columns: readonly { name: string }[], table: string): string =>
  columns.map((column) => `, ${table}."${column.name}"`).join("");

/** Columns with identifiers resolved to their text. */
const resolved = (columns: readonly (typeof seriesColumns)[number][], table: string): string =>
  columns
    .map((column) =>
      isIdentifier(column)
        ? `, (SELECT value FROM subject_identifier WHERE subject_identifier_id = ${table}."${column.name}") AS "${column.name}"`
        : `, ${table}."${column.name}"`,
    )
    .join("");

const present =
  "EXISTS (SELECT 1 FROM file WHERE file.instance_id = instance.instance_id AND file.state = 'stored')";

/** Keys of the hierarchy down to a series, and the tables they come from. */
const seriesKeys =
  "identity.issuer AS kind, identity.value AS identity, study_instance_uid, series_instance_uid";
const fromSeries = `series JOIN study USING (study_id) JOIN subject USING (subject_id)
  JOIN subject_identifier AS identity ON identity.subject_id = subject.subject_id AND identity.type = 'identity'`;
const seriesOrder = "identity.issuer, identity.value, study_instance_uid, series_instance_uid";

interface Section {
  readonly name: string;
  readonly sql: string;
  readonly line?: (row: Row, settings: CohortSettings, unpacker: HeaderUnpacker) => Row;
}

const sections: readonly Section[] = [
  {
    name: "folder",
    sql: "SELECT path, state, code FROM folder WHERE cohort_id = :cohort AND state <> 'gone' ORDER BY path",
  },
  {
    name: "file",
    sql: `SELECT folder.path AS folder, name, file.state, file.code, file.warnings FROM file JOIN folder USING (folder_id)
      WHERE cohort_id = :cohort AND file.state <> 'missing' ORDER BY folder.path, name`,
    line: ({ folder, name, ...rest }) => ({
      path: joinPath(String(folder), String(name)),
      ...rest,
    }),
  },
  {
    name: "subject",
    sql: `SELECT identity.issuer AS kind, identity.value AS identity, subject_code${list(shownColumns("subject"), "subject")}, subject.varying
      FROM subject JOIN subject_identifier AS identity ON identity.subject_id = subject.subject_id AND identity.type = 'identity'
      WHERE subject.cohort_id = :cohort AND EXISTS (SELECT 1 FROM study JOIN series USING (study_id) WHERE study.subject_id = subject.subject_id AND instances > 0)
      ORDER BY identity.issuer, identity.value`,
    line: ({ subject_code, ...rest }, settings) =>
      settings.hasGivenCodes ? { subject_code: subject_code ?? null, ...rest } : rest,
  },
  {
    name: "identifier",
    sql: `SELECT DISTINCT identity.issuer AS kind, identity.value AS identity, known.type, known.issuer, known.value
      FROM subject_identifier AS known
      JOIN subject_identifier AS identity ON identity.subject_id = known.subject_id AND identity.type = 'identity'
      WHERE known.cohort_id = :cohort AND known.type <> 'identity' AND EXISTS (
        SELECT 1 FROM study JOIN series USING (study_id) JOIN series_values USING (series_id)
        WHERE study.subject_id = known.subject_id AND series_values.instances > 0
          AND known.subject_identifier_id IN (${seriesColumns
            .filter(isIdentifier)
            .map((column) => `series_values."${column.name}"`)
            .join(", ")}))
      ORDER BY 1, 2, 3, 4, 5`,
  },
  {
    name: "study",
    sql: `SELECT identity.issuer AS kind, identity.value AS identity, study_instance_uid${resolved(shownColumns("study"), "study")}, study.varying
      FROM study JOIN subject USING (subject_id)
      JOIN subject_identifier AS identity ON identity.subject_id = subject.subject_id AND identity.type = 'identity'
      WHERE subject.cohort_id = :cohort AND EXISTS (SELECT 1 FROM series WHERE series.study_id = study.study_id AND instances > 0)
      ORDER BY identity.issuer, identity.value, study_instance_uid`,
  },
  {
    name: "series",
    sql: `SELECT ${seriesKeys}${list(shownColumns("series"), "series")}, series.varying, instances, frames, stacks
      FROM ${fromSeries} WHERE subject.cohort_id = :cohort AND instances > 0 ORDER BY ${seriesOrder}`,
  },
  ...detailsTables.map((table) => ({
    name: table,
    sql: `SELECT ${seriesKeys}${list(shownColumns(table), table)} FROM ${fromSeries} JOIN ${table} USING (series_id)
      WHERE subject.cohort_id = :cohort AND instances > 0 ORDER BY ${seriesOrder}`,
  })),
  {
    name: "series_values",
    sql: `SELECT ${seriesKeys}, hex(hash) AS hash${resolved(seriesColumns, "series_values")}, raw_values, series_values.instances
      FROM ${fromSeries} JOIN series_values USING (series_id)
      WHERE subject.cohort_id = :cohort AND series_values.instances > 0 ORDER BY ${seriesOrder}, hash`,
  },
  {
    name: "frame_values",
    sql: `SELECT ${seriesKeys}, hex(hash) AS hash${list(settingColumns, "frame_values")}, raw_values
      FROM ${fromSeries} JOIN frame_values USING (series_id)
      WHERE subject.cohort_id = :cohort AND (
        EXISTS (SELECT 1 FROM instance WHERE instance.series_id = series.series_id AND instance.frame_values_id = frame_values.frame_values_id AND ${present})
        OR EXISTS (SELECT 1 FROM instance JOIN frame_range USING (instance_id) WHERE instance.series_id = series.series_id AND frame_range.frame_values_id = frame_values.frame_values_id AND ${present}))
      ORDER BY ${seriesOrder}, hash`,
  },
  {
    name: "instance",
    sql: `SELECT ${seriesKeys}, sop_instance_uid, hex(series_values.hash) AS series_values, hex(frame_values.hash) AS frame_values${list(instanceColumns, "instance")}, instance.raw_values
      FROM ${fromSeries} JOIN instance USING (series_id) JOIN series_values USING (series_values_id)
      LEFT JOIN frame_values USING (frame_values_id)
      WHERE subject.cohort_id = :cohort AND ${present} ORDER BY ${seriesOrder}, sop_instance_uid`,
  },
  {
    name: "frame_range",
    sql: `SELECT ${seriesKeys}, sop_instance_uid, first_frame, last_frame, hex(frame_values.hash) AS frame_values, coordinates
      FROM ${fromSeries} JOIN instance USING (series_id) JOIN frame_range USING (instance_id)
      JOIN frame_values ON frame_values.frame_values_id = frame_range.frame_values_id
      WHERE subject.cohort_id = :cohort AND ${present} ORDER BY ${seriesOrder}, sop_instance_uid, first_frame`,
  },
  {
    name: "stack",
    sql: `SELECT ${seriesKeys}, stack_key${list(
      shownColumns("series_stack").filter((column) => column.name !== "stack_key"),
      "series_stack",
    )}, instance.sop_instance_uid AS representative, representative_frame
      FROM ${fromSeries} JOIN series_stack USING (series_id)
      JOIN instance ON instance.instance_id = representative_instance_id
      WHERE subject.cohort_id = :cohort ORDER BY ${seriesOrder}, stack_key`,
  },
  {
    name: "member",
    sql: `SELECT ${seriesKeys}, stack_key, sop_instance_uid, stack_member.frames
      FROM ${fromSeries} JOIN series_stack USING (series_id) JOIN stack_member USING (series_stack_id)
      JOIN instance ON instance.instance_id = stack_member.instance_id
      WHERE subject.cohort_id = :cohort ORDER BY ${seriesOrder}, stack_key, sop_instance_uid`,
  },
  {
    name: "header",
    sql: `SELECT ${seriesKeys}, sop_instance_uid, encoding, header.content AS content, header_base.content AS base
      FROM ${fromSeries} JOIN instance USING (series_id) JOIN header USING (instance_id) JOIN header_base USING (series_id)
      WHERE subject.cohort_id = :cohort AND ${present} ORDER BY ${seriesOrder}, sop_instance_uid`,
    // Of the header itself: how it is packed depends on what was written first.
    line: ({ content, base, ...rest }, _, unpacker) => ({
      ...rest,
      sha256: createHash("sha256")
        .update(unpacker.unpack(content as Uint8Array, base as Uint8Array))
        .digest("hex"),
    }),
  },
  {
    name: "problem",
    sql: `SELECT code, about, column_name, count, example,
        CASE about
          WHEN 'series' THEN (SELECT identity.issuer || ' ' || identity.value || ' ' || study_instance_uid || ' ' || series_instance_uid FROM ${fromSeries} WHERE series_id = about_id)
          WHEN 'study' THEN (SELECT study_instance_uid FROM study WHERE study_id = about_id)
          WHEN 'subject' THEN (SELECT issuer || ' ' || value FROM subject_identifier WHERE subject_id = about_id AND type = 'identity')
        END AS thing
      FROM problem WHERE cohort_id = :cohort AND state = 'open'`,
  },
];

/** The lines as of one moment, whatever is written meanwhile: read by a connection of their own. */
export function* dumpSnapshot(session: Session, cohortId: number): Generator<string> {
  const db = new DatabaseSync(session.path, { readOnly: true });
  const snapshot = new Session(db, session.path);
  try {
    db.exec("PRAGMA temp_store = MEMORY; BEGIN");
    yield* dumpLines(snapshot, cohortId);
  } catch (error) {
    throw translateError(error, session.path);
  } finally {
    snapshot.close();
  }
}

function* dumpLines(session: Session, cohortId: number): Generator<string> {
  const row = session.prepare("SELECT settings FROM cohort WHERE cohort_id = ?").get(cohortId);
  const settings = parseStored<CohortSettings>(row?.["settings"]);
  const { subjectSeed, ...shown } = settings;
  yield line("settings", settings.hasGivenCodes ? { ...shown, subjectSeed } : shown);
  const unpacker = new HeaderUnpacker();
  for (const section of sections) {
    const statement = session.db.prepare(section.sql);
    if (section.name === "problem") {
      const lines = statement.all({ cohort: cohortId }).map((each) => line(section.name, each));
      yield* lines.sort();
      continue;
    }
    for (const each of statement.iterate({ cohort: cohortId })) {
      yield line(section.name, section.line?.(each, settings, unpacker) ?? each);
    }
  }
}

/** `section<TAB>JSON` with the values that are there. */
function line(section: string, row: object): string {
  const known = Object.entries(row).filter(([, value]) => value !== null);
  return `${section}\t${JSON.stringify(Object.fromEntries(known))}`;
}
