import { homedir } from "node:os";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import type { CommandContext } from "./command.ts";
import { StreamOutput } from "./stream-output.ts";
import { readVersion } from "./version.ts";

/** The context of this process; `stop` is what its signals abort. */
export interface ProcessContext extends CommandContext {
  readonly stdout: StreamOutput;
  readonly stderr: StreamOutput;
}

export function createProcessContext(stop: AbortSignal): ProcessContext {
  const stdout = new StreamOutput(process.stdout, process.env);
  const stderr = new StreamOutput(process.stderr, process.env);
  return {
    stdout,
    stderr,
    isTerminal: process.stdin.isTTY === true && stderr.isTerminal,
    ask: askOnTerminal,
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    program: findProgramName(process.argv[1]),
    version: readVersion(),
    now: Date.now,
    stop,
  };
}

/** `neuro-backend` when called by that name, else `nils`. */
export function findProgramName(scriptPath: string | undefined): string {
  return basename(scriptPath ?? "", ".js") === "neuro-backend" ? "neuro-backend" : "nils";
}

function askOnTerminal(question: string): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.on("close", () => resolve(null));
  terminal.on("SIGINT", () => {
    terminal.close();
    process.kill(process.pid, "SIGINT");
  });
  terminal.question(question, (answer) => {
    resolve(answer);
    terminal.close();
  });
  return promise;
}
