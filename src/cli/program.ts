/**
 * The one place that knows commander: builds its program from the definitions and turns a command
 * line into a decision. Nothing is run here, so every command line can be tested without effects.
 */
import { Command, type CommanderError, Option } from "commander";
import {
  type CommandArguments,
  type CommandDefinition,
  type CommandEntry,
  flagOf,
  isGroup,
  type OptionDefinition,
} from "./command.ts";
import type { ExitStatus } from "./exit-status.ts";
import { renderCommandHelp, renderGroupHelp, renderProgramHelp } from "./help.ts";
import { checkArgument, parseDuration, parseOptionText } from "./parse-option.ts";
import { writeArgumentTerm, writeOptionTerm } from "./usage.ts";
import { WrongUseError } from "./wrong-use-error.ts";

/** What a command line asks for. */
export type Invocation =
  | {
      readonly kind: "run";
      readonly definition: CommandDefinition;
      readonly args: CommandArguments;
    }
  | {
      readonly kind: "print";
      readonly text: string;
      readonly to: "stdout" | "stderr";
      readonly status: ExitStatus;
    };

export interface ProgramSettings {
  /** Name it was called by. */
  readonly program: string;
  readonly version: string;
  readonly description: string;
  /** Columns that help may fill. */
  readonly width: number;
}

/** Decides what a command line asks for; throws `WrongUseError` for one that cannot be understood. */
export function parseCommandLine(
  entries: readonly CommandEntry[],
  settings: ProgramSettings,
  words: readonly string[],
): Invocation {
  const printed: { text: string; to: "stdout" | "stderr" } = { text: "", to: "stdout" };
  const chosen: { run?: Invocation } = {};
  const program = buildProgram(entries, settings, printed, (definition, args) => {
    chosen.run = { kind: "run", definition, args };
  });
  try {
    program.parse(words, { from: "user" });
  } catch (error) {
    if (!(error instanceof ShownText)) throw error;
    return { kind: "print", ...printed, status: error.status };
  }
  if (chosen.run === undefined) throw new Error("a command line was neither run nor refused");
  return chosen.run;
}

/** Thrown out of commander after help or the version was asked for. */
class ShownText extends Error {
  readonly status: ExitStatus;

  constructor(status: ExitStatus) {
    super("text shown");
    this.status = status;
  }
}

type Choose = (definition: CommandDefinition, args: CommandArguments) => void;

function buildProgram(
  entries: readonly CommandEntry[],
  settings: ProgramSettings,
  printed: { text: string; to: "stdout" | "stderr" },
  choose: Choose,
): Command {
  const { program, version, description, width } = settings;
  const root = new Command(program);
  // Inherited by the commands made with root.command() below.
  root
    .configureOutput({
      writeOut: (text) => {
        printed.text += text;
        printed.to = "stdout";
      },
      writeErr: (text) => {
        printed.text += text;
        printed.to = "stderr";
      },
      outputError: () => {},
    })
    .exitOverride(endParsing(program))
    .allowExcessArguments(false)
    .version(`nils ${version}`, "--version")
    .helpOption("-h, --help")
    .configureHelp({
      formatHelp: () => renderProgramHelp(program, description, entries, width),
    });
  for (const entry of entries) {
    if (isGroup(entry)) {
      const group = root
        .command(entry.name)
        .exitOverride(endParsing(`${program} ${entry.name}`))
        .configureHelp({ formatHelp: () => renderGroupHelp(program, entry, width) });
      for (const definition of entry.commands) {
        addCommand(group, `${program} ${entry.name} ${definition.name}`, definition, width, choose);
      }
    } else {
      addCommand(root, `${program} ${entry.name}`, entry, width, choose);
    }
  }
  return root;
}

