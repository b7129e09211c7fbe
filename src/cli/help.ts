/** Help texts, made from the definitions: what it is for, examples, usage, arguments, options. */
import type { CommandDefinition, CommandEntry, CommandGroup } from "./command.ts";
import { exitStatuses } from "./exit-status.ts";
import { writeArgumentTerm, writeOptionAbout, writeOptionTerm, writeUsage } from "./usage.ts";

/** Terms longer than this get their explanation on the next line. */
const LONGEST_TERM = 26;

type Item = readonly [term: string, about: string];

/** Examples on top of the program's help. */
const FIRST_STEPS: readonly Item[] = [
  ["demo ~/nils-demo", "write a small archive to try things on"],
  ["extract --cohort demo --source ~/nils-demo", "read its headers into the database"],
  ["serve", "look at the result in a browser"],
];

/** Help of the whole program: first steps, then the list of commands. */
export function renderProgramHelp(
  program: string,
  description: string,
  entries: readonly CommandEntry[],
  width: number,
): string {
  const names = new Set(entries.map((entry) => entry.name));
  const steps = FIRST_STEPS.filter(([line]) => names.has(line.split(" ")[0] ?? ""));
  return joinSections([
    wrap(description, width),
    renderExamples(steps.map(([line, about]) => [`${program} ${line}`, about])),
    `Usage: ${program} COMMAND [options]`,
    renderItems(
      "Commands",
      entries.map((entry) => [entry.name, entry.summary]),
      width,
    ),
    renderItems(
      "Options",
      [
        ["--help", "Show help; with a command, its own."],
        ["--version", "Show the version."],
      ],
      width,
    ),
    renderItems(
      "Exit status",
      exitStatuses.map(({ status, about }) => [String(status), about]),
      width,
    ),
    `'${program} COMMAND --help' explains a command.`,
  ]);
}

/** Help of a group: its commands. */
export function renderGroupHelp(program: string, group: CommandGroup, width: number): string {
  return joinSections([
    wrap(`${group.summary}.`, width),
    `Usage: ${program} ${group.name} ${group.commands.map(({ name }) => name).join("|")} [options]`,
    renderItems(
      "Commands",
      group.commands.map(({ name, summary }) => [name, summary]),
      width,
    ),
    `'${program} ${group.name} COMMAND --help' explains a command.`,
  ]);
}

/** Help of one command; `path` is how it is called, such as `nils cohort list`. */
export function renderCommandHelp(path: string, command: CommandDefinition, width: number): string {
  const program = path.split(" ")[0] ?? path;
  return joinSections([
    wrap(`${command.summary}.`, width),
    renderExamples(command.examples.map(({ line, about }) => [nameProgram(line, program), about])),
    `Usage: ${writeUsage(path, command)}`,
    renderItems(
      "Arguments",
      Object.entries(command.arguments ?? {}).map(([name, argument]) => [
        writeArgumentTerm(name, argument),
        argument.about,
      ]),
      width,
    ),
    renderItems(
      "Options",
      [
        ...Object.entries(command.options).map(
          ([name, option]): Item => [writeOptionTerm(name, option), writeOptionAbout(option)],
        ),
        ["--help", "Show this text."],
      ],
      width,
    ),
    command.details === undefined ? "" : wrap(command.details, width),
  ]);
}

function nameProgram(line: string, program: string): string {
  return line.startsWith("nils ") ? program + line.slice("nils".length) : line;
}

function renderExamples(examples: readonly Item[]): string {
  if (examples.length === 0) return "";
  const lines = examples.flatMap(([line, about]) => [`  ${line}`, `      ${about}`]);
  return ["Examples:", ...lines].join("\n");
}

function renderItems(title: string, items: readonly Item[], width: number): string {
  if (items.length === 0) return "";
  const fitting = items.map(([term]) => term.length).filter((length) => length <= LONGEST_TERM);
  const indent = 4 + Math.max(0, ...fitting);
  const lines = items.flatMap(([term, about]) => {
    const [first = "", ...rest] = wrap(about, width - indent).split("\n");
    const continued = rest.map((line) => " ".repeat(indent) + line);
    if (term.length > LONGEST_TERM) {
      return [`  ${term}`, " ".repeat(indent) + first, ...continued];
    }
    return [`  ${term}`.padEnd(indent) + first, ...continued];
  });
  return [`${title}:`, ...lines].join("\n");
}

/** Breaks text at spaces; lines that the text breaks itself stay broken. */
function wrap(text: string, width: number): string {
  return text
    .split("\n")
    .map((line) => wrapLine(line, Math.max(20, width)))
    .join("\n");
}

function wrapLine(text: string, width: number): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line === "") lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join("\n");
}

function joinSections(sections: readonly string[]): string {
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}
