/** What a UID is that no series has: in another cohort, an instance, a study, or the beginning of a UID. */
import { UserError } from "#base/user-error.ts";
import { plural } from "#cli/output/plural.ts";
import { quoteWord } from "#cli/output/quote-word.ts";
import { readPages } from "#cli/read-pages.ts";
import type { Cohort } from "#store/cohort.ts";
import type { Store } from "#store/store.ts";

/** Series that are named where a UID is that of a study, or the beginning of several. */
const MOST_NAMED = 5;

/** A series that may have been meant. */
interface Candidate {
  readonly uid: string;
  /** Names of those that have it, one or more. */
  readonly cohorts: readonly string[];
}

/** The error for a UID that no series has; in a cohort, where one is named. */
export async function explainUnknownSeries(
  store: Store,
  uid: string,
  cohortName: string | undefined,
  typedDatabase: string,
): Promise<UserError> {
  const cohorts = await store.listCohorts();
  const place = cohortName === undefined ? "in this database" : `in cohort ${cohortName}`;
  // Without a cohort a series is told from all that have it.
  const lineFor = ({ uid: series, cohorts: [name = ""] }: Candidate): string => {
    const cohort = cohortName === undefined ? "" : ` --cohort ${quoteWord(name)}`;
    return `nils inspect --series ${series}${cohort}${typedDatabase}`;
  };
  const say = (sentence: string): UserError => new UserError("series-unknown", sentence);

  const [other] = await findSeries(store, cohorts, (series) => series.uid === uid);
  if (other !== undefined) {
    const names = [...new Set(other.cohorts)];
    const have = names.length === 1 ? `cohort ${names[0]} has` : `cohorts ${names.join(", ")} have`;
    return say(`There is no series ${uid} ${place}, but ${have} it: ${lineFor(other)}`);
  }

  const ofInstance = await findSeriesOfInstance(store, cohorts, uid, cohortName);
  if (ofInstance !== null) {
    return say(`${uid} is no series but an instance; its series is told by ${lineFor(ofInstance)}`);
  }

  const within = cohorts.filter(({ name }) => cohortName === undefined || name === cohortName);
  const ofStudy = await findSeries(store, within, (series) => series.study === uid);
  if (ofStudy.length > 0) {
    const all =
      ofStudy.length === 1 ? "of one series" : `of ${plural(ofStudy.length, "series", "series")}`;
    return say(`${uid} is no series but a study ${all}:${listLines(ofStudy, lineFor)}`);
  }

  const begun =
    uid === "" ? [] : await findSeries(store, within, (each) => each.uid.startsWith(uid));
  if (begun.length > 0) {
    const count = begun.length === 1 ? "one begins" : `${begun.length} begin`;
    return say(`There is no series ${uid} ${place}, but ${count} so:${listLines(begun, lineFor)}`);
  }

  const [only] = within;
  const name = within.length === 1 && only !== undefined ? quoteWord(only.name) : "NAME";
  return say(
    `There is no series ${uid} ${place}; nils export --cohort ${name} --view v_series${typedDatabase} lists those there are.`,
  );
}

/** One line each, where they are few; else the first. */
function listLines(found: readonly Candidate[], lineFor: (candidate: Candidate) => string): string {
  const lines = found.slice(0, MOST_NAMED).map(lineFor);
  if (lines.length === 1) return ` ${lines.join("")}`;
  const more = found.length > MOST_NAMED ? [`and ${found.length - MOST_NAMED} more`] : [];
  return ["", ...lines, ...more].join("\n  ");
}

async function findSeries(
  store: Store,
  cohorts: readonly Cohort[],
  isMeant: (series: { readonly uid: string; readonly study: string }) => boolean,
): Promise<Candidate[]> {
  const found = new Map<string, Candidate>();
  for (const { cohortId, name } of cohorts) {
    let after: readonly number[] | null = null;
    do {
      const page = await store.readRows({
        source: "v_series",
        cohortId,
        columns: ["series_instance_uid", "study_instance_uid"],
        after,
        limit: 10_000,
      });
      for (const [uid, study] of page.rows) {
        if (isMeant({ uid: String(uid), study: String(study) })) {
          const { cohorts: known = [] } = found.get(String(uid)) ?? {};
          found.set(String(uid), { uid: String(uid), cohorts: [...known, name] });
        }
      }
      after = page.next;
    } while (after !== null);
  }
  return [...found.values()].sort((a, b) => (a.uid < b.uid ? -1 : 1));
}

/** Of the cohort that is named, or else of any. */
async function findSeriesOfInstance(
  store: Store,
  cohorts: readonly Cohort[],
  uid: string,
  cohortName: string | undefined,
): Promise<Candidate | null> {
  const files = await store.findInstanceFiles(uid);
  const file = files.find(({ cohort }) => cohort === cohortName) ?? files[0];
  const cohort = cohorts.find(({ cohortId }) => cohortId === file?.cohortId);
  if (cohort === undefined) return null;
  const where = { sop_instance_uid: uid };
  for await (const [row] of readPages(
    store,
    { view: "v_instances", cohortId: cohort.cohortId, where },
    1,
  )) {
    return { uid: String(row?.["series_instance_uid"]), cohorts: [cohort.name] };
  }
  return null;
}
