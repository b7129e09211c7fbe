import { cohortArgument } from "#cli/cohort/cohort-argument.ts";
import { defineCommand } from "#cli/command.ts";
import { databaseOption, jsonOption } from "#cli/common-options.ts";

export const cohortShowCommand = defineCommand({
  name: "show",
  summary: "Show a cohort: its settings, its account of files, its content, its last jobs",
  examples: [{ line: "nils cohort show brain", about: "all about one cohort" }],
  arguments: { name: cohortArgument },
  options: { database: databaseOption, json: jsonOption },
  lists: true,
  async run(context, { arguments: words, options }) {
    const { showCohort } = await import("#cli/cohort/show-cohort.ts");
    await showCohort(context, words.name, options);
  },
});
