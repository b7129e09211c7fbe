import { readFileSync } from "node:fs";

/** Resident memory of a process and all below it, summed (pages that they share count in each), MiB. Linux only. */
export function memoryOfTree(pid: number): number {
  return memoryOf(pid) + memoryBelow(pid);
}

/** As `memoryOfTree`, without the process itself. */
export function memoryBelow(pid: number): number {
  return childrenOf(pid).reduce((sum, child) => sum + memoryOfTree(child), 0);
}

function memoryOf(pid: number): number {
  const resident = /VmRSS:\s+(\d+) kB/.exec(readIfThere(`/proc/${pid}/status`))?.[1];
  return Number(resident ?? 0) / 1024;
}

function childrenOf(pid: number): number[] {
  const children = readIfThere(`/proc/${pid}/task/${pid}/children`).trim();
  return children === "" ? [] : children.split(" ").map(Number);
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // the process ended meanwhile
  }
}
