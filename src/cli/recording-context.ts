/** A context for tests of commands: keeps what was written, answers from a list, and knows no globals. */
import type { CommandContext, Output } from "./command.ts";

export class RecordingOutput implements Output {
  readonly isTerminal: boolean;
  readonly color: boolean;
  readonly columns: number;
  /** Each call of `write`, in order. */
  readonly writes: string[] = [];

  constructor(settings: { isTerminal?: boolean; color?: boolean; columns?: number } = {}) {
    this.isTerminal = settings.isTerminal ?? false;
    this.color = settings.color ?? false;
    this.columns = settings.columns ?? 80;
  }

  get text(): string {
    return this.writes.join("");
  }

  write(text: string | Uint8Array): void {
    this.writes.push(typeof text === "string" ? text : new TextDecoder().decode(text));
  }

  async drain(): Promise<void> {}
}

export interface RecordingContext extends CommandContext {
  readonly stdout: RecordingOutput;
  readonly stderr: RecordingOutput;
  /** Questions that were asked. */
  readonly questions: readonly string[];
}

/** `answers` are given in order; after the last one, standard input is at its end. */
export function createRecordingContext(
  settings: Partial<CommandContext> & {
    readonly stdout?: RecordingOutput;
    readonly stderr?: RecordingOutput;
    readonly answers?: readonly string[];
  } = {},
): RecordingContext {
  const { answers = [], stdout, stderr, ...given } = settings;
  const questions: string[] = [];
  return {
    isTerminal: false,
    env: {},
    cwd: "/",
    home: "/home/user",
    program: "nils",
    version: "0.0.0",
    now: () => 0,
    stop: new AbortController().signal,
    ...given,
    stdout: stdout ?? new RecordingOutput(),
    stderr: stderr ?? new RecordingOutput(),
    questions,
    ask: async (question) => {
      questions.push(question);
      return answers[questions.length - 1] ?? null;
    },
  };
}
