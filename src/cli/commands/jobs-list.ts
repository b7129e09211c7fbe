import { defineCommand } from "#cli/command.ts";
import { databaseOption, jsonOption } from "#cli/common-options.ts";

export const jobsListCommand = defineCommand({
  name: "list",
  summary: "List jobs, newest first",
  examples: [
    { line: "nils jobs list", about: "of all cohorts" },
    { line: "nils jobs list --cohort study1 --limit 5", about: "the last five of one" },
  ],
  options: {
    cohort: { type: "text", placeholder: "NAME", about: "Only jobs of this cohort." },
    limit: {
      type: "integer",
      placeholder: "N",
      min: 1,
      max: 100_000,
      default: 20,
      about: "Jobs to list.",
    },
    database: databaseOption,
    json: jsonOption,
  },
  lists: true,
  async run(context, { options }) {
    const { listJobs } = await import("#cli/jobs/list-jobs.ts");
    await listJobs(context, options);
  },
});
