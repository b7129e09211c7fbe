/** All that is told of a series and its stacks, from the database alone. */
import { stackInputColumns } from "#catalogue/catalogue.ts";
import { quoteWord } from "#cli/output/quote-word.ts";
import { readPages, type ViewRow } from "#cli/read-pages.ts";
import { stackingVersion } from "#stacks/stack-series.ts";
import { type Cohort, noStackingVersion } from "#store/cohort.ts";
import type { ViewName } from "#store/listing.ts";
import type { Store } from "#store/store.ts";
import { parseStored } from "#store/stored-value.ts";
import { findSeparations, type Separation } from "./series-separations.ts";
import {
  loadVariations,
  type ShownCompanion,
  type ShownDetails,
  type ShownVariation,
} from "./series-variations.ts";

export interface SeriesStory {
  readonly cohort: string;
  readonly series: ViewRow;
  /** Why only what is stored can be told; null where nothing keeps the whole from being told. */
  readonly notice: string | null;
  /** By index. */
  readonly stacks: readonly ViewRow[];
  readonly separations: readonly Separation[];
  /** Inputs that differ within stacks; null with a notice. */
  readonly variations: readonly ShownVariation[] | null;
  /** Inputs that differ between stacks only and that their keys do not show; null with a notice. */
  readonly companions: readonly ShownCompanion[] | null;
  /** What the rows of the stacks leave out, by index; null with a notice. */
  readonly details: readonly ShownDetails[] | null;
  /** Column → number of distinct values in the series' files, for those that differ and are read by no rule. */
  readonly unregarded: Readonly<Record<string, number>>;
  /** The same for all columns of the series that differ. */
  readonly varying: Readonly<Record<string, number>>;
}

/**
 * One story for each cohort, study and subject that has a series of the UID. `typedDatabase`: what a line to
 * be typed needs to mean the same database.
 */
export async function loadStories(
  store: Store,
  uid: string,
  cohortName: string | undefined,
  typedDatabase: string,
): Promise<SeriesStory[]> {
  const stories: SeriesStory[] = [];
  for (const cohort of await store.listCohorts()) {
    if (cohortName !== undefined && cohortName !== cohort.name) continue;
    const stacks = await readAll(store, "v_stacks", cohort.cohortId, uid);
    for (const series of await readAll(store, "v_series", cohort.cohortId, uid)) {
      const own = stacks
        .filter((stack) => isOf(stack, series))
        .sort((a, b) => Number(a["stack_index"]) - Number(b["stack_index"]));
      stories.push(await tellStory(store, cohort, series, own, typedDatabase));
    }
  }
  return stories;
}

async function tellStory(
  store: Store,
  cohort: Cohort,
  row: ViewRow,
  stacks: readonly ViewRow[],
  typedDatabase: string,
): Promise<SeriesStory> {
  const { varying: written, ...series } = row;
  const varying = readVarying(written);
  const outdated = describeRules(cohort, typedDatabase);
  const found =
    outdated === null
      ? await loadVariations(store, cohort, Number(row["series_id"]), stacks)
      : null;
  return {
    cohort: cohort.name,
    series: withoutKeys(series),
    notice: outdated ?? (found === null ? describeLag(cohort, typedDatabase) : null),
    stacks: stacks.map(withoutKeys),
    separations: findSeparations(stacks),
    variations: found?.variations ?? null,
    companions: found?.companions ?? null,
    details: found?.details ?? null,
    unregarded: Object.fromEntries(
      Object.entries(varying).filter(([name]) => !inputNames.has(name)),
    ),
    varying,
  };
}

const inputNames: ReadonlySet<string> = new Set(stackInputColumns.map(({ name }) => name));

const readVarying = (written: unknown): Record<string, number> =>
  typeof written === "string" ? parseStored(written) : {};

/** Why the stored stacks are not what the present rules would make; null where they should be. */
function describeRules(
  { name, stackingVersion: version }: Cohort,
  typedDatabase: string,
): string | null {
  if (version === null || version === stackingVersion) return null;
  const cause =
    version === noStackingVersion
      ? "before an option of the cohort was changed"
      : "by older rules than those of this program";
  return `These stacks were formed ${cause}; the next nils extract, or nils restack --cohort ${quoteWord(name)}${typedDatabase}, forms them anew. Until then only what is stored is told, and not what was passed over.`;
}

const describeLag = ({ name }: Cohort, typedDatabase: string): string =>
  `Files of this series came, went or changed since its stacks were formed, or a job is at work on it; nils extract --cohort ${quoteWord(name)}${typedDatabase} brings them up to date. Until then only what is stored is told, and not what was passed over.`;

/** A series UID may occur in two studies, and a study in two subjects. */
const isOf = (stack: ViewRow, series: ViewRow): boolean =>
  stack["study_instance_uid"] === series["study_instance_uid"] &&
  stack["subject_code"] === series["subject_code"];

/** Keys that mean nothing outside this database. */
const withoutKeys = (row: ViewRow): ViewRow =>
  Object.fromEntries(
    Object.entries(row).filter(
      ([name]) => !["series_id", "series_stack_id", "cohort_id", "cohort"].includes(name),
    ),
  );

async function readAll(
  store: Store,
  view: ViewName,
  cohortId: number,
  seriesInstanceUid: string,
): Promise<ViewRow[]> {
  const rows: ViewRow[] = [];
  const where = { series_instance_uid: seriesInstanceUid };
  for await (const page of readPages(store, { view, cohortId, where })) rows.push(...page);
  return rows;
}
