import { readFileSync } from "node:fs";

/** Resident memory of a process and its children, MiB; pages that they share count for each. 0 when it has ended. */
export function jobMemory(pid: number): number {
  try {
    const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    const below = children === "" ? [] : children.split(" ").map(Number);
    return Number(resident ?? 0) / 1024 + below.reduce((sum, each) => sum + jobMemory(each), 0);
  } catch {
    return 0;
  }
}
