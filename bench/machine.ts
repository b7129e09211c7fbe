import { execFileSync } from "node:child_process";
import { availableParallelism, cpus, release, totalmem, type } from "node:os";

/** What figures depend on besides the program. Nothing that tells which machine it was. */
export interface Machine {
  readonly cores: number;
  readonly cpu: string;
  readonly memoryGiB: number;
  /** Without what follows the version: it can name who built it, and for what. */
  readonly kernel: string;
  readonly node: string;
  /** Type of the file system that holds the archives. */
  readonly fileSystem: string;
}

/** `folder`: where the archives are. */
export function describeMachine(folder: string): Machine {
  return {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: `${type()} ${/^[\d.]+/.exec(release())?.[0] ?? ""}`,
    node: process.versions.node,
    fileSystem: readFileSystem(folder),
  };
}

/** `df` prints a line of titles and a line for the folder. */
function readFileSystem(folder: string): string {
  const lines = execFileSync("df", ["--output=fstype", folder], { encoding: "utf8" });
  return lines.trim().split("\n").at(-1) ?? "unknown";
}

export function writeMachine(machine: Machine): string {
  const { cores, cpu, memoryGiB, kernel, node, fileSystem } = machine;
  return `${cores} cores, ${cpu}, ${memoryGiB} GiB, ${kernel}, Node ${node}, ${fileSystem}`;
}
