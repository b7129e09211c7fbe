/**
 * The tables, as the first migration makes them. Columns that describe DICOM come from the catalogue; the
 * rest is the ledger, the hierarchy and the jobs. docs/architecture.md tells what each table is for.
 */
import type { Column } from "#catalogue/column.ts";
import {
  instanceColumns,
  seriesColumns,
  settingColumns,
  shownColumns,
  sqlType,
} from "#store/columns.ts";

/** `name TYPE` of each column, in catalogue order. */
const declare = (list: readonly Column[]): string =>
  list.map((column) => `  "${column.name}" ${sqlType(column)},\n`).join("");

/** Tables whose catalogue columns are added when a newer catalogue has more. */
export const catalogueTables: Readonly<Record<string, readonly Column[]>> = {
  subject: shownColumns("subject"),
  study: shownColumns("study"),
  series: shownColumns("series"),
  mri_series_details: shownColumns("mri_series_details"),
  ct_series_details: shownColumns("ct_series_details"),
  pet_series_details: shownColumns("pet_series_details"),
  series_stack: shownColumns("series_stack"),
  series_values: seriesColumns,
  frame_values: settingColumns,
  instance: instanceColumns,
};

const details = (table: string): string => `
CREATE TABLE ${table} (
${declare(catalogueTables[table] ?? [])}  series_id INTEGER PRIMARY KEY REFERENCES series
) STRICT;`;

/**
 * Statements of the first migration. AUTOINCREMENT: the id of a stack that is gone is never another one's, as
 * other people's tables refer to stacks by it.
 */
