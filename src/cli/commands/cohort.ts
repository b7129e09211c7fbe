import type { CommandGroup } from "#cli/command.ts";
import { cohortClearCommand } from "./cohort-clear.ts";
import { cohortCreateCommand } from "./cohort-create.ts";
import { cohortEditCommand } from "./cohort-edit.ts";
import { cohortListCommand } from "./cohort-list.ts";
import { cohortRemoveCommand } from "./cohort-remove.ts";
import { cohortShowCommand } from "./cohort-show.ts";

export const cohortGroup: CommandGroup = {
  name: "cohort",
  summary: "See, make, change and remove cohorts",
  commands: [
    cohortListCommand,
    cohortShowCommand,
    cohortCreateCommand,
    cohortEditCommand,
    cohortClearCommand,
    cohortRemoveCommand,
  ],
};