function addCommand(
  parent: Command,
  path: string,
  definition: CommandDefinition,
  width: number,
  choose: Choose,
): void {
  const command = parent
    .command(definition.name)
    .exitOverride(endParsing(path))
    .configureHelp({ formatHelp: () => renderCommandHelp(path, definition, width) });
  // All are optional to commander: collectArguments refuses with a sentence that shows an example.
  for (const [name, argument] of Object.entries(definition.arguments ?? {})) {
    command.argument(argument.many ? `[${name}...]` : `[${name}]`);
  }
  const flags = new Set(Object.keys(definition.options).map(flagOf));
  for (const [name, option] of Object.entries(definition.options)) {
    addOption(command, name, option, flags);
  }
  command.action(() => choose(definition, collectArguments(path, definition, command)));
}

function addOption(
  command: Command,
  name: string,
  definition: OptionDefinition,
  flags: ReadonlySet<string>,
): void {
  const flag = flagOf(name);
  if (definition.type === "flag") {
    command.addOption(new Option(flag));
    return;
  }
  if (definition.type === "boolean") {
    command.addOption(
      new Option(`${flag} [value]`)
        .preset("true")
        .argParser((text) => parseOptionText(name, definition, text)),
    );
    command.addOption(new Option(flag.replace("--", "--no-")));
    return;
  }
  const isMany = definition.many === true;
  const option = new Option(`${flag} <value${isMany ? "..." : ""}>`);
  option.argParser((text: string, before: unknown) => {
    if (flags.has(text)) {
      throw new WrongUseError(
        `${flag} needs a value after it, but the option ${text} follows; write ${writeOptionTerm(name, definition)}.`,
      );
    }
    const value = parseOptionText(name, definition, text);
    return isMany ? [...(Array.isArray(before) ? before : []), value] : value;
  });
  command.addOption(option);
}

function collectArguments(
  path: string,
  definition: CommandDefinition,
  command: Command,
): CommandArguments {
  const given = new Set<string>();
  const options: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(definition.options)) {
    const isGiven = command.getOptionValueSource(name) === "cli";
    if (isGiven) given.add(name);
    options[name] = isGiven ? command.getOptionValue(name) : defaultOf(option);
    if (options[name] === undefined && "required" in option && option.required) {
      throw missing(path, writeOptionTerm(name, option), definition);
    }
  }
  const values: Record<string, unknown> = {};
  for (const [index, [name, argument]] of Object.entries(definition.arguments ?? {}).entries()) {
    const value: unknown = argument.many
      ? (command.processedArgs[index] ?? [])
      : command.args[index];
    values[name] = value;
    const isMissing = value === undefined || (Array.isArray(value) && value.length === 0);
    if (isMissing && argument.required) {
      throw missing(path, writeArgumentTerm(name, argument), definition);
    }
    for (const word of isMissing ? [] : [value].flat()) checkArgument(name, argument, String(word));
  }
  return { arguments: values, options, given } as CommandArguments;
}

function defaultOf(definition: OptionDefinition): unknown {
  if (definition.type === "flag") return false;
  if ("default" in definition && definition.default !== undefined) {
    return definition.type === "duration" ? parseDuration(definition.default) : definition.default;
  }
  return "many" in definition && definition.many ? [] : undefined;
}

function missing(path: string, term: string, definition: CommandDefinition): WrongUseError {
  return new WrongUseError(`${path} needs ${term}; for example: ${definition.examples[0].line}`);
}

/** What commander does instead of ending the process: refusals of its own become sentences. */
function endParsing(path: string): (error: CommanderError) => never {
  return (error) => {
    if (error.code === "commander.version" || error.code === "commander.helpDisplayed") {
      throw new ShownText(0);
    }
    // A group or the program alone: the help has gone to standard error.
    if (error.code === "commander.help") throw new ShownText(error.exitCode === 0 ? 0 : 2);
    const [sentence = "", suggestion] = error.message.replace(/^error: /, "").split("\n");
    const hint = suggestion?.replace(/^\((.*)\)$/, " $1") ?? "";
    const start = sentence.charAt(0).toUpperCase() + sentence.slice(1);
    const end = sentence.endsWith(".") ? "" : ".";
    throw new WrongUseError(`${start}${end}${hint} '${path} --help' shows what there is.`);
  };
}
