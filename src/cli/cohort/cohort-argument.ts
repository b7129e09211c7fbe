/** The cohort that a command of `nils cohort` is about. */
export const cohortArgument = {
  about: "Name of the cohort.",
  required: true,
} as const;
