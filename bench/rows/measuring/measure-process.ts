/** Runs a whole process and says what it cost: time, processor time and memory, its children included. */
import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { memoryBelow } from "./process-memory.ts";

export interface Command {
  readonly program: string;
  readonly words: readonly string[];
  /** Exit statuses that are no failure. Default 0 alone. */
  readonly statuses?: readonly number[];
  /** Is standard output wanted? Default no: it is thrown away by the system, at no cost to anybody. */
  readonly keepsOutput?: boolean;
  /** Default no: each look costs the process a millisecond or two. */
  readonly watchesMemory?: boolean;
}

export interface ProcessRun {
  /** Wall time. */
  readonly seconds: number;
  /** User and system time of the process and of the children it waited for. */
  readonly cpuSeconds: number;
  /** Largest sum of the memory of the process and all below it, looked at ten times a second; 0 if it was not. */
  readonly peakMiB: number;
  /** Empty if it was not wanted. */
  readonly output: string;
}

const SAMPLE_MS = 100;
const ERROR_CHARACTERS = 2000;

/** Node tells no program what its children cost; every shell does, of the one command that this one runs. */
const TIMED = '"$@" 3>&-; status=$?; times >&3; exit $status';

/** Throws when it ends with a status that is a failure. */
export async function measureProcess(command: Command): Promise<ProcessRun> {
  const began = performance.now();
  const child = spawn("sh", ["-c", TIMED, "sh", command.program, ...command.words], {
    stdio: ["ignore", command.keepsOutput === true ? "pipe" : "ignore", "pipe", "pipe"],
  });
  let peakMiB = 0;
  const watch = setInterval(() => {
    if (command.watchesMemory === true) {
      peakMiB = Math.max(peakMiB, memoryBelow(child.pid ?? 0));
    }
  }, SAMPLE_MS);
  const output = collect(child.stdout);
  const errors = collect(child.stderr);
  const times = collect(child.stdio[3] as Readable);
  const ended = Promise.withResolvers<number | null>();
  child.on("error", ended.reject);
  child.on("exit", ended.resolve);
  try {
    const status = await ended.promise;
    const seconds = (performance.now() - began) / 1000;
    if (!(command.statuses ?? [0]).includes(status ?? -1)) {
      const said = (await errors).slice(-ERROR_CHARACTERS);
      throw new Error(`${command.program} ended with ${status}: ${said}`);
    }
    return { seconds, cpuSeconds: parseTimes(await times), peakMiB, output: await output };
  } finally {
    clearInterval(watch);
  }
}

async function collect(stream: Readable | null): Promise<string> {
  if (stream === null) return "";
  return (await stream.setEncoding("utf8").toArray()).join("");
}

/** What `times` prints: user and system time of the shell, then of its children, as `1m2.345s`; s of the latter. */
function parseTimes(text: string): number {
  const times = [...text.matchAll(/(\d+)m(\d+)[.,](\d+)s/g)].map(
    ([, minutes, whole, fraction]) => Number(minutes) * 60 + Number(`${whole}.${fraction}`),
  );
  const [, , user, system] = times;
  if (user === undefined || system === undefined) throw new Error(`times printed: ${text}`);
  return user + system;
}
