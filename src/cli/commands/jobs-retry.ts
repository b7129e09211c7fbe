import { defineCommand } from "#cli/command.ts";
import { databaseOption, jsonOption, networkDiskOption, quietOption } from "#cli/common-options.ts";

export const jobsRetryCommand = defineCommand({
  name: "retry",
  summary: "Run a job again, trying anew what could not be read",
  details:
    "Files that could not be read for reasons outside of them (rights, disk, network, changed meanwhile) are tried again by every job.",
  examples: [{ line: "nils jobs retry 3", about: "after the rights of a folder were mended" }],
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
    return restartJob(context, args.arguments.job, "retry", args.options);
  },
});
