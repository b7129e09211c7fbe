/** What the doctor found of one thing. */
export interface Finding {
  /** What was looked at, for example `database` or `source of cohort brain`. */
  readonly about: string;
  readonly isGood: boolean;
  /** A sentence or a value. */
  readonly found: string;
  /** What to do; null where nothing is. */
  readonly advice: string | null;
}

export const good = (about: string, found: string): Finding => ({
  about,
  isGood: true,
  found,
  advice: null,
});

export const bad = (about: string, found: string, advice: string): Finding => ({
  about,
  isGood: false,
  found,
  advice,
});
