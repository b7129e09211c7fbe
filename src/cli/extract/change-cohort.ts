/** Carries out a change of a cohort's settings, so that the next job ends as if they had always held. */
import { subjectCode } from "#pipeline/parse/subject-identity.ts";
import type { Cohort, CohortSettings } from "#store/cohort.ts";
import type { Store } from "#store/store.ts";
import type { IdentityKind } from "#store/unit-rows.ts";
import type { Consequence } from "./cohort-settings.ts";

/** What a cohort is to be, and what has to be done for it. */
export interface CohortChanges {
  /** Undefined where it stays, as below. */
  readonly newName: string | undefined;
  readonly settings: CohortSettings;
  readonly sourcePath: string | undefined;
  /** PatientID → code. */
  readonly codes: ReadonlyMap<string, string> | undefined;
  readonly needs: ReadonlySet<Consequence>;
}

/**
 * All of it is one change of the store, so that an interruption leaves the cohort as it was. Throws
 * CohortBusyError while a job holds the cohort, CohortChangedError when `cohort` is not what it is by now.
 */
export async function changeSettings(
  store: Store,
  cohort: Cohort,
  { newName, settings, sourcePath, codes, needs }: CohortChanges,
): Promise<Cohort> {
  const { cohortId, epoch } = cohort;
  const { subjectSeed, headers } = settings;
  const list = codes ?? (await store.subjectCodes(cohortId));
  return store.changeCohort(cohortId, {
    epoch,
    settings,
    ...(newName === undefined ? {} : { name: newName }),
    ...(sourcePath === undefined ? {} : { sourcePath }),
    ...(codes === undefined ? {} : { codes }),
    ...(needs.has("recode") ? { recoded: await recode(store, cohortId, subjectSeed, list) } : {}),
    ...(needs.has("read-links") ? { recheck: "links" } : {}),
    ...(needs.has("read-all") ? { recheck: "all" } : {}),
    ...(needs.has("headers") && headers !== "all" ? { keptHeaders: headers } : {}),
    restack: needs.has("restack"),
  });
}

/** The codes that a list and a seed give all subjects of a cohort. */
async function recode(
  store: Store,
  cohortId: number,
  seed: string,
  given: ReadonlyMap<string, string>,
): Promise<{ subjectId: number; code: string }[]> {
  const subjects = await store.listIdentities(cohortId);
  return subjects.map(({ subjectId, kind, identity }) => ({
    subjectId,
    code:
      (kind === "patient-id" ? given.get(identity) : undefined) ??
      subjectCode({ kind: kind as IdentityKind, identity }, seed),
  }));
}
