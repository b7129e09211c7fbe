import fc from "fast-check";
import { expect, test } from "vitest";
import { UserError } from "#base/user-error.ts";
import { type CommandEntry, defineCommand } from "./command.ts";
import { parseCommandLine } from "./program.ts";

const read = defineCommand({
  name: "read",
  summary: "Read a folder",
  examples: [{ line: "nils read --cohort brains /data", about: "read it" }],
  arguments: {
    dir: { about: "Folder.", required: true },
    more: { about: "Further folders.", many: true },
  },
  options: {
    cohort: { type: "text", placeholder: "NAME", about: "Cohort.", required: true },
    workers: { type: "integer", placeholder: "N", about: "Workers.", min: 1, max: 64, default: 4 },
    resume: { type: "boolean", about: "Go on.", default: true },
    dryRun: { type: "flag", about: "Only look." },
    files: { type: "choice", choices: ["all", "dcm"], about: "Which files.", default: "all" },
    minAge: { type: "duration", placeholder: "TIME", about: "Age.", default: "0s" },
    add: { type: "text", placeholder: "TAG", about: "Tag.", many: true },
    shard: {
      type: "parsed",
      placeholder: "I/N",
      about: "Share.",
      expected: "a part and the number of parts, such as 2/8",
      parse: (text) => {
        const [part = 0, parts = 0] = text.split("/").map(Number);
        return part >= 1 && part <= parts ? { part, parts } : undefined;
      },
    },
  },
  run(_context, args) {
    // Types only: each value has the type that its entry says.
    const checked: {
      dir: string;
      more: readonly string[];
      cohort: string;
      workers: number;
      resume: boolean;
      dryRun: boolean;
      files: "all" | "dcm";
      minAge: number;
      add: readonly string[];
      shard: { part: number; parts: number } | undefined;
    } = { ...args.arguments, ...args.options };
    if (checked.dryRun) return 2;
    return;
  },
});

const list = defineCommand({
  name: "list",
  summary: "List things",
  examples: [{ line: "nils thing list", about: "list" }],
  options: {},
  run() {},
});

const entries: readonly CommandEntry[] = [
  read,
  { name: "thing", summary: "Things", commands: [list] },
];

const settings = { program: "nils", version: "1.2.3", description: "Reads things.", width: 80 };

function parse(line: string) {
  return parseCommandLine(entries, settings, line === "" ? [] : line.split(" "));
}

function parseValues(line: string) {
  const invocation = parse(`read --cohort c ${line}`);
  if (invocation.kind !== "run") throw new Error("printed instead");
  return invocation.args;
}

function refusal(line: string): string {
  try {
    parse(line);
  } catch (error) {
    if (error instanceof UserError && error.exitStatus === 2) return error.message;
    throw error;
  }
  throw new Error("not refused");
}

test("fills defaults in, and tells them from what was typed", () => {
  const { options, arguments: words, given } = parseValues("--workers 4 /data");
  expect(options).toEqual({
    cohort: "c",
    workers: 4,
    resume: true,
    dryRun: false,
    files: "all",
    minAge: 0,
    add: [],
    shard: undefined,
  });
  expect(words).toEqual({ dir: "/data", more: [] });
  expect([...given].sort()).toEqual(["cohort", "workers"]);
});

test.each([
  ["/data --resume", true],
  ["--resume true /data", true],
  ["--resume=false /data", false],
  ["--resume false /data", false],
  ["--no-resume /data", false],
  ["--no-resume --resume true /data", true],
])("reads the truth value in %s", (line, value) => {
  expect(parseValues(line).options).toMatchObject({ resume: value });
  expect(parseValues(line).given).toContain("resume");
});

test("reads values of every type", () => {
  const { options, arguments: words } = parseValues(
    "/a --workers=64 --dry-run --files dcm --min-age 2h --add EchoTime 0018,9087 --shard 2/8 --add X",
  );
  expect(options).toMatchObject({
    workers: 64,
    dryRun: true,
    files: "dcm",
    minAge: 7200,
    add: ["EchoTime", "0018,9087", "X"],
    shard: { part: 2, parts: 8 },
  });
  expect(words).toEqual({ dir: "/a", more: [] });
});

