/**
 * What a cohort keeps about how it is read, against what a later command line says. Pure: decides what would
 * change and what has to be done for it.
 */
import type { CohortSettings } from "#store/cohort.ts";

/** What makes the database as if the new settings had held from the beginning. */
export type Consequence = "source" | "read-all" | "read-links" | "recode" | "restack" | "headers";

export interface SettingChange {
  /** Option as it is typed. */
  readonly option: string;
  /** How it is kept, in words. */
  readonly was: string;
  readonly now: string;
  readonly needs: Consequence;
}

interface Entry {
  readonly option: string;
  readonly needs: Consequence;
}

const entries: { readonly [Name in keyof CohortSettings]?: Entry } = {
  subjectFrom: { option: "--subject-from", needs: "read-all" },
  subjectFolders: { option: "--subject-folders", needs: "read-all" },
  subjectSeed: { option: "--subject-seed", needs: "recode" },
  files: { option: "--files", needs: "read-all" },
  followLinks: { option: "--follow-links", needs: "read-links" },
  ctSplitOnDose: { option: "--ct-split-on-dose", needs: "restack" },
  headers: { option: "--headers", needs: "headers" },
};

/** Differences between what is kept and what is wanted; what is not named is left as it is. */
export function compareSettings(
  kept: CohortSettings,
  wanted: Partial<CohortSettings>,
): SettingChange[] {
  return (Object.keys(entries) as (keyof CohortSettings)[]).flatMap((name) => {
    const entry = entries[name];
    const now = wanted[name];
    if (entry === undefined || now === undefined || now === kept[name]) return [];
    // A seed gives PatientIDs back, so it is shown to nobody.
    if (name === "subjectSeed") return [{ ...entry, was: "another one", now: "this one" }];
    return [{ ...entry, was: writeValue(kept[name]), now: writeValue(now) }];
  });
}

function writeValue(value: string | boolean | null): string {
  return value === null ? "no pattern" : String(value);
}

/** What a change costs, as the end of a sentence; null where it costs nothing worth saying. */
export function describeConsequences(changes: readonly SettingChange[]): string | null {
  const needs = new Set(changes.map((change) => change.needs));
  const isAll = needs.has("read-all"); // which says the others but codes
  const parts: string[] = [];
  if (isAll) parts.push("all files are read again");
  if (needs.has("recode")) parts.push("subjects get other codes");
  if (needs.has("read-links") && !isAll) parts.push("links are looked at again");
  if (needs.has("restack") && !isAll) parts.push("stacks are formed again");
  if (needs.has("headers") && !isAll) parts.push("headers are kept anew");
  return parts.length === 0 ? null : parts.join(" and ");
}
