/**
 * Values of PatientID that name nobody: what consoles, phantoms and de-identifiers put where something had
 * to be. Two people with one of these must not become one subject, so such a value is no identity. A pattern
 * matches a whole value and never a prefix: `ANON0042` may well tell people apart.
 */

interface Placeholder {
  /** Upper-cased value, blanks around it and `_`, `-`, `.` and blanks inside it dropped. */
  readonly pattern: RegExp;
  readonly about: string;
}

export const placeholderPatientIds: readonly Placeholder[] = [
  { pattern: /^0+$/, about: "zeros" },
  { pattern: /^9{4,}$/, about: "nines" },
  { pattern: /^X+$/, about: "crossed out" },
  { pattern: /^\?+$/, about: "question marks" },
  { pattern: /^\*+$/, about: "stars" },
  { pattern: /^$/, about: "nothing but separators" },
  { pattern: /^123456(7(8(90?)?)?)?$/, about: "digits in order" },
  { pattern: /^ANON(YM(OUS|I[SZ]ED)?)?$/, about: "anonymous" },
  { pattern: /^ANON(YMOUS)?(PATIENT|ID|SUBJECT)$/, about: "anonymous" },
  { pattern: /^DEIDENTIFIED$/, about: "de-identified" },
  { pattern: /^DEID(ENTIFICATION)?$/, about: "de-identified" },
  { pattern: /^(REMOVED|REDACTED|DELETED|HIDDEN|MASKED)$/, about: "removed" },
  { pattern: /^(UNKNOWN|UNBEKANNT|INCONNU|OKAND)$/, about: "unknown" },
  {
    pattern: /^(NONE|NULL|NIL|NAN|NA|N\/A|NOID|NOPATIENTID|EMPTY|BLANK|UNDEFINED)$/,
    about: "none",
  },
  { pattern: /^TEST(PATIENT|ID)?$/, about: "test" },
  { pattern: /^(PATIENT|SUBJECT|PATIENTID|ID|PID|NAME|NONAME)$/, about: "word for a patient" },
  { pattern: /^PHANTOM$/, about: "phantom" },
];

const separators = /[\s_\-.^]/g;

/** Whether a PatientID names nobody. Case, blanks, underscores, hyphens and dots do not matter. */
export function isPlaceholderPatientId(id: string): boolean {
  const bare = id.toUpperCase().replace(separators, "");
  return placeholderPatientIds.some(({ pattern }) => pattern.test(bare));
}
