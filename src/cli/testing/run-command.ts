/** Runs a command line in this process, with a context that keeps what was written. */
import type { CommandContext } from "#cli/command.ts";
import { commands } from "#cli/commands.ts";
import { parseCommandLine } from "#cli/program.ts";
import { createRecordingContext } from "#cli/recording-context.ts";

export interface CommandResult {
  readonly status: number;
  readonly questions: readonly string[];
  readonly stdout: string;
  readonly stderr: string;
}

/** Throws what the command throws. */
export async function runCommand(
  settings: Partial<CommandContext> & { readonly answers?: readonly string[] },
  ...words: string[]
): Promise<CommandResult> {
  const { stdout, stderr, ...rest } = settings;
  const context = createRecordingContext(rest);
  const invocation = parseCommandLine(
    commands,
    { program: "nils", version: "0.0.0", description: "", width: 80 },
    words,
  );
  if (invocation.kind !== "run") throw new Error(invocation.text);
  const status = (await invocation.definition.run(context, invocation.args)) ?? 0;
  const { questions } = context;
  return { status, questions, stdout: context.stdout.text, stderr: context.stderr.text };
}
