/** How each table and view is read: its keys, its cohort, and where its identifiers are. */
import type { Column } from "#catalogue/column.ts";
import { isIdentifier, seriesColumns } from "#store/columns.ts";
import type { RowSource } from "#store/row-reading.ts";

export interface RowSourceDefinition {
  /** Key columns, in whose order rows are read. */
  readonly keys: readonly [string, ...string[]];
  /** Condition on `t`, the table or view, that a row is the cohort's. A scalar, which no planner turns into a join. */
  readonly inCohort: string;
  /** Of a view: the table that its first key is of. */
  readonly base: string | null;
  /** Columns that are the program's own affair. */
  readonly hidden: ReadonlySet<string>;
  /** Identifiers that the view itself leaves out: column name and the expression of its text. */
  readonly identifiers: ReadonlyMap<string, string>;
}

const own = "t.cohort_id = :cohort";
const throughSubject = (key: string): string =>
  `(SELECT cohort_id FROM subject WHERE subject.subject_id = ${key}) = :cohort`;
const throughStudy = (key: string): string =>
  `(SELECT cohort_id FROM study JOIN subject USING (subject_id) WHERE study.study_id = ${key}) = :cohort`;
const throughSeries = (key: string): string =>
  `(SELECT cohort_id FROM series JOIN study USING (study_id) JOIN subject USING (subject_id) WHERE series.series_id = ${key}) = :cohort`;
const ofSeries = throughSeries("t.series_id");
const ofInstance = throughSeries(
  "(SELECT series_id FROM instance WHERE instance.instance_id = t.instance_id)",
);

/** Marks of unfinished work, digests that stand for a tuple, and references that nothing outside can follow. */
const internal: ReadonlySet<string> = new Set([
  "cohort_id",
  "dirty",
  "hash",
  "recheck",
  "reader_version",
  "seen_job",
  "settled_instances",
]);

const table = (keys: RowSourceDefinition["keys"], inCohort: string): RowSourceDefinition => ({
  keys,
  inCohort,
  base: null,
  hidden: internal,
  identifiers: new Map(),
});

/** Identifying columns that files have, each resolved to the distinct texts of the present tuples that `where` selects. */
function identifiersWhere(where: string): ReadonlyMap<string, string> {
  return new Map(
    seriesColumns.filter(isIdentifier).map((column) => [
      column.name,
      `(SELECT group_concat(value, '\\') FROM (SELECT DISTINCT known.value FROM series_values JOIN subject_identifier AS known
        ON known.subject_identifier_id = series_values."${column.name}"
        WHERE series_values.instances > 0 AND ${where} ORDER BY 1))`,
    ]),
  );
}

const view = (
  base: string,
  key: string,
  identifiers: ReadonlyMap<string, string> = new Map(),
): RowSourceDefinition => ({
  keys: [key],
  // The sign keeps the planner from beginning with the cohort, which would sort all rows for each page.
  inCohort: "+t.cohort_id = :cohort",
  base,
  // A view is for people and other programs: its keys are the natural ones.
  hidden: new Set([key, "cohort_id"]),
  identifiers,
});

export const rowSourceDefinitions: Readonly<Record<RowSource, RowSourceDefinition>> = {
  v_subjects: view(
    "subject",
    "subject_id",
    identifiersWhere(
      "series_values.series_id IN (SELECT series_id FROM study JOIN series USING (study_id) WHERE study.subject_id = t.subject_id)",
    ),
  ),
  v_studies: view(
    "study",
    "study_id",
    identifiersWhere(
      "series_values.series_id IN (SELECT series_id FROM series WHERE series.study_id = t.study_id)",
    ),
  ),
  v_series: view("series", "series_id", identifiersWhere("series_values.series_id = t.series_id")),
  v_stacks: view(
    "series_stack",
    "series_stack_id",
    identifiersWhere(
      "series_values.series_id = (SELECT series_id FROM series_stack WHERE series_stack.series_stack_id = t.series_stack_id)",
    ),
  ),
  v_instances: view(
    "instance",
    "instance_id",
    identifiersWhere(
      "series_values.series_values_id = (SELECT series_values_id FROM instance WHERE instance.instance_id = t.instance_id)",
    ),
  ),
  v_files: view("file", "file_id"),
  v_problems: view("problem", "problem_id"),
  v_resume: view("subject_folder", "subject_folder_id"),
  subject: table(["subject_id"], own),
  subject_identifier: table(["subject_identifier_id"], own),
  study: table(["study_id"], throughSubject("t.subject_id")),
  series: table(["series_id"], throughStudy("t.study_id")),
  mri_series_details: table(["series_id"], ofSeries),
  ct_series_details: table(["series_id"], ofSeries),
  pet_series_details: table(["series_id"], ofSeries),
  series_values: table(["series_values_id"], ofSeries),
  instance: table(["instance_id"], ofSeries),
  frame_values: table(["frame_values_id"], ofSeries),
  frame_range: table(["instance_id", "first_frame"], ofInstance),
  series_stack: table(["series_stack_id"], ofSeries),
  stack_member: table(["series_stack_id", "instance_id"], ofInstance),
  stack_history: table(["stack_history_id"], ofSeries),
  folder: table(["folder_id"], own),
  subject_folder: table(["subject_folder_id"], own),
  file: table(
    ["file_id"],
    "(SELECT cohort_id FROM folder WHERE folder.folder_id = t.folder_id) = :cohort",
  ),
  problem: table(["problem_id"], own),
};

/** Columns of tables that hold a reference to `subject_identifier`. */
export function findReference(columns: readonly Column[], name: string): Column | undefined {
  return columns.find((column) => column.name === name && isIdentifier(column));
}

/** Columns of `subject_identifier` that are themselves what a person is named by. */
export const identifierTexts: ReadonlySet<string> = new Set(["issuer", "value"]);
