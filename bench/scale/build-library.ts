import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Compiles simulated-archive.c into `folder` and returns the library's path. Needs gcc, on Linux. */
export function buildLibrary(folder: string): string {
  const library = join(folder, "simulated-archive.so");
  const source = join(import.meta.dirname, "simulated-archive.c");
  const flags = ["-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC"];
  execFileSync("gcc", [...flags, "-o", library, source, "-ldl"], { stdio: "inherit" });
  return library;
}
