import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
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

/** Starts a process whose only command, `x`, has this body and these further properties. */
function startCommand(body: string, properties = "") {
  const script = `
    import { setTimeout as sleep } from "node:timers/promises";
    import { main } from ${JSON.stringify(main)};
    import { UserError } from ${JSON.stringify(fileURLToPath(new URL("../base/user-error.ts", import.meta.url)))};
    await main(["x"], [{
      name: "x", summary: "X", examples: [{ line: "nils x", about: "x" }], options: {}, ${properties}
      async run(context) { ${body} },
    }]);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const written = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    written.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    written.stderr += text;
  });
  const ended = once(child, "close").then(([status, signal]) => ({ status, signal, ...written }));
  return { child, ended };
}

test("prints what the user can mend without a stack, with its exit status", async () => {
  const { ended } = startCommand(
    `throw new UserError("busy", "Cohort \\x1b is busy.", { exitStatus: 4 });`,
  );
  expect(await ended).toMatchObject({ status: 4, stderr: "Cohort \\x1b is busy.\n" });
});

test.each([
  ["thrown", `throw new TypeError("no such thing");`],
  [
    "thrown later",
    `setTimeout(() => { throw new TypeError("no such thing"); }); await sleep(5000);`,
  ],
  ["rejected", `Promise.reject(new TypeError("no such thing")); await sleep(5000);`],
])("says that an error %s is a bug, with its stack", async (_how, body) => {
  const { status, stderr } = await startCommand(body).ended;
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^This is a bug in nils \d.*report it.*\nTypeError: no such thing\n {4}at /,
  );
});

test("shows no path of the system's error where it reports a bug", async () => {
  const body = `(await import("node:fs")).readFileSync("/nowhere/Doe^Jane");`;
  for (const each of [body, `setTimeout(async () => { ${body} }); await sleep(5000);`]) {
    const { status, stderr } = await startCommand(each).ended;
    expect(status).toBe(1);
    expect(stderr).toMatch(/\nError: ENOENT, open\n/);
    expect(stderr).not.toContain("Doe");
  }
});

test.skipIf(process.platform !== "linux")(
  "has no word of its line in the list of processes",
  async () => {
    const { child, ended } = startCommand(`context.stdout.write("ready"); await sleep(5000);`);
    await once(child.stdout, "data");
    const line = readFileSync(`/proc/${child.pid}/cmdline`, "latin1").replaceAll("\0", "");
    child.kill();
    await ended;
    expect(line).toBe("nils");
  },
);

test("gives the exit status of the command", async () => {
  expect(await startCommand("return 3;").ended).toMatchObject({ status: 3, stderr: "" });
});

const WAIT = `context.stdout.write("ready"); await sleep(5000, 0, { signal: context.stop }).catch(() => {});`;

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("lets a command stop at %s, and ends with %i", async (signal, status) => {
  const { child, ended } = startCommand(
    `${WAIT} context.stdout.write(" " + context.stop.reason);`,
    "stopsOnSignal: true,",
  );
  child.stdout.once("data", () => child.kill(signal));
  expect(await ended).toMatchObject({ status, stdout: `ready ${signal}`, stderr: "" });
});

test("ends at once at the second signal", async () => {
  const { child, ended } = startCommand(
    `${WAIT} context.stdout.write(" stopping"); await sleep(5000);`,
    "stopsOnSignal: true,",
  );
  child.stdout.on("data", () => child.kill("SIGINT"));
  expect(await ended).toMatchObject({ status: 130, stdout: "ready stopping" });
});

test("leaves signals alone for a command that does not ask for them", async () => {
  const { child, ended } = startCommand(WAIT);
  child.stdout.once("data", () => child.kill("SIGINT"));
  expect(await ended).toMatchObject({ status: null, signal: "SIGINT" });
});

test("ends a command that writes without limit when its reader has gone", async () => {
  const { child, ended } = startCommand(
    `for (;;) { context.stdout.write("x".repeat(65536)); await context.stdout.drain(); }`,
  );
  child.stdout.once("data", () => child.stdout.destroy());
  expect(await ended).toMatchObject({ status: 0, stderr: "" });
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
