import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("main.ts", import.meta.url));

function run(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test("tells its version", () => {
  expect(run("--version")).toEqual({
    status: 0,
    stdout: expect.stringMatching(/^nils \d+\.\d+\.\d+\n$/),
    stderr: "",
  });
});

test("writes help to standard output, without colours", () => {
  const { status, stdout, stderr } = run("--help");
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("Usage: nils COMMAND");
  expect(stdout).not.toContain("\x1b");
});

test("refuses an unknown command in one line, with exit status 2", () => {
  expect(run("completon")).toEqual({
    status: 2,
    stdout: "",
    stderr:
      "Unknown command 'completon'. Did you mean completion? 'nils --help' shows what there is.\n",
  });
});

test("does not let a word drive the terminal", () => {
  expect(run("\x1b[31mred\x07").stderr).toContain("'\\x1b[31mred\\x07'");
});

test("ends well when the reader of its output has gone", async () => {
  const child = spawn(process.execPath, [main, "--help"], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let messages = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    messages += text;
  });
  const [status] = await once(child, "close");
  expect([status, messages]).toEqual([0, ""]);
});

test("says in a sentence that its output could not be written", () => {
  const { status, stderr } = spawnSync(
    "sh",
    ["-c", `"$0" "$1" --help >/dev/full`, process.execPath, main],
    {
      encoding: "utf8",
    },
  );
  expect(status).toBe(1);
  expect(stderr).toMatch(/^Standard output could not be written \(ENOSPC.*\); check the disk/);
});
