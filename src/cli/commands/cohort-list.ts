import { defineCommand } from "#cli/command.ts";
import { databaseOption, jsonOption } from "#cli/common-options.ts";

export const cohortListCommand = defineCommand({
  name: "list",
  summary: "List the cohorts of the database",
  examples: [{ line: "nils cohort list", about: "names, sources, sizes and last jobs" }],
  options: { database: databaseOption, json: jsonOption },
  lists: true,
  async run(context, { options }) {
    const { listCohorts } = await import("#cli/cohort/list-cohorts.ts");
    await listCohorts(context, options);
  },
});