test("takes all further words for an argument that may be many", () => {
  expect(parseValues("/a /b /c").arguments).toEqual({ dir: "/a", more: ["/b", "/c"] });
  expect(parseValues("-- --odd").arguments).toEqual({ dir: "--odd", more: [] });
});

test.each([
  ["read /d --cohort c --workers 0", '--workers needs a whole number from 1 to 64, but got "0".'],
  [
    "read /d --cohort c --workers 1.5",
    '--workers needs a whole number from 1 to 64, but got "1.5".',
  ],
  ["read /d --cohort c --files any", '--files needs all or dcm, but got "any".'],
  ["read /d --cohort c --resume=no", '--resume needs true or false, but got "no".'],
  [
    "read /d --cohort c --min-age 5",
    '--min-age needs a time such as 90s, 10m, 2h or 1d, but got "5".',
  ],
  [
    "read /d --cohort c --shard 9/8",
    '--shard needs a part and the number of parts, such as 2/8, but got "9/8".',
  ],
  ["read /d --cohort=", '--cohort needs a value for NAME, but got "".'],
  [
    "read /d --cohort --dry-run",
    "--cohort needs a value after it, but the option --dry-run follows; write --cohort NAME.",
  ],
  ["read /d", "nils read needs --cohort NAME; for example: nils read --cohort brains /data"],
  ["read --cohort c", "nils read needs DIR; for example: nils read --cohort brains /data"],
  [
    "read /d --chort c",
    "Unknown option '--chort'. Did you mean --cohort? 'nils read --help' shows what there is.",
  ],
  ["raed", "Unknown command 'raed'. Did you mean read? 'nils --help' shows what there is."],
  [
    "thing lst",
    "Unknown command 'lst'. Did you mean list? 'nils thing --help' shows what there is.",
  ],
  ["zzz", "Unknown command 'zzz'. 'nils --help' shows what there is."],
  [
    "thing list x",
    "Too many arguments for 'list'. Expected 0 arguments but got 1: x. 'nils thing list --help' shows what there is.",
  ],
])("refuses: %s", (line, message) => {
  expect(refusal(line)).toBe(message);
});

test.each([
  ["--version", "stdout", 0, /^nils 1\.2\.3\n$/],
  ["--help", "stdout", 0, /Usage: nils COMMAND[\s\S]*read +Read a folder/],
  ["help read", "stdout", 0, /^Read a folder\./],
  ["", "stderr", 2, /Usage: nils COMMAND/],
  ["thing", "stderr", 2, /Usage: nils thing list \[options\]/],
  ["thing --help", "stdout", 0, /list +List things/],
  ["thing list --help", "stdout", 0, /Usage: nils thing list\n/],
])("prints for: nils %s", (line, to, status, text) => {
  expect(parse(line)).toMatchObject({ kind: "print", to, status });
  expect(parse(line)).toHaveProperty("text", expect.stringMatching(text));
});

test("shows examples before usage and options", () => {
  const printed = parse("read --help");
  expect(printed).toHaveProperty(
    "text",
    `Read a folder.

Examples:
  nils read --cohort brains /data
      read it

Usage: nils read DIR [MORE…] --cohort NAME [options]

Arguments:
  DIR      Folder.
  [MORE…]  Further folders.

Options:
  --cohort NAME          Cohort.
  --workers N            Workers. Default: 4.
  --resume [true|false]  Go on. Default: true.
  --dry-run              Only look.
  --files all|dcm        Which files. Default: all.
  --min-age TIME         Age. Default: 0s.
  --add TAG…             Tag.
  --shard I/N            Share.
  --help                 Show this text.
`,
  );
});

test("a command line is run, printed or refused, whatever its words", () => {
  const word = fc.oneof(
    fc.constantFrom(
      "read",
      "thing",
      "list",
      "--cohort",
      "--resume",
      "--no-resume",
      "--",
      "-",
      "help",
    ),
    fc.constantFrom("--help", "-h", "--version", "--add", "--workers", "3", "--files=all", "-x"),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), (words) => {
      try {
        expect(["run", "print"]).toContain(parseCommandLine(entries, settings, words).kind);
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
      }
    }),
    { numRuns: 300 },
  );
});
