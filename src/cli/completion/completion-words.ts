/** What a shell may offer at each place of a command line, derived from the definitions. */
import {
  type CommandDefinition,
  type CommandEntry,
  type Completes,
  flagOf,
  isGroup,
  type OptionDefinition,
} from "#cli/command.ts";

/** An option as shells see it. */
export interface CompletedOption {
  readonly flag: string;
  readonly about: string;
  /** `none`: takes no value; `words`: one of `words`; `any`: a value that cannot be guessed. */
  readonly value: "none" | "words" | "any" | Completes;
  readonly words: readonly string[];
}

/** A command, or a group of them, at the end of `path`, such as `["cohort", "list"]`. */
export interface CompletedCommand {
  readonly path: readonly string[];
  readonly summary: string;
  /** Names that may follow, with what they are for. */
  readonly commands: readonly (readonly [name: string, summary: string])[];
  readonly options: readonly CompletedOption[];
  /** What a word that is no option may be. */
  readonly words: "none" | Completes;
  /** Words that an argument is chosen from. */
  readonly choices: readonly string[];
}

/** The program itself (empty path), then every group and command. */
export function listCompletions(entries: readonly CommandEntry[]): readonly CompletedCommand[] {
  const root: CompletedCommand = {
    path: [],
    summary: "",
    commands: entries.map(({ name, summary }) => [name, summary]),
    options: [option("--version", "Show the version."), option("--help", "Show help.")],
    words: "none",
    choices: [],
  };
  return [
    root,
    ...entries.flatMap((entry) => {
      if (!isGroup(entry)) return [completeCommand([entry.name], entry)];
      const group: CompletedCommand = {
        path: [entry.name],
        summary: entry.summary,
        commands: entry.commands.map(({ name, summary }) => [name, summary]),
        options: [option("--help", "Show help.")],
        words: "none",
        choices: [],
      };
      return [
        group,
        ...entry.commands.map((command) => completeCommand([entry.name, command.name], command)),
      ];
    }),
  ];
}

function completeCommand(path: readonly string[], command: CommandDefinition): CompletedCommand {
  const completes = Object.values(command.arguments ?? {}).flatMap((argument) =>
    argument.completes === undefined ? [] : [argument.completes],
  );
  return {
    path,
    summary: command.summary,
    commands: [],
    options: [
      ...Object.entries(command.options).flatMap(([name, definition]) =>
        completeOption(name, definition),
      ),
      option("--help", "Show help."),
    ],
    // Files include folders, so a mixture offers files.
    words: completes.includes("file") ? "file" : (completes[0] ?? "none"),
    choices: Object.values(command.arguments ?? {}).flatMap(({ choices = [] }) => choices),
  };
}

function completeOption(name: string, definition: OptionDefinition): CompletedOption[] {
  const flag = flagOf(name);
  const { about } = definition;
  switch (definition.type) {
    case "flag":
      return [option(flag, about)];
    case "boolean":
      return [
        { flag, about, value: "words", words: ["true", "false"] },
        option(flag.replace("--", "--no-"), `Same as ${flag} false.`),
      ];
    case "choice":
      return [{ flag, about, value: "words", words: definition.choices }];
    default: {
      const completes = "completes" in definition ? definition.completes : undefined;
      return [{ flag, about, value: completes ?? "any", words: [] }];
    }
  }
}

function option(flag: string, about: string): CompletedOption {
  return { flag, about, value: "none", words: [] };
}
