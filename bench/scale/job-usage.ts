import { readFileSync } from "node:fs";

/** What a process and its children take. */
export interface JobUsage {
  /** Resident memory, MiB; pages that they share count for each. 0 when the process has ended. */
  readonly memoryMiB: number;
  /** Processor time since their begin, all threads, user and system. */
  readonly cpuSeconds: number;
}

/** Ticks a second in which Linux tells processor time (proc(5)). */
const clockTicks = 100;

export function readJobUsage(pid: number): JobUsage {
  try {
    const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Fields 14 and 15, counted behind the name, which may hold spaces.
    const [user, system] = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .slice(11, 13);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    let memoryMiB = Number(resident ?? 0) / 1024;
    let cpuSeconds = (Number(user) + Number(system)) / clockTicks;
    for (const child of children === "" ? [] : children.split(" ")) {
      const below = readJobUsage(Number(child));
      memoryMiB += below.memoryMiB;
      cpuSeconds += below.cpuSeconds;
    }
    return { memoryMiB, cpuSeconds };
  } catch {
    return { memoryMiB: 0, cpuSeconds: 0 };
  }
}
