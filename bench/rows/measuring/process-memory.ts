import { readFileSync } from "node:fs";

/** Memory of a process and all below it, MiB: of pages that processes share each has its part (proc(5), Pss). Linux only. */
export function memoryOfTree(pid: number): number {
  return memoryOf(pid) + memoryBelow(pid);
}

/** As `memoryOfTree`, without the process itself. */
export function memoryBelow(pid: number): number {
  return childrenOf(pid).reduce((sum, child) => sum + memoryOfTree(child), 0);
}

function memoryOf(pid: number): number {
  const share = /^Pss:\s+(\d+) kB/m.exec(readIfThere(`/proc/${pid}/smaps_rollup`))?.[1];
  return Number(share ?? 0) / 1024;
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
