import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Builds the program as it is published; returns the path of its command line. */
export function buildProgram(): string {
  const root = join(import.meta.dirname, "../../..");
  execFileSync("npm", ["run", "build", "--silent"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return join(root, "bin/nils.js");
}
