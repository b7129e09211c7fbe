/** `./nils` in a stand-in for a clone, with stand-ins for npm and Node: only the script itself is real. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const BUNDLED_NODE = '#!/bin/sh\necho "bundled node: $*"\n';

let work = "";
let clone = "";
/** The only folder on PATH: what the script may count on, and what a test adds. */
let tools = "";

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), "nils-start-"));
  clone = join(work, "a clone");
  tools = join(work, "tools");
  mkdirSync(join(clone, "bin"), { recursive: true });
  mkdirSync(tools);
  copyFileSync(join(root, "nils"), join(clone, "nils"));
  copyFileSync(join(root, "bin/require-node.js"), join(clone, "bin/require-node.js"));
  writeFileSync(join(clone, "bin/package.json"), '{ "type": "module" }');
  writeFileSync(join(clone, "package-lock.json"), "{}");
  for (const tool of [
    "sh",
    "cat",
    "chmod",
    "dirname",
    "find",
    "mkdir",
    "mktemp",
    "readlink",
    "rm",
    "touch",
  ]) {
    const found = spawnSync("sh", ["-c", `command -v ${tool}`], { encoding: "utf8" });
    symlinkSync(found.stdout.trim(), join(tools, tool));
  }
});

afterEach(() => rmSync(work, { recursive: true, force: true }));

function writeTool(name: string, text: string): void {
  writeFileSync(join(tools, name), text);
  chmodSync(join(tools, name), 0o755);
}

/** An npm that notes its words; it brings a Node unless told otherwise. */
function addNpm(node: string | null = BUNDLED_NODE): void {
  if (node !== null) writeTool("new-node", node);
  const bring = `mkdir -p node_modules/.bin; cat ../tools/new-node > node_modules/.bin/node; chmod +x node_modules/.bin/node`;
  writeTool(
    "npm",
    `#!/bin/sh\necho "$*" >> ../npm-calls\necho noise\nmkdir -p node_modules\n${node === null ? "" : bring}\ntouch node_modules/.package-lock.json\n`,
  );
}

function start(script: string, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync("sh", [script, ...words], {
    cwd: work,
    encoding: "utf8",
    env: { PATH: tools },
  });
  return { status, stdout, stderr };
}

test("sets up once, says so, and runs the sources on the Node of the clone", () => {
  addNpm();
  const first = start(join(clone, "nils"), "extract", "--source", "two words");
  expect(first.stderr).toMatch(/^Setting up on first use: npm ci \(.*\)\n$/);
  expect(first.stdout).toBe(`bundled node: ${clone}/src/cli/main.ts extract --source two words\n`);
  expect(start(join(clone, "nils"))).toMatchObject({ status: 0, stderr: "" });
  expect(readFileSync(join(work, "npm-calls"), "utf8")).toBe("ci --include=optional\n");
});

test("sets up again when the lock file has changed", () => {
  addNpm();
  start(join(clone, "nils"));
  const later = Date.now() / 1000 + 60;
  utimesSync(join(clone, "package-lock.json"), later, later);
  expect(start(join(clone, "nils")).stderr).toMatch(/^Setting up again, because package-lock/);
});

test("finds its clone through links, relative ones too", () => {
  addNpm();
  symlinkSync("a clone/nils", join(work, "near"));
  mkdirSync(join(work, "far"));
  symlinkSync("../near", join(work, "far/link"));
  expect(start("far/link", "x").stdout).toBe(`bundled node: ${clone}/src/cli/main.ts x\n`);
});

test("shows npm's words only when setting up failed", () => {
  writeTool("npm", "#!/bin/sh\necho 'no network'; exit 7\n");
  const { status, stderr } = start(join(clone, "nils"));
  expect(status).toBe(1);
  expect(stderr.split("\n").slice(1)).toEqual([
    "no network",
    "Setting up failed; npm's reason stands above. Mend it and run this again.",
    "",
  ]);
});

test("says what is missing without npm", () => {
  expect(start(join(clone, "nils"))).toEqual({
    status: 2,
    stdout: "",
    stderr: expect.stringMatching(/^npm was not found; install Node\.js with npm [^\n]*\n$/),
  });
});

test("says what is missing without any Node", () => {
  addNpm(null);
  const { status, stderr } = start(join(clone, "nils"));
  expect(status).toBe(2);
  expect(stderr.split("\n")[1]).toMatch(/^Node\.js was not found, .* install Node\.js 24\.21/);
});

test("uses the Node of the machine where that of the clone cannot run", () => {
  addNpm("#!/nonexistent/interpreter\n");
  // Answers to bin/require-node.js as a new Node does: with nothing.
  writeTool("node", '#!/bin/sh\ncase $1 in *require-node.js) ;; *) echo "host node: $*" ;; esac\n');
  expect(start(join(clone, "nils"), "x").stdout).toBe(`host node: ${clone}/src/cli/main.ts x\n`);
});

test("refuses the Node of the machine in one sentence when it is too old", () => {
  addNpm(null);
  // The real check, run by this Node with older versions in place of its own.
  writeTool(
    "node",
    `#!/bin/sh\nexec "${process.execPath}" --import 'data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"20.20.2"}})' "$@"\n`,
  );
  const { status, stdout, stderr } = start(join(clone, "nils"));
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr.split("\n").slice(1)).toEqual([
    "nils needs Node.js 24.21 or newer with SQLite 3.51.3 or newer, and this is Node.js 20.20.2; install a newer one from https://nodejs.org.",
    "",
  ]);
});

test.each([
  ["24.20.9", "3.53.4", 2],
  ["24.21.0", "3.51.2", 2],
  ["24.21.0", "3.51.3", 0],
  ["26.0.0", "3.60.0", 0],
  ["100.0.0", "4.0.0", 0],
])("Node %s with SQLite %s ends the check with %i", (node, sqlite, status) => {
  const versions = `Object.defineProperty(process,"versions",{value:{node:"${node}",sqlite:"${sqlite}"}})`;
  const words = ["--import", `data:text/javascript,${versions}`, join(root, "bin/require-node.js")];
  expect(spawnSync(process.execPath, words).status).toBe(status);
});
