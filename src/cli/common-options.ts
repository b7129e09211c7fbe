/** Options that several commands share, so that they are named and explained alike everywhere. */
export const databaseOption = {
  type: "text",
  placeholder: "PATH",
  completes: "file",
  about: "Database file; else NILS_DATABASE, else nils.db in your data folder.",
} as const;

export const cohortOption = {
  type: "text",
  placeholder: "NAME",
  required: true,
  about: "Cohort, by its name.",
} as const;

export const jsonOption = {
  type: "flag",
  about: "Write JSON to standard output instead of text for people.",
} as const;

export const quietOption = {
  type: "flag",
  about: "Show no progress; errors are still printed.",
} as const;

export const yesOption = {
  type: "flag",
  about: "Answer yes to every question; needed where no terminal can ask.",
} as const;

export const networkDiskOption = {
  type: "flag",
  about: "Insist on a database on a network disk, where it may get damaged.",
} as const;
