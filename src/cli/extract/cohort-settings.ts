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

type Entry = {
  readonly [Name in keyof CohortSettings]?: {
    readonly option: string;
    readonly needs: Consequence;
    write(value: CohortSettings[Name]): string;
  };
};

const hidden = (): string => "another seed"; // a seed gives codes back, so it is shown to nobody

const entries: Entry = {
  subjectFrom: { option: "--subject-from", needs: "read-all", write: String },
  subjectFolders: {
    option: "--subject-folders",
    needs: "read-all",
    write: (pattern) => pattern ?? "no pattern",
  },
  subjectSeed: { option: "--subject-seed", needs: "recode", write: hidden },
  files: { option: "--files", needs: "read-all", write: String },
  followLinks: { option: "--follow-links", needs: "read-links", write: String },
  ctSplitOnDose: { option: "--ct-split-on-dose", needs: "restack", write: String },
  headers: { option: "--headers", needs: "headers", write: String },
};

/** Differences between what is kept and what is wanted; what is not named is left as it is. */
export function compareSettings(
  kept: CohortSettings,
  wanted: Partial<CohortSettings>,
): SettingChange[] {
  return (Object.keys(entries) as (keyof CohortSettings)[]).flatMap((name) => {
    const entry = entries[name] as
      | { option: string; needs: Consequence; write(value: unknown): string }
      | undefined;
    const now = wanted[name];
    if (entry === undefined || now === undefined || now === kept[name]) return [];
    const { option, needs, write } = entry;
    return [{ option, was: write(kept[name]), now: write(now), needs }];
  });
}

/** What a change costs, as the end of a sentence; null where it costs nothing worth saying. */
export function describeConsequences(changes: readonly SettingChange[]): string | null {
  const needs = new Set(changes.map((change) => change.needs));
  if (needs.has("read-all")) return "all files are read again";
  const parts: string[] = [];
  if (needs.has("read-links")) parts.push("links are looked at again");
  if (needs.has("recode")) parts.push("subjects get other codes");
  if (needs.has("restack")) parts.push("stacks are formed again");
  if (needs.has("headers")) parts.push("headers are kept anew");
  return parts.length === 0 ? null : parts.join(" and ");
}
