import type { CommandEntry } from "./command.ts";
import { defineCompletionCommand } from "./commands/completion.ts";

/** Every command, in the order of help. What is imported here is light: see command.ts. */
export const commands: readonly CommandEntry[] = [defineCompletionCommand(() => commands)];
