/**
 * Values of PatientID that name nobody: what consoles, phantoms and de-identifiers put where something had
 * to be. Two people with one of these must not become one subject, so such a value is no identity. A pattern
 * matches a whole value and never a prefix: `ANON0042` may well tell people apart.
 */

interface Placeholder {
  /** Upper-cased value, blanks around it and `_`, `-`, `.` and blanks inside it dropped. */
  readonly pattern: RegExp;
  readonly about: string;
  /** Folders of the samples that have one, or that none has. */
  readonly source: string;
}

export const placeholderPatientIds: readonly Placeholder[] = [
  { pattern: /^0+$/, about: "zeros", source: "pylibjpeg-data, fo-dicom" },
  { pattern: /^9{4,}$/, about: "nines", source: "fo-dicom" },
  { pattern: /^X+$/, about: "crossed out", source: "fo-dicom" },
  { pattern: /^\?+$/, about: "question marks", source: "judgement: no sample has it" },
  { pattern: /^\*+$/, about: "stars", source: "dcm_qa_stc, dcm_qa_uih" },
  { pattern: /^$/, about: "nothing but separators", source: "judgement: no sample has it" },
  {
    pattern: /^123456(7(8(90?)?)?)?$/,
    about: "digits in order",
    source: "dcmqi, dicompyler, pydicom",
  },
  { pattern: /^ANON(YM(OUS|I[SZ]ED)?)?$/, about: "anonymous", source: "nibabel, suspect" },
  {
    pattern: /^ANON(YMOUS)?(PATIENT|ID|SUBJECT)$/,
    about: "anonymous",
    source: "judgement: no sample has it",
  },
  { pattern: /^DEIDENTIFIED$/, about: "de-identified", source: "judgement: no sample has it" },
  {
    pattern: /^DEID(ENTIFICATION)?$/,
    about: "de-identified",
    source: "judgement: no sample has it",
  },
  {
    pattern: /^(REMOVED|REDACTED|DELETED|HIDDEN|MASKED)$/,
    about: "removed",
    source: "judgement: no sample has it",
  },
  {
    pattern: /^(UNKNOWN|UNBEKANNT|INCONNU|OKAND)$/,
    about: "unknown",
    source: "judgement: no sample has it",
  },
  {
    pattern: /^(NONE|NULL|NIL|NAN|NA|N\/A|NOID|NOPATIENTID|EMPTY|BLANK|UNDEFINED)$/,
    about: "none",
    source: "judgement: no sample has it",
  },
  { pattern: /^TEST(PATIENT|ID)?$/, about: "test", source: "dcm_qa_pdt2" },
  {
    pattern: /^(PATIENT|SUBJECT|PATIENTID|ID|PID|NAME|NONAME)$/,
    about: "word for a patient",
    source: "mudicom",
  },
  { pattern: /^PHANTOM$/, about: "phantom", source: "dcm_qa_philips, dcmstack" },
];

const separators = /[\s_\-.^]/g;

/** Whether a PatientID names nobody. Case, blanks, underscores, hyphens and dots do not matter. */
export function isPlaceholderPatientId(id: string): boolean {
  const bare = id.toUpperCase().replace(separators, "");
  return placeholderPatientIds.some(({ pattern }) => pattern.test(bare));
}
