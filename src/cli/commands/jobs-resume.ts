import { defineCommand } from "#cli/command.ts";
import { databaseOption, jsonOption, networkDiskOption, quietOption } from "#cli/common-options.ts";

export const jobsResumeCommand = defineCommand({
  name: "resume",
  summary: "Go on with a job that was paused, stopped, lost or failed",
  details:
    "A new job goes on with its cohort, with the same workers and batch size; what was written is not read again.",
  examples: [{ line: "nils jobs resume 3", about: "goes on where job 3 stopped" }],
  arguments: { job: { about: "Number of the job.", required: true } },
  options: {
    database: databaseOption,
    allowNetworkDisk: networkDiskOption,
    json: jsonOption,
    quiet: quietOption,
  },
  stopsOnSignal: true,
  async run(context, args) {
    const { restartJob } = await import("#cli/jobs/restart-job.ts");
    return restartJob(context, args.arguments.job, "resume", args.options);
  },
});
