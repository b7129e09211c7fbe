/**
 * The program as a process that permissions bind, for which root gives up its rights to overrule them
 * (capabilities(7)); and in a name space of its own, in which it may mount what the test needs.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

const overruling = "-dac_override,-dac_read_search,-fowner,-chown";

export interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line of the program without rights over what belongs to others or is closed to all. */
export function runBound(...words: readonly string[]): Said {
  const program = [process.execPath, main, ...words];
  return process.getuid?.() === 0
    ? run(["setpriv", `--bounding-set=${overruling}`, `--inh-caps=${overruling}`, ...program])
    : run(program);
}

/** Runs shell commands and then the program, in mounts that nobody else sees. */
export function runInOwnMounts(commands: string, ...words: readonly string[]): Said {
  const script = `set -e; ${commands}; exec "$@"`;
  return run([...ownMounts, "sh", "-c", script, "sh", process.execPath, main, ...words]);
}

/** Runs the program with a umask. */
export function runWithUmask(umask: string, ...words: readonly string[]): Said {
  return run(["sh", "-c", `umask ${umask}; exec "$@"`, "sh", process.execPath, main, ...words]);
}

const ownMounts = ["unshare", "--user", "--map-root-user", "--mount"];

/** Does this system let a test mount a memory disk in a name space of its own? */
export const hasOwnMounts =
  process.platform === "linux" &&
  spawnSync("unshare", [...ownMounts.slice(1), "mount", "-t", "tmpfs", "none", "/mnt"]).status ===
    0;

function run(command: readonly string[]): Said {
  const child = spawnSync(command[0] as string, command.slice(1), {
    encoding: "utf8",
    timeout: 30_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (child.error !== undefined) throw child.error;
  return { status: child.status, stdout: child.stdout, stderr: child.stderr };
}
