import { defineCommand } from "#cli/command.ts";
import { databaseOption } from "#cli/common-options.ts";

export const jobsPauseCommand = defineCommand({
  name: "pause",
  summary: "Ask a running job to pause when its batch is finished",
  examples: [{ line: "nils jobs pause 3", about: "nils jobs resume 3 goes on later" }],
  arguments: { job: { about: "Number of the job.", required: true } },
  options: { database: databaseOption },
  async run(context, args) {
    const { controlJob } = await import("#cli/jobs/control-job.ts");
    await controlJob(context, args.arguments.job, "pause", args.options.database);
  },
});
