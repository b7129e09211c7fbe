import { cohortArgument } from "#cli/cohort/cohort-argument.ts";
import { defineCommand } from "#cli/command.ts";
import { databaseOption, yesOption } from "#cli/common-options.ts";

export const cohortRemoveCommand = defineCommand({
  name: "remove",
  summary: "Remove a cohort with all that was extracted, its settings and its jobs",
  details:
    "The archive is not touched, and neither is any other cohort. Refused while a job holds the cohort.",
  examples: [{ line: "nils cohort remove brain", about: "says what would go, and asks" }],
  arguments: { name: cohortArgument },
  options: { database: databaseOption, yes: yesOption },
  async run(context, { arguments: words, options }) {
    const { emptyCohort } = await import("#cli/cohort/empty-cohort.ts");
    return emptyCohort(context, words.name, { ...options, keepsSettings: false });
  },
});
