/** Entry of the program: decides by program.ts, runs the command, and ends with its exit status. */

import { writeSync } from "node:fs";
import { writeErrorStack } from "#base/error-stack.ts";
import { UserError } from "#base/user-error.ts";
import { ClosedPipeError } from "./closed-pipe-error.ts";
import type { CommandEntry } from "./command.ts";
import { commands } from "./commands.ts";
import { type ExitStatus, statusOfSignal } from "./exit-status.ts";
import { escapeControls } from "./output/escape-controls.ts";
import { createProcessContext, type ProcessContext } from "./process-context.ts";
import { parseCommandLine } from "./program.ts";

const DESCRIPTION =
  "Reads every header of a DICOM archive into a database of subjects, studies, series, instances and stacks.";

/** Lines of help longer than this are hard to read, however wide the terminal. */
const WIDEST_HELP = 100;

/** Runs a command line in this process and sets its exit status. */
export async function main(
  words: readonly string[] = process.argv.slice(2),
  entries: readonly CommandEntry[] = commands,
): Promise<void> {
  const stopping = new AbortController();
  const context = createProcessContext(stopping.signal);
  process.on("uncaughtException", (error) => {
    reportCrash(context, error);
    process.exit(1);
  });
  try {
    process.exitCode = await runCommandLine(context, stopping, words, entries);
    const failure = await context.stdout.finish();
    if (failure !== undefined) throw writeFailed(failure);
  } catch (error) {
    process.exitCode = report(context, error);
  }
}

async function runCommandLine(
  context: ProcessContext,
  stopping: AbortController,
  words: readonly string[],
  entries: readonly CommandEntry[],
): Promise<number> {
  const invocation = parseCommandLine(
    entries,
    {
      program: context.program,
      version: context.version,
      description: DESCRIPTION,
      width: Math.min(context.stdout.columns, WIDEST_HELP),
    },
    words,
  );
  process.title = "nils"; // a list of processes shows no source, no cohort and no seed to other users
  if (invocation.kind === "print") {
    context[invocation.to].write(invocation.text);
    return invocation.status;
  }
  const { definition, args } = invocation;
  const received = definition.stopsOnSignal ? listenForSignals(stopping) : { status: undefined };
  const status = (await definition.run(context, args)) ?? 0;
  return received.status ?? status;
}

/** The first signal asks the command to stop; the second ends the process now. */
function listenForSignals(stopping: AbortController): { status: ExitStatus | undefined } {
  const received: { status: ExitStatus | undefined } = { status: undefined };
  for (const [signal, status] of Object.entries(statusOfSignal)) {
    process.on(signal, () => {
      if (received.status !== undefined) {
        sayAtOnce(
          "Stopped at once. What was committed is kept; the same line goes on from there.\n",
        );
        process.exit(status);
      }
      received.status = status;
      stopping.abort(signal);
    });
  }
  return received;
}

/** Writes past the queue of output, which an exit would cut off. */
function sayAtOnce(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // Nobody reads it.
  }
}

/** Says what went wrong and gives the exit status for it. */
function report(context: ProcessContext, error: unknown): number {
  if (error instanceof ClosedPipeError) return 0;
  if (error instanceof UserError) {
    context.stderr.write(`${escapeLines(error.message)}\n`);
    return error.exitStatus;
  }
  reportCrash(context, error);
  return 1;
}

function reportCrash(context: ProcessContext, error: unknown): void {
  context.stderr.write(
    `This is a bug in nils ${context.version}: please report it with the lines below, after looking that they name no patient.\n${escapeLines(writeErrorStack(error))}\n`,
  );
}

function writeFailed(cause: Error): UserError {
  return new UserError(
    "output-failed",
    `Standard output could not be written (${cause.message}); check the disk it goes to and run the command again.`,
    { cause },
  );
}

/** Messages may quote paths and values, which may hold anything. */
function escapeLines(text: string): string {
  return text.split("\n").map(escapeControls).join("\n");
}

if (import.meta.main) await main();
