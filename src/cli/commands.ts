import type { CommandEntry } from "./command.ts";
import { defineCompletionCommand } from "./commands/completion.ts";
import { exportCommand } from "./commands/export.ts";
import { extractCommand } from "./commands/extract.ts";

/** Every command, in the order of help. What is imported here is light: see command.ts. */
export const commands: readonly CommandEntry[] = [
  extractCommand,
  exportCommand,
  defineCompletionCommand(() => commands),
];
