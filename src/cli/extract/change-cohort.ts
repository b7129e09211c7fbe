/** Carries out a change of a cohort's settings, so that the next job ends as if they had always held. */
import { subjectCode } from "#pipeline/parse/subject-identity.ts";
import type { Cohort, CohortSettings } from "#store/cohort.ts";
import type { Store } from "#store/store.ts";
import type { IdentityKind } from "#store/unit-rows.ts";
import type { Consequence } from "./cohort-settings.ts";

/** A version of the stack rules that never was: the next job forms all stacks again. */
const noStackingVersion = 0;

/** What a cohort is to be, and what has to be done for it. */
export interface CohortChanges {
  readonly settings: CohortSettings;
  /** Undefined where it stays. */
  readonly sourcePath: string | undefined;
  /** PatientID → code; undefined where the list stays. */
  readonly codes: ReadonlyMap<string, string> | undefined;
  readonly needs: ReadonlySet<Consequence>;
}

/**
 * The settings themselves come last: after an interruption the same line asks again and does all of it again.
 * Throws CohortBusyError while a job holds the cohort.
 */
export async function changeSettings(
  store: Store,
  cohort: Cohort,
  { settings, sourcePath, codes, needs }: CohortChanges,
): Promise<Cohort> {
  const { cohortId } = cohort;
  await store.requireIdleCohort(cohortId);
  if (needs.has("read-all")) await store.recheckFiles(cohortId, "all");
  else if (needs.has("read-links")) await store.recheckFiles(cohortId, "links");
  if (needs.has("headers") && settings.headers !== "all") {
    await store.dropHeaders(cohortId, settings.headers);
  }
  if (needs.has("recode")) {
    const list = codes ?? (await store.subjectCodes(cohortId));
    await recodeSubjects(store, cohortId, settings.subjectSeed, list);
    if (codes !== undefined) await store.setSubjectCodes(cohortId, codes);
  }
  return store.changeCohort(cohortId, {
    settings,
    ...(sourcePath === undefined ? {} : { sourcePath }),
    ...(needs.has("restack") && cohort.stackingVersion !== null
      ? { stackingVersion: noStackingVersion }
      : {}),
  });
}

/** Gives all subjects of a cohort the codes that a list and a seed say. */
async function recodeSubjects(
  store: Store,
  cohortId: number,
  seed: string,
  given: ReadonlyMap<string, string>,
): Promise<void> {
  const subjects = await store.listIdentities(cohortId);
  await store.recodeSubjects(
    subjects.map(({ subjectId, kind, identity }) => ({
      subjectId,
      code:
        (kind === "patient-id" ? given.get(identity) : undefined) ??
        subjectCode({ kind: kind as IdentityKind, identity }, seed),
    })),
  );
}
