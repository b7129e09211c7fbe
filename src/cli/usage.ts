/** How options and arguments are written for people, alike in help and in docs/reference/cli.md. */
import { assertNever } from "#base/assert-never.ts";
import {
  type ArgumentDefinition,
  type CommandDefinition,
  flagOf,
  type OptionDefinition,
} from "./command.ts";

/** `--cohort NAME`, `--files all|dcm`, `--resume [true|false]`, `--add TAG…`. */
export function writeOptionTerm(name: string, definition: OptionDefinition): string {
  const value = writeOptionValue(definition);
  return value === "" ? flagOf(name) : `${flagOf(name)} ${value}`;
}

/** `DIR`, `[FILE]`, `PART…`. */
export function writeArgumentTerm(name: string, definition: ArgumentDefinition): string {
  const word = `${name.toUpperCase()}${definition.many ? "…" : ""}`;
  return definition.required ? word : `[${word}]`;
}

/** The sentence on an option with its default. */
export function writeOptionAbout(definition: OptionDefinition): string {
  if (!("default" in definition) || definition.default === undefined) return definition.about;
  return `${definition.about} Default: ${definition.default}.`;
}

/** The line that shows how a command is called; options that are required stand in it. */
export function writeUsage(path: string, command: CommandDefinition): string {
  const options = Object.entries(command.options);
  const required = options.filter(([, option]) => "required" in option && option.required);
  const words = [
    path,
    ...Object.entries(command.arguments ?? {}).map(([name, argument]) =>
      writeArgumentTerm(name, argument),
    ),
    ...required.map(([name, option]) => writeOptionTerm(name, option)),
  ];
  if (options.length > required.length) words.push("[options]");
  return words.join(" ");
}

function writeOptionValue(definition: OptionDefinition): string {
  switch (definition.type) {
    case "flag":
      return "";
    case "boolean":
      return "[true|false]";
    case "choice":
      return definition.choices.join("|") + (definition.many ? "…" : "");
    case "text":
    case "integer":
    case "duration":
    case "parsed":
      return definition.placeholder + (definition.many ? "…" : "");
    default:
      return assertNever(definition);
  }
}