export const firstSchema = `
CREATE TABLE cohort (
  cohort_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  source_path TEXT NOT NULL,
  settings TEXT NOT NULL,
  state TEXT NOT NULL,
  epoch INTEGER NOT NULL DEFAULT 0,
  stacking_version INTEGER,
  created_at TEXT NOT NULL
) STRICT;
CREATE TABLE cohort_subject_code (
  cohort_id INTEGER NOT NULL REFERENCES cohort,
  patient_id TEXT NOT NULL,
  subject_code TEXT NOT NULL,
  PRIMARY KEY (cohort_id, patient_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE job (
  job_id INTEGER PRIMARY KEY,
  cohort_id INTEGER NOT NULL REFERENCES cohort,
  epoch INTEGER NOT NULL,
  state TEXT NOT NULL,
  request TEXT NOT NULL DEFAULT 'none',
  phase TEXT,
  counts TEXT NOT NULL,
  settings TEXT NOT NULL,
  versions TEXT NOT NULL,
  host TEXT NOT NULL,
  pid INTEGER NOT NULL,
  process_start TEXT NOT NULL,
  started_at TEXT NOT NULL,
  heartbeat_at TEXT NOT NULL,
  ended_at TEXT,
  exit_status INTEGER,
  message TEXT,
  continues INTEGER
) STRICT;
CREATE INDEX job_cohort ON job (cohort_id, state);
CREATE TABLE job_event (
  job_event_id INTEGER PRIMARY KEY,
  job_id INTEGER NOT NULL REFERENCES job,
  code TEXT NOT NULL,
  series_id INTEGER,
  count INTEGER,
  detail TEXT
) STRICT;
CREATE INDEX job_event_job ON job_event (job_id, series_id);
CREATE TABLE counter (
  cohort_id INTEGER NOT NULL REFERENCES cohort,
  job_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (cohort_id, job_id, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE subject_folder (
  subject_folder_id INTEGER PRIMARY KEY,
  cohort_id INTEGER NOT NULL REFERENCES cohort,
  path TEXT NOT NULL,
  state TEXT NOT NULL,
  subjects INTEGER NOT NULL DEFAULT 0,
  files INTEGER NOT NULL DEFAULT 0,
  series INTEGER NOT NULL DEFAULT 0,
  dirty INTEGER NOT NULL DEFAULT 1,
  UNIQUE (cohort_id, path)
) STRICT;
CREATE TABLE folder (
  folder_id INTEGER PRIMARY KEY,
  cohort_id INTEGER NOT NULL REFERENCES cohort,
  parent_id INTEGER REFERENCES folder,
  path TEXT NOT NULL,
  subject_folder_id INTEGER REFERENCES subject_folder,
  state TEXT NOT NULL,
  code TEXT,
  detail TEXT,
  entries INTEGER NOT NULL DEFAULT 0,
  seen_job INTEGER,
  UNIQUE (cohort_id, path)
) STRICT;
CREATE INDEX folder_parent ON folder (parent_id);
CREATE INDEX folder_unreadable ON folder (cohort_id) WHERE state = 'unreadable';
CREATE INDEX folder_subject_folder ON folder (subject_folder_id);
CREATE TABLE subject (
  subject_id INTEGER PRIMARY KEY,
  cohort_id INTEGER NOT NULL REFERENCES cohort,
  identity_kind TEXT NOT NULL,
  subject_code TEXT NOT NULL,
${declare(catalogueTables["subject"] ?? [])}  varying TEXT,
  dirty INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX subject_cohort ON subject (cohort_id, subject_code);
CREATE INDEX subject_dirty ON subject (subject_id) WHERE dirty = 1;
CREATE TABLE subject_identifier (
  subject_identifier_id INTEGER PRIMARY KEY,
  subject_id INTEGER NOT NULL REFERENCES subject,
  cohort_id INTEGER NOT NULL REFERENCES cohort,
  type TEXT NOT NULL,
  issuer TEXT NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (subject_id, type, issuer, value)
) STRICT;
CREATE UNIQUE INDEX subject_identity ON subject_identifier (cohort_id, issuer, value) WHERE type = 'identity';
CREATE TABLE study (
  study_id INTEGER PRIMARY KEY,
  subject_id INTEGER NOT NULL REFERENCES subject,
  study_instance_uid TEXT NOT NULL,
${declare(catalogueTables["study"] ?? [])}  varying TEXT,
  dirty INTEGER NOT NULL DEFAULT 1,
  UNIQUE (subject_id, study_instance_uid)
) STRICT;
CREATE INDEX study_dirty ON study (study_id) WHERE dirty = 1;
CREATE INDEX study_uid ON study (study_instance_uid);
CREATE TABLE series (
  series_id INTEGER PRIMARY KEY,
  study_id INTEGER NOT NULL REFERENCES study,
  series_instance_uid TEXT NOT NULL,
${declare(catalogueTables["series"] ?? [])}  varying TEXT,
  instances INTEGER NOT NULL DEFAULT 0,
  frames INTEGER NOT NULL DEFAULT 0,
  stacks INTEGER NOT NULL DEFAULT 0,
  settled_instances INTEGER,
  dirty INTEGER NOT NULL DEFAULT 1,
  UNIQUE (study_id, series_instance_uid)
) STRICT;
CREATE INDEX series_dirty ON series (series_id) WHERE dirty = 1;
CREATE INDEX series_uid ON series (series_instance_uid);
${details("mri_series_details")}
${details("ct_series_details")}
${details("pet_series_details")}
CREATE TABLE series_values (
  series_values_id INTEGER PRIMARY KEY,
  series_id INTEGER NOT NULL REFERENCES series,
  hash BLOB NOT NULL,
${declare(catalogueTables["series_values"] ?? [])}  raw_values TEXT,
  instances INTEGER NOT NULL DEFAULT 0,
  UNIQUE (series_id, hash)
) STRICT;
CREATE TABLE frame_values (
  frame_values_id INTEGER PRIMARY KEY,
  series_id INTEGER NOT NULL REFERENCES series,
  hash BLOB NOT NULL,
${declare(catalogueTables["frame_values"] ?? [])}  raw_values TEXT,
  UNIQUE (series_id, hash)
) STRICT;
CREATE TABLE instance (
  instance_id INTEGER PRIMARY KEY,
  series_id INTEGER NOT NULL REFERENCES series,
  sop_instance_uid TEXT NOT NULL,
  series_values_id INTEGER NOT NULL REFERENCES series_values,
  frame_values_id INTEGER REFERENCES frame_values,
${declare(catalogueTables["instance"] ?? [])}  raw_values TEXT,
  frame_count INTEGER NOT NULL,
  UNIQUE (series_id, sop_instance_uid)
) STRICT;
CREATE TABLE frame_range (
  instance_id INTEGER NOT NULL REFERENCES instance,
  first_frame INTEGER NOT NULL,
  last_frame INTEGER NOT NULL,
  frame_values_id INTEGER NOT NULL REFERENCES frame_values,
  coordinates TEXT NOT NULL,
  PRIMARY KEY (instance_id, first_frame)
) STRICT, WITHOUT ROWID;
CREATE TABLE file (
  file_id INTEGER PRIMARY KEY,
  folder_id INTEGER NOT NULL REFERENCES folder,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  mtime INTEGER NOT NULL,
  ctime INTEGER NOT NULL,
  state TEXT NOT NULL,
  code TEXT,
  warnings TEXT,
  detail TEXT,
  recheck INTEGER NOT NULL DEFAULT 0,
  reader_version INTEGER NOT NULL,
  instance_id INTEGER REFERENCES instance,
  digests TEXT,
  UNIQUE (folder_id, name)
) STRICT;
CREATE INDEX file_instance ON file (instance_id) WHERE instance_id IS NOT NULL;
CREATE INDEX file_link ON file (folder_id) WHERE code = 'same-file';
CREATE INDEX file_recheck ON file (folder_id) WHERE recheck = 1;
CREATE INDEX file_refused ON file (state, code) WHERE state IN ('unreadable', 'invalid', 'changed', 'conflict');
CREATE TABLE missing_note (
  job_id INTEGER NOT NULL,
  file_id INTEGER NOT NULL,
  PRIMARY KEY (job_id, file_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE series_stack (
  series_stack_id INTEGER PRIMARY KEY AUTOINCREMENT,
  series_id INTEGER NOT NULL REFERENCES series,
  stack_key TEXT NOT NULL,
${declare((catalogueTables["series_stack"] ?? []).filter((column) => column.name !== "stack_key"))}  representative_instance_id INTEGER NOT NULL REFERENCES instance,
  representative_frame INTEGER NOT NULL,
  UNIQUE (series_id, stack_key)
) STRICT;
CREATE INDEX series_stack_representative ON series_stack (representative_instance_id);
CREATE TABLE stack_member (
  series_stack_id INTEGER NOT NULL REFERENCES series_stack,
  instance_id INTEGER NOT NULL REFERENCES instance,
  frames TEXT,
  PRIMARY KEY (series_stack_id, instance_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE stack_history (
  stack_history_id INTEGER PRIMARY KEY,
  series_stack_id INTEGER NOT NULL,
  series_id INTEGER NOT NULL REFERENCES series,
  old_key TEXT NOT NULL,
  new_key TEXT,
  job_id INTEGER NOT NULL
) STRICT;
CREATE INDEX stack_history_series ON stack_history (series_id);
CREATE TABLE header (
  instance_id INTEGER PRIMARY KEY REFERENCES instance,
  encoding TEXT NOT NULL,
  content BLOB NOT NULL
) STRICT;
CREATE TABLE problem (
  problem_id INTEGER PRIMARY KEY,
  cohort_id INTEGER NOT NULL REFERENCES cohort,
  code TEXT NOT NULL,
  about TEXT NOT NULL,
  about_id INTEGER NOT NULL,
  column_name TEXT NOT NULL,
  count INTEGER NOT NULL,
  example TEXT NOT NULL,
  state TEXT NOT NULL,
  UNIQUE (cohort_id, code, about, about_id, column_name)
) STRICT;
CREATE INDEX problem_open ON problem (about, about_id) WHERE state = 'open';
CREATE TABLE instance_uid_hash (
  hash INTEGER NOT NULL,
  instance_id INTEGER NOT NULL,
  PRIMARY KEY (hash, instance_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE instance_uid_clash (
  cohort_id INTEGER NOT NULL REFERENCES cohort,
  hash INTEGER NOT NULL,
  PRIMARY KEY (cohort_id, hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE instance_uid_mark (
  instance_id INTEGER NOT NULL
) STRICT;
INSERT INTO instance_uid_mark VALUES (0);
CREATE TABLE audit (
  audit_id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  action TEXT NOT NULL,
  cohort_id INTEGER,
  detail TEXT NOT NULL
) STRICT;
`;

/**
 * Headers are packed with a base that those of a series share (docs/decisions/0015-headers-share-a-base.md). Those
 * of the form before are left out; the next job keeps them anew. No release wrote that form, but databases of the
 * time before the first one have it, and some the table already.
 */
export const headerBaseSchema = `
CREATE TABLE IF NOT EXISTS header_base (
  series_id INTEGER PRIMARY KEY REFERENCES series,
  instance_id INTEGER NOT NULL REFERENCES instance,
  content BLOB NOT NULL
) STRICT, WITHOUT ROWID;
DELETE FROM header WHERE encoding = 'json-1';`;

/**
 * Ledger states that are worth a look. As one term of ORs: SQLite makes a table of its own of an IN list in the
 * condition of a partial index, for each row that is inserted (1.0 of 2.7 µs, measured).
 */
export const isRefused = ["unreadable", "invalid", "changed", "conflict"]
  .map((state) => `state = '${state}'`)
  .join(" OR ");

export const refusedIndexSchema = `
DROP INDEX file_refused;
CREATE INDEX file_refused ON file (state, code) WHERE ${isRefused};`;
