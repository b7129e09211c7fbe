/** What is made by a program and committed is what the program makes now. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

test("generated files are fresh", async () => {
  const run = promisify(execFile)(process.execPath, ["scripts/generate.ts", "--check"], {
    cwd: root,
  });
  await expect(run).resolves.toMatchObject({ stderr: "" });
});
