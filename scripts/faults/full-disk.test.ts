/** A disk that is really full: a file system of 8 MiB in memory, mounted in a name space of its own. */
import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { FullDiskEnd } from "./full-disk.ts";

const program = join(import.meta.dirname, "full-disk.ts");

/** Words before a command that give it leave to mount: as root, or as whoever may be root in a name space. */
const waysToMount = [
  ["unshare", "--mount"],
  ["unshare", "--user", "--map-root-user", "--mount"],
];

const words = waysToMount.find(mayMount);

function mayMount([command = "", ...rest]: readonly string[]): boolean {
  const mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "none", "/mnt"];
  return spawnSync(command, [...rest, ...mount], { stdio: "ignore" }).status === 0;
}

test("a full disk ends a job and an export with a sentence, and room mends it", async ({
  skip,
}) => {
  skip(words === undefined, "nothing here may mount a file system");
  const [command = "", ...rest] = words ?? [];
  const { stdout } = await promisify(execFile)(command, [...rest, process.execPath, program]);
  const ends = JSON.parse(stdout) as FullDiskEnd[];
  expect(ends.filter(({ wrongs }) => wrongs.length > 0)).toEqual([]);
  expect(new Set(ends.map(({ status }) => status))).toEqual(new Set([1]));
  expect(ends).toHaveLength(8);
});
