/** Options that change what a database holds of an archive; kept with the cohort. */
export const contentOptions = {
  files: {
    type: "choice",
    choices: ["all", "dcm", "no-ext", "dcm-or-none"],
    default: "all",
    about: "Files to open by their names; content decides what they are in any case.",
  },
  subjectFolders: {
    type: "text",
    placeholder: "GLOB",
    about:
      "Folders below the source that hold one subject each, such as * or */sub-*; they stand in where a PatientID is missing.",
  },
  subjectFrom: {
    type: "choice",
    choices: ["patient-id", "folder"],
    default: "patient-id",
    about: "What tells subjects apart.",
  },
  subjectCodes: {
    type: "text",
    placeholder: "FILE.csv",
    completes: "file",
    about: "List of PatientID and code, with a line of headers.",
  },
  subjectSeed: {
    type: "text",
    placeholder: "TEXT",
    about: "Key of the codes that are made for subjects, in capitals; else random.",
  },
  ctSplitOnDose: {
    type: "choice",
    choices: ["auto", "always", "never"],
    default: "auto",
    about:
      "Whether tube current and exposure split CT stacks; auto: not where dose modulation moves them.",
  },
  headers: {
    type: "choice",
    choices: ["representative", "all", "none"],
    default: "representative",
    about: "Full headers to keep: of one instance per stack, of all, or none.",
  },
  followLinks: {
    type: "boolean",
    about: "Say where symbolic links lead; what lies outside the source is never read.",
  },
} as const;

type WithoutDefault<Option> = Omit<Option, "default">;

function withoutDefault<Option extends { readonly default: unknown }>(
  option: Option,
): WithoutDefault<Option> {
  const { default: _, ...rest } = option;
  return rest;
}

/** The same for a cohort that is there: what is not typed stays as it is. */
export const contentChangeOptions = {
  ...contentOptions,
  files: withoutDefault(contentOptions.files),
  subjectFrom: withoutDefault(contentOptions.subjectFrom),
  ctSplitOnDose: withoutDefault(contentOptions.ctSplitOnDose),
  headers: withoutDefault(contentOptions.headers),
} as const;
