/** One damaged database: what commands make of it, and whether that is right. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "#base/user-error.ts";
import { isExitStatus } from "#cli/exit-status.ts";
import { runProgram } from "#cli/testing/program.ts";
import { runCommand } from "#cli/testing/run-command.ts";
import { Dice } from "#demo/dice.ts";
import { makeRandomFor } from "#demo/random.ts";
import type { DamageBase } from "./damage-base.ts";
import { damageFiles } from "./damage-files.ts";

export interface DamageCase {
  readonly number: number;
  readonly how: string;
  /** Sentences on what a command did that it may not do. */
  readonly faults: readonly string[];
  /** Did the doctor say that the database is damaged or cannot be opened? */
  readonly isSeen: boolean;
  /** Is what `dump` says that of a state which was committed? */
  readonly isWhole: boolean;
  /** Codes of the errors that commands ended with. */
  readonly codes: readonly string[];
}

/** What a command came to: its status, and the code of the error that it ended with. */
interface Outcome {
  readonly status: number;
  readonly code: string | null;
  readonly stdout: string;
}

/** `extract` starts a process, which costs ten times as much as the rest: so often. */
const extractEvery = 8;

/** All commands as processes of their own: so often. */
const processesEvery = 100;

/** No command may take longer, ms. */
const longestMs = 60_000;

export async function checkDamage(
  base: DamageBase,
  seed: number,
  number: number,
): Promise<DamageCase> {
  const dice = new Dice(makeRandomFor(seed, `case ${number}`));
  const files = dice.once(2) ? base.open : base.closed;
  const damaged = damageFiles(files, dice);
  const database = join(base.folder, `case-${number}.db`);
  const plant = (): void => {
    for (const [end, bytes] of [
      ["", damaged.main],
      ["-wal", damaged.wal],
      ["-shm", damaged.shm],
    ] as const) {
      rmSync(database + end, { force: true });
      if (bytes !== null) writeFileSync(database + end, bytes, { mode: 0o600 });
    }
  };
  const run = new CaseRun(database);
  const dump = ["dump", "--cohort", "c", "--sha256"];
  plant();
  const doctor = await run.command("doctor", "--json");
  const dumped = await run.command(...dump);
  await run.command("jobs", "list");
  if (number % extractEvery === 0) {
    plant();
    await run.command("extract", "--cohort", "c", "--quiet", "--workers", "1");
    await run.command(...dump);
  }
  if (number % processesEvery === 0) {
    for (const words of [["doctor"], dump, ["jobs", "list"], ["extract", "--cohort", "c"]]) {
      plant();
      await run.process(...words);
    }
  }
  for (const end of ["", "-wal", "-shm"]) rmSync(database + end, { force: true });
  return {
    number,
    how: damaged.how,
    faults: run.faults,
    isSeen: doctor.status !== 0,
    isWhole: dumped.status === 0 && base.sums.includes(dumped.stdout),
    codes: run.codes,
  };
}

class CaseRun {
  readonly faults: string[] = [];
  readonly codes: string[] = [];
  readonly #database: string;

  constructor(database: string) {
    this.#database = database;
  }

  /** Runs a command in this process. */
  async command(...words: readonly string[]): Promise<Outcome> {
    const startedAt = performance.now();
    let outcome: Outcome = { status: 1, code: null, stdout: "" };
    try {
      const { status, stdout } = await runCommand({}, ...words, "--database", this.#database);
      outcome = { status, code: null, stdout };
    } catch (error) {
      outcome = this.#judgeError(words, error);
    }
    if (!isExitStatus(outcome.status)) this.#fault(words, `ends with status ${outcome.status}`);
    const took = performance.now() - startedAt;
    if (took > longestMs) this.#fault(words, `takes ${(took / 1000).toFixed(0)} s`);
    return outcome;
  }

  /** Runs a command in a process of its own. */
  async process(...words: readonly string[]): Promise<void> {
    const { status, signal, stderr } = await runProgram([...words, "--database", this.#database]);
    if (signal !== null) this.#fault(words, `died of ${signal}`);
    else if (status === null || !isExitStatus(status)) this.#fault(words, `ended ${status}`);
    if (/^ {4}at |This is a bug/m.test(stderr)) this.#fault(words, `shows a stack: ${stderr}`);
  }

  #judgeError(words: readonly string[], error: unknown): Outcome {
    if (!(error instanceof UserError)) {
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#fault(words, `crashes: ${stack}`);
      return { status: 1, code: null, stdout: "" };
    }
    this.codes.push(error.code);
    if (!/^\S[^\n]*$/.test(error.message)) this.#fault(words, `says: ${error.message}`);
    return { status: error.exitStatus, code: error.code, stdout: "" };
  }

  #fault(words: readonly string[], what: string): void {
    this.faults.push(`${words.slice(0, 2).join(" ")} ${what}`);
  }
}
