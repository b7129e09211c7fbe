/** Carries out a change of a cohort's settings, so that the next job ends as if they had always held. */
import { subjectCode } from "#pipeline/parse/subject-identity.ts";
import type { Cohort, CohortSettings } from "#store/cohort.ts";
import type { Store } from "#store/store.ts";
import type { IdentityKind } from "#store/unit-rows.ts";
import type { SettingChange } from "./cohort-settings.ts";

/** A version of the stack rules that never was: the next job forms all stacks again. */
const noStackingVersion = 0;

export async function changeSettings(
  store: Store,
  cohort: Cohort,
  settings: CohortSettings,
  changes: readonly SettingChange[],
): Promise<Cohort> {
  const { cohortId } = cohort;
  const needs = new Set(changes.map((change) => change.needs));
  // First the marks, then the settings: after an interruption in between, files are read again for nothing.
  if (needs.has("read-all")) await store.recheckFiles(cohortId, "all");
  else if (needs.has("read-links")) await store.recheckFiles(cohortId, "links");
  if (needs.has("headers") && settings.headers !== "all") {
    await store.dropHeaders(cohortId, settings.headers);
  }
  const changed = await store.changeCohort(cohortId, {
    settings,
    ...(needs.has("restack") && cohort.stackingVersion !== null
      ? { stackingVersion: noStackingVersion }
      : {}),
  });
  if (needs.has("recode")) await recodeSubjects(store, changed);
  return changed;
}

/** Gives all subjects of a cohort the codes that its list and its seed say. */
export async function recodeSubjects(store: Store, cohort: Cohort): Promise<void> {
  const given = await store.subjectCodes(cohort.cohortId);
  const subjects = await store.listIdentities(cohort.cohortId);
  await store.recodeSubjects(
    subjects.map(({ subjectId, kind, identity }) => ({
      subjectId,
      code:
        (kind === "patient-id" ? given.get(identity) : undefined) ??
        subjectCode({ kind: kind as IdentityKind, identity }, cohort.settings.subjectSeed),
    })),
  );
}
