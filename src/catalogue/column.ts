/**
 * What the catalogue says of one column. Tables, wanted elements, binders, exports, `nils fields` and
 * docs/reference/columns.md are derived from these entries; nothing else lists columns.
 */
import type { Location } from "./location.ts";

/**
 * Table that shows the column. Values of subject, study and series tables are also kept per file, as
 * `series_values`. A column's table and its scope are independent: `rows` is a fact of an instance and
 * kept with the settings that frames share.
 */
export type ColumnTable =
  | "subject"
  | "subject_identifier"
  | "study"
  | "series"
  | "mri_series_details"
  | "ct_series_details"
  | "pet_series_details"
  | "instance"
  | "series_stack";

/**
 * How finely the value may differ, which decides where it is kept:
 * `series`: in `series_values`, a tuple shared by the files of a series;
 * `instance`: in `instance`, one per file;
 * `setting`: in `frame_values`, a tuple shared by frames: what stack parts are made of;
 * `coordinate`: per frame: place, time and counters; in `instance` for a classic object, packed in `frame_range` else;
 * `derived`: kept for no file and no frame: made of the others at settle, or by the stack rules.
 */
export type Scope = "series" | "instance" | "setting" | "coordinate" | "derived";

/**
 * `text` one text; `texts` values joined by a backslash; `code` upper-cased `text`; `codes` upper-cased `texts`;
 * `integer`, `real` one number, the first where several are written; `reals` numbers joined by a backslash, in canonical form; `date` YYYY-MM-DD;
 * `time` HH:MM:SS[.ffffff]; `datetime`; `uid`; `name` a person's name in canonical form.
 */
export type ColumnType =
  | "text"
  | "texts"
  | "code"
  | "codes"
  | "integer"
  | "real"
  | "reals"
  | "date"
  | "time"
  | "datetime"
  | "uid"
  | "name";

/** `identifier` names a person; `quasi` may help to; `text` is typed by people and may hold anything; `none`. */
export type PrivacyClass = "identifier" | "quasi" | "text" | "none";

/** Bounds of a valid value. A value outside costs the column, never the file (`value-out-of-range`). */
export interface Limits {
  readonly min?: number;
  readonly max?: number;
  /** The lower bound itself is not valid, as in (0,10]. */
  readonly above?: boolean;
  /** 0 is a sentinel that means "not written": null, raw kept, no warning. */
  readonly zeroIsNull?: boolean;
}

/**
 * A further table that shows the column, and what of the values below it: the most frequent one (ties to
 * the smallest), the distinct ones sorted and joined by a backslash, or that of the first frame in canonical order.
 */
export interface Copy {
  readonly table: ColumnTable;
  readonly of: "most-frequent" | "distinct" | "first";
}

/**
 * Who makes a column that is read nowhere: the reader (from the file's structure), a `derive` rule (from
 * other columns of the same file or frame), settle or the stack rules.
 */
export type ComputedBy = "reader" | "derive" | "settle" | "stacks";

export interface Column {
  readonly name: string;
  readonly table: ColumnTable;
  readonly scope: Scope;
  readonly type: ColumnType;
  readonly privacy: PrivacyClass;
  /** DICOM keyword of the attribute, null where no attribute is behind the column. */
  readonly keyword: string | null;
  /** Its tag as a number, 0xggggeeee. */
  readonly tag: number | null;
  /** In order of precedence inside each kind. Empty for a computed column. */
  readonly locations: readonly Location[];
  /** UCUM-like unit of the stored number: "ms", "deg", "mm", "mA", "Bq"… */
  readonly unit?: string;
  readonly limits?: Limits;
  /** Number of values that a valid value has, where it is fixed and more than one (position 3, orientation 6). */
  readonly count?: number;
  /**
   * Name of a rule in conversions.ts applied to the value of each location that names no rule of its own.
   * Limits and `count` are checked after it; where it gives null, the next location is tried.
   */
  readonly convert?: string;
  /** Name of a rule in conversions.ts that is called, with null, where no location has a valid value. */
  readonly derive?: string;
  /**
   * As `derive`, of objects with functional groups: called before the locations of makers are read, since what
   * standard elements say together counts before a private one.
   */
  readonly deriveFirst?: string;
  /** Who makes the column where it has no locations. */
  readonly computed?: ComputedBy;
  /** Further tables that show the column. */
  readonly copies?: readonly Copy[];
  /** Read by the stack rules. */
  readonly stackInput?: true;
  /** Part of the stack key that this column makes, where it makes one. */
  readonly keyPart?: string;
  /** Meaning in one sentence, with its source where it is not plainly the attribute's own. */
  readonly about: string;
}
