/** What the program is expected to say of a file. */
export interface Expectation {
  /** State in the ledger. */
  readonly state:
    | "stored"
    | "duplicate"
    | "conflict"
    | "unsupported"
    | "skipped"
    | "not-dicom"
    | "unreadable"
    | "invalid";
  /** Why it is not stored; null for a stored file. */
  readonly code: string | null;
  /** Codes that a stored file's warnings hold; a reader may have more to say. */
  readonly warnings?: readonly string[];
}
