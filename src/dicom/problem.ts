/** Something in a file that could not be read as the standard has it: data, never an exception. */
export interface DicomProblem {
  /** Warning or state code, kebab-case, as listed in the reading rules (for example `length-beyond-file`). */
  readonly code: string;
  /** Tags from the top level down, such as `5200,9230/0018,9114`; empty for the file as a whole. */
  readonly path: string;
  /** Byte offset in the file (in inflated bytes, for a deflated data set). */
  readonly offset: number;
  /** One sentence for a person. Holds no value of the file. */
  readonly sentence: string;
}

/** Receives the code of a rule that a value broke. */
export type Warn = (code: string) => void;
