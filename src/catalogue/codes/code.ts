/** States of a file (docs/glossary.md): each file has exactly one. */
export type FileStateCode =
  | "stored"
  | "duplicate"
  | "conflict"
  | "unsupported"
  | "skipped"
  | "not-dicom"
  | "unreadable"
  | "invalid"
  | "changed"
  | "missing";

/** One code that the program gives, in words for a person. */
export interface Code {
  readonly code: string;
  /** One sentence. */
  readonly meaning: string;
  /** What to do about it, or why nothing needs doing; one sentence. */
  readonly advice: string;
}

/** Why a file has its state. */
export interface StateCode extends Code {
  readonly state: FileStateCode;
}

/** Something that a stored file was stored in spite of. */
export interface WarningCode extends Code {
  /** Worth a person's look: listed among the problems of the series, not only in the file's row. */
  readonly isProblem: boolean;
}
