import type { CommandEntry } from "./command.ts";
import { backupCommand } from "./commands/backup.ts";
import { cohortGroup } from "./commands/cohort.ts";
import { defineCompletionCommand } from "./commands/completion.ts";
import { demoCommand } from "./commands/demo.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { dumpCommand } from "./commands/dump.ts";
import { exportCommand } from "./commands/export.ts";
import { extractCommand } from "./commands/extract.ts";
import { fieldsCommand } from "./commands/fields.ts";
import { filesCommand } from "./commands/files.ts";
import { headersCommand } from "./commands/headers.ts";
import { inspectCommand } from "./commands/inspect.ts";
import { jobsGroup } from "./commands/jobs.ts";
import { problemsCommand } from "./commands/problems.ts";
import { restackCommand } from "./commands/restack.ts";
import { restoreCommand } from "./commands/restore.ts";

/** Every command, in the order of help. What is imported here is light: see command.ts. */
export const commands: readonly CommandEntry[] = [
  extractCommand,
  cohortGroup,
  jobsGroup,
  filesCommand,
  problemsCommand,
  inspectCommand,
  headersCommand,
  fieldsCommand,
  exportCommand,
  dumpCommand,
  restackCommand,
  demoCommand,
  backupCommand,
  restoreCommand,
  doctorCommand,
  defineCompletionCommand(() => commands),
];
