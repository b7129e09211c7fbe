/** Is a process the one that is meant, and does it run? */
import { readFileSync } from "node:fs";

/**
 * When the process began, in a form that only this host understands: clock ticks since boot on Linux
 * (proc(5), field 22), empty elsewhere. With it a later process of the same pid is told apart.
 */
export function processStart(pid: number): string {
  return readStat(pid)[19] ?? "";
}

/** Fields of proc(5) from the third, which follows the name in brackets; none where there is no such file. */
function readStat(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}

/** `unknown`: there is such a process, but whether it is the one that is meant and runs cannot be told. */
export type ProcessState = "running" | "stopped" | "gone" | "unknown";

/** `start`: what `processStart` said when the process was recorded; empty when it could not tell. */
export function processState(pid: number, start: string): ProcessState {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return "gone"; // EPERM: another user's
  }
  const [state, ...rest] = readStat(pid);
  if (state === "Z" || state === "X") return "gone"; // ended, and not yet collected by its parent
  if (state === undefined || start === "") return "unknown";
  if (rest[18] !== start) return "gone";
  return state === "T" || state === "t" ? "stopped" : "running"; // by a signal or a debugger
}

export function isProcessAlive(pid: number, start: string): boolean {
  return processState(pid, start) !== "gone";
}
