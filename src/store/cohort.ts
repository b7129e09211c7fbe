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
  /** Version of the stack rules that its stacks were made with; null before the first. */
  readonly stackingVersion: number | null;
  readonly createdAt: string;
}

export interface NewCohort {
  readonly name: string;
  readonly sourcePath: string;
  readonly settings: CohortSettings;
}

export interface CohortChange {
  readonly name?: string;
  readonly sourcePath?: string;
  readonly settings?: CohortSettings;
  readonly stackingVersion?: number;
}
