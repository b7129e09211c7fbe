/** Ids of subjects, studies, series and their shared tuples, made when first met. */
import { isIdentifier, seriesColumns, settingColumns } from "#store/columns.ts";
import type { Cell } from "#store/packed-rows.ts";
import type { SeriesPart, SettingPart } from "#store/unit-rows.ts";
import type { Session } from "./session.ts";

export interface SeriesKey {
  readonly seriesId: number;
  readonly seriesValuesId: number;
}

/** Tuples kept in memory. Files come series by series, so a few thousand hold all that is at work. */
const cacheSize = 5_000;

export class SeriesKeys {
  readonly #session: Session;
  readonly #series = new Map<string, SeriesKey>();
  readonly #settings = new Map<string, number>();

  constructor(session: Session) {
    this.#session = session;
    session.onRollback(() => {
      this.#series.clear();
      this.#settings.clear();
    });
  }

  ofSeries(cohortId: number, part: SeriesPart): SeriesKey {
    const cacheKey = `${cohortId}/${part.hash}`;
    const cached = this.#series.get(cacheKey);
    if (cached !== undefined) return cached;
    const subjectId = this.#subject(cohortId, part);
    const studyId = this.#child("study", "subject_id", subjectId, part.studyInstanceUid);
    const seriesId = this.#child("series", "study_id", studyId, part.seriesInstanceUid);
    const seriesValuesId = this.#tuple(seriesId, subjectId, cohortId, part);
    const key = { seriesId, seriesValuesId };
    if (this.#series.size >= cacheSize) this.#series.clear();
    this.#series.set(cacheKey, key);
    return key;
  }

  ofSetting(seriesId: number, part: SettingPart): number {
    const cacheKey = `${seriesId}/${part.hash}`;
    const cached = this.#settings.get(cacheKey);
    if (cached !== undefined) return cached;
    const hash = Buffer.from(part.hash, "hex");
    const row = this.#session
      .prepare("SELECT frame_values_id FROM frame_values WHERE series_id = ? AND hash = ?")
      .get(seriesId, hash);
    const id =
      row === undefined
        ? Number(
            this.#session.prepare(insertSetting).run(seriesId, hash, ...part.values, part.rawValues)
              .lastInsertRowid,
          )
        : (row["frame_values_id"] as number);
    if (this.#settings.size >= cacheSize) this.#settings.clear();
    this.#settings.set(cacheKey, id);
    return id;
  }

  #subject(cohortId: number, part: SeriesPart): number {
    const row = this.#session
      .prepare(
        "SELECT subject_id FROM subject_identifier WHERE type = 'identity' AND cohort_id = ? AND issuer = ? AND value = ?",
      )
      .get(cohortId, part.identityKind, part.identity);
    if (row !== undefined) return row["subject_id"] as number;
    const made = this.#session
      .prepare("INSERT INTO subject (cohort_id, identity_kind, subject_code) VALUES (?, ?, ?)")
      .run(cohortId, part.identityKind, part.subjectCode);
    const subjectId = Number(made.lastInsertRowid);
    this.#identifier(subjectId, cohortId, "identity", part.identityKind, part.identity);
    return subjectId;
  }

  #child(table: "study" | "series", parent: string, parentId: number, uid: string): number {
    const column = `${table}_instance_uid`;
    const row = this.#session
      .prepare(`SELECT ${table}_id AS id FROM ${table} WHERE ${parent} = ? AND ${column} = ?`)
      .get(parentId, uid);
    if (row !== undefined) return row["id"] as number;
    const made = this.#session
      .prepare(`INSERT INTO ${table} (${parent}, ${column}) VALUES (?, ?)`)
      .run(parentId, uid);
    return Number(made.lastInsertRowid);
  }

  #tuple(seriesId: number, subjectId: number, cohortId: number, part: SeriesPart): number {
    const hash = Buffer.from(part.hash, "hex");
    const row = this.#session
      .prepare("SELECT series_values_id FROM series_values WHERE series_id = ? AND hash = ?")
      .get(seriesId, hash);
    if (row !== undefined) return row["series_values_id"] as number;
    const issuer = part.values[issuerAt] ?? "";
    const cells: Cell[] = part.values.map((value, index) => {
      const column = seriesColumns[index];
      if (value === null || column === undefined || !isIdentifier(column)) return value;
      const itsIssuer = column.name === "patient_id" ? String(issuer) : "";
      return this.#identifier(subjectId, cohortId, column.name, itsIssuer, String(value));
    });
    const made = this.#session.prepare(insertTuple).run(seriesId, hash, ...cells, part.rawValues);
    return Number(made.lastInsertRowid);
  }

  #identifier(
    subjectId: number,
    cohortId: number,
    type: string,
    issuer: string,
    value: string,
  ): number {
    const row = this.#session
      .prepare(
        "SELECT subject_identifier_id FROM subject_identifier WHERE subject_id = ? AND type = ? AND issuer = ? AND value = ?",
      )
      .get(subjectId, type, issuer, value);
    if (row !== undefined) return row["subject_identifier_id"] as number;
    const made = this.#session
      .prepare(
        "INSERT INTO subject_identifier (subject_id, cohort_id, type, issuer, value) VALUES (?, ?, ?, ?, ?)",
      )
      .run(subjectId, cohortId, type, issuer, value);
    return Number(made.lastInsertRowid);
  }
}

const issuerAt = seriesColumns.findIndex((column) => column.name === "patient_id_issuer");

const insertInto = (table: string, names: readonly string[]): string =>
  `INSERT INTO ${table} (series_id, hash, ${names.map((name) => `"${name}"`).join(", ")}, raw_values)
   VALUES (?, ?, ${names.map(() => "?").join(", ")}, ?)`;

const insertTuple = insertInto(
  "series_values",
  seriesColumns.map((column) => column.name),
);
const insertSetting = insertInto(
  "frame_values",
  settingColumns.map((column) => column.name),
);
