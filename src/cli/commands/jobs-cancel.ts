import { defineCommand } from "#cli/command.ts";
import { databaseOption } from "#cli/common-options.ts";

export const jobsCancelCommand = defineCommand({
  name: "cancel",
  summary: "Ask a running job to stop when its batch is finished",
  examples: [{ line: "nils jobs cancel 3", about: "what it has written is kept" }],
  arguments: { job: { about: "Number of the job.", required: true } },
  options: { database: databaseOption },
  async run(context, args) {
    const { controlJob } = await import("#cli/jobs/control-job.ts");
    await controlJob(context, args.arguments.job, "cancel", args.options.database);
  },
});
