/** A version of the stack rules that never was: an option that stacks depend on was changed. */
export const noStackingVersion = 0;

/** A named data set and what was settled about it. */
export interface CohortSettings {
  readonly subjectFrom: "patient-id" | "folder";
  /** Pattern of directories below the source that hold one subject each; null when not given. */
  readonly subjectFolders: string | null;
  /** Key of the subject codes. */
  readonly subjectSeed: string;
  /** The seed or a CSV of codes was given by a person, so codes mean something outside this database. */
  readonly hasGivenCodes: boolean;
  readonly files: "all" | "dcm" | "no-ext" | "dcm-or-none";
  readonly followLinks: boolean;
  readonly ctSplitOnDose: "auto" | "always" | "never";
  readonly headers: "representative" | "all" | "none";
}

export interface Cohort {
  readonly cohortId: number;
  readonly name: string;
  /** Stored text of the absolute path. */
  readonly sourcePath: string;
  readonly settings: CohortSettings;
  readonly state: "new" | "extracting" | "ready" | "needs-attention";
  /** Version of the stack rules that its stacks were made with; null before the first, see `noStackingVersion`. */
  readonly stackingVersion: number | null;
  readonly createdAt: string;
  /** Rises with every job and every change: what was thought out for one epoch is refused in another. */
  readonly epoch: number;
}

export interface NewCohort {
  readonly name: string;
  readonly sourcePath: string;
  readonly settings: CohortSettings;
  /** PatientID → code. */
  readonly codes?: ReadonlyMap<string, string>;
}

/** What a cohort is to be, and what is done to what it holds; what is not named stays. */
export interface CohortChange {
  /** Epoch of the cohort that the change was thought out for; refused when it has another by now. */
  readonly epoch?: number;
  readonly name?: string;
  readonly sourcePath?: string;
  readonly settings?: CohortSettings;
  /** PatientID → code; replaces the whole list. */
  readonly codes?: ReadonlyMap<string, string>;
  readonly recoded?: readonly { readonly subjectId: number; readonly code: string }[];
  /** What the next job looks at again: all files, or all entries that are links. */
  readonly recheck?: "all" | "links";
  /** Removes headers that are no longer wanted: all, or those of instances that represent no stack. */
  readonly keptHeaders?: "representative" | "none";
  /** The next job forms all stacks again, as under other rules. */
  readonly restack?: boolean;
}
