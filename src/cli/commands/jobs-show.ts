import { defineCommand } from "#cli/command.ts";
import { databaseOption, jsonOption } from "#cli/common-options.ts";

export const jobsShowCommand = defineCommand({
  name: "show",
  summary: "Show how a job went, or what it changed",
  examples: [
    { line: "nils jobs show 3", about: "how it went" },
    {
      line: "nils jobs show 3 --changes",
      about: "what is new, grown, changed, gone and re-keyed, by subject and series",
    },
  ],
  arguments: { job: { about: "Number of the job.", required: true } },
  options: {
    changes: { type: "flag", about: "List the series that the job changed." },
    database: databaseOption,
    json: jsonOption,
  },
  lists: true,
  async run(context, args) {
    const { showJob } = await import("#cli/jobs/show-job.ts");
    await showJob(context, args.arguments.job, args.options);
  },
});
