import type { CommandGroup } from "#cli/command.ts";
import { jobsCancelCommand } from "./jobs-cancel.ts";
import { jobsListCommand } from "./jobs-list.ts";
import { jobsPauseCommand } from "./jobs-pause.ts";
import { jobsResumeCommand } from "./jobs-resume.ts";
import { jobsRetryCommand } from "./jobs-retry.ts";
import { jobsShowCommand } from "./jobs-show.ts";

export const jobsGroup: CommandGroup = {
  name: "jobs",
  summary: "See, stop and go on with jobs",
  commands: [
    jobsListCommand,
    jobsShowCommand,
    jobsPauseCommand,
    jobsResumeCommand,
    jobsCancelCommand,
    jobsRetryCommand,
  ],
};
