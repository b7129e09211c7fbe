import { cohortArgument } from "#cli/cohort/cohort-argument.ts";
import { defineCommand } from "#cli/command.ts";
import { databaseOption, yesOption } from "#cli/common-options.ts";

export const cohortClearCommand = defineCommand({
  name: "clear",
  summary: "Remove all that was extracted of a cohort, and keep its settings",
  details:
    "The archive is not touched. The next nils extract reads it from the beginning. Refused while a job holds the cohort.",
  examples: [{ line: "nils cohort clear brain", about: "says what would go, and asks" }],
  arguments: { name: cohortArgument },
  options: { database: databaseOption, yes: yesOption },
  async run(context, { arguments: words, options }) {
    const { emptyCohort } = await import("#cli/cohort/empty-cohort.ts");
    return emptyCohort(context, words.name, { ...options, keepsSettings: true });
  },
});
