/** What a job is told, with nothing left open. */
import type { Cohort } from "#store/cohort.ts";
import type { PlanRules } from "./plan.ts";

export interface JobSettings {
  /** Reader threads. */
  readonly workers: number;
  /** Files written together. */
  readonly batchSize: number;
  readonly resume: boolean;
  /** Files younger than this wait for the next job, ms. */
  readonly minAgeMs: number;
  readonly trust: PlanRules["trust"];
  readonly acceptShrink: boolean;
}

export interface JobInput {
  readonly cohort: Cohort;
  readonly settings: JobSettings;
  /** PatientID → code where a person gave a list. */
  readonly codes: ReadonlyMap<string, string>;
}

/** Settings without what a person may have keyed codes with. */
export function publicSettings<Settings extends { readonly subjectSeed: string }>({
  subjectSeed,
  ...rest
}: Settings): Omit<Settings, "subjectSeed"> {
  return rest;
}
