/** Builds the library that makes calls of the system fail. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const source = join(import.meta.dirname, "fault-shim.c");

/** Why faults cannot be injected here; null where they can. */
export function whyNoFaults(): string | null {
  if (process.platform !== "linux") return "LD_PRELOAD works on Linux only";
  const { error } = spawnSync("gcc", ["--version"], { stdio: "ignore" });
  return error === undefined ? null : "there is no gcc";
}

/** Path of the library, made in `folder`. */
export function buildShim(folder: string): string {
  const library = join(folder, "fault-shim.so");
  const flags = ["-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror"];
  const { status, stderr } = spawnSync("gcc", [...flags, "-o", library, source, "-ldl"], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`gcc could not build ${source}: ${stderr}`);
  return library;
}
