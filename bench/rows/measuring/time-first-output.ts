import { spawn } from "node:child_process";

/** Starts a program and waits for its end; the time until it first wrote to standard output, ms. */
export function timeFirstOutput(
  program: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(program, words, {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...environment },
    });
    let first: number | null = null;
    child.stdout.on("data", () => {
      first ??= performance.now() - began;
    });
    child.on("error", reject);
    child.on("close", () => {
      if (first === null) reject(new Error(`${words.join(" ")} wrote nothing`));
      else resolve(first);
    });
  });
}
