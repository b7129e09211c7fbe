/** The scripts are run in the shells themselves, where they are installed. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type CommandEntry, defineCommand } from "#cli/command.ts";
import { renderBashCompletion } from "./bash-completion.ts";
import { listCompletions } from "./completion-words.ts";
import { renderFishCompletion } from "./fish-completion.ts";
import { renderZshCompletion } from "./zsh-completion.ts";

const entries: readonly CommandEntry[] = [
  defineCommand({
    name: "read",
    summary: "Read somebody's [whole] folder: all of it",
    examples: [{ line: "nils read /data", about: "read it" }],
    arguments: { dir: { about: "Folder.", completes: "folder" } },
    options: {
      files: { type: "choice", choices: ["all", "dcm"], about: "Which files: it's a choice [1]." },
      resume: { type: "boolean", about: "Go on." },
      cohort: { type: "text", placeholder: "NAME", about: "Cohort." },
      out: { type: "text", placeholder: "FILE", about: "File.", completes: "file" },
    },
    run() {},
  }),
  {
    name: "thing",
    summary: "Things",
    commands: [
      defineCommand({
        name: "list",
        summary: "List things",
        examples: [{ line: "nils thing list", about: "list" }],
        options: { json: { type: "flag", about: "As JSON." } },
        run() {},
      }),
    ],
  },
  defineCommand({
    name: "pick",
    summary: "Pick one",
    examples: [{ line: "nils pick red", about: "pick" }],
    arguments: { color: { about: "Colour.", choices: ["red", "green"] } },
    options: {},
    run() {},
  }),
];

const words = listCompletions(entries);
const folder = mkdtempSync(join(tmpdir(), "nils-completion-"));
writeFileSync(join(folder, "some-file"), "");

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function has(shell: string): boolean {
  return spawnSync(shell, ["-c", "exit 0"]).status === 0;
}

/** What is offered for the last word of each line; one line to a shell. */
const cases: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ["nils t", ["thing"]],
  ["nils --v", ["--version"]],
  ["nils thing ", ["list"]],
  ["nils thing list --", ["--help", "--json"]],
  ["nils read --re", ["--resume"]],
  ["nils read --files ", ["all", "dcm"]],
  ["nils read --resume t", ["true"]],
  ["nils read --cohort ", []],
  ["nils read --out some", ["some-file"]],
  ["nils pick r", ["red"]],
];

test.skipIf(!has("bash")).each(cases)("bash completes '%s'", (line, offered) => {
  const script = `${renderBashCompletion(words)}
    COMP_WORDS=(${line.replace(/ $/, " ''")}) COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    _nils; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", script], { cwd: folder, encoding: "utf8" });
  expect(stderr).toBe("");
  const found = stdout.split("\n").filter((word) => word !== "");
  // Bash offers options beside commands when nothing was typed yet.
  const wanted = line.endsWith(" ") ? found.filter((word) => !word.startsWith("-")) : found;
  expect(wanted.sort()).toEqual(offered);
});

// fish is not installed everywhere; the gate installs it.
test.skipIf(!has("fish")).each(cases)("fish completes '%s'", (line, offered) => {
  const script = `${renderFishCompletion(words)}\ncomplete -C '${line}'`;
  const { stdout, stderr } = spawnSync("fish", ["--no-config", "-c", script], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, HOME: folder },
  });
  expect(stderr).toBe("");
  const found = stdout.split("\n").flatMap((word) => word.split("\t")[0] || []);
  expect(found.sort()).toEqual(offered);
});

// zsh is not installed everywhere; the gate installs it. Its own functions are replaced by ones that
// print what they are asked to complete, since the real ones work only inside an editor.
const zshCases: readonly (readonly [line: string, asked: RegExp])[] = [
  ["nils t", /^read:Read somebody's \[whole\] folder\\: all of it\nthing:Things$/m],
  ["nils --v", /^--version\[/m],
  ["nils thing l", /^list:List things$/m],
  ["nils thing list --", /^first word list\n--json\[As JSON\.\]$/m],
  ["nils read --", /^--files\[Which files: it's a choice \\\[1\\\]\.\]:value:\(all dcm\)$/m],
  ["nils read /d", /^\*: :_files -\/$/m],
  ["nils pick r", /^\*: :\(red green\)$/m],
];

test.skipIf(!has("zsh")).each(zshCases)("zsh is asked to complete '%s'", (line, asked) => {
  const script = `
    compdef() { }
    _arguments() { print -r -- "first word $words[1]"; print -rl -- "$@" }
    _describe() { print -rl -- "\${nils_commands[@]}" }
    ${renderZshCompletion(words)}
    words=(${line}); CURRENT=$#words; _nils`;
  const { stdout, stderr } = spawnSync("zsh", ["-f", "-c", script], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(stdout).toMatch(asked);
});
