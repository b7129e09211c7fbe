/**
 * What a command is: data that says how it is called, and one function that carries it out. Parsing,
 * help, completion and docs/reference/cli.md are all made from these entries.
 *
 * A command is one file in commands/ and one line in commands.ts. What is costly to load (a database,
 * the pipeline, a server) is imported inside `run`, so that help and completion start at once.
 */
import type { ExitStatus } from "./exit-status.ts";

/** A line to type and what it does. */
export interface Example {
  readonly line: string;
  readonly about: string;
}

/** What a value names, so that a shell can complete it. */
export type Completes = "file" | "folder";

interface OptionBase {
  /** One sentence, without its default, which help adds. */
  readonly about: string;
}

interface ValueOptionBase extends OptionBase {
  /** Word in capitals that stands for the value in help: `NAME` in `--cohort NAME`. */
  readonly placeholder: string;
  readonly required?: true;
  /** May be given several times, or with several words after it. */
  readonly many?: true;
}

/** `--dry-run`: present or not. */
export interface FlagOption extends OptionBase {
  readonly type: "flag";
}

/** `--resume`, `--resume true`, `--resume false`, `--no-resume`. */
export interface BooleanOption extends OptionBase {
  readonly type: "boolean";
  readonly default?: boolean;
}

export interface TextOption extends ValueOptionBase {
  readonly type: "text";
  readonly default?: string;
  readonly completes?: Completes;
}

/** A whole number within `min` and `max`, both allowed. */
export interface IntegerOption extends ValueOptionBase {
  readonly type: "integer";
  readonly min: number;
  readonly max: number;
  readonly default?: number;
}

export interface ChoiceOption extends OptionBase {
  readonly type: "choice";
  readonly choices: readonly string[];
  readonly default?: string;
  readonly required?: true;
  readonly many?: true;
}

/** A time span such as `90s`, `10m`, `2h` or `1d`; its value is in seconds. */
export interface DurationOption extends ValueOptionBase {
  readonly type: "duration";
  /** As it would be typed. */
  readonly default?: string;
}

/** A value of its own form, such as `2/8`. */
export interface ParsedOption extends ValueOptionBase {
  readonly type: "parsed";
  /** Gives undefined for what it does not accept; the refusal is then made from `expected`. */
  parse(text: string): unknown;
  /** Ends the sentence "--shard needs …", for example `a part and the number of parts, such as 2/8`. */
  readonly expected: string;
  readonly completes?: Completes;
}

export type OptionDefinition =
  | FlagOption
  | BooleanOption
  | TextOption
  | IntegerOption
  | ChoiceOption
  | DurationOption
  | ParsedOption;

/** Keys are the names in camel case: `dryRun` is `--dry-run`. Order is the order in help. */
export type OptionDefinitions = Readonly<Record<string, OptionDefinition>>;

export interface ArgumentDefinition {
  readonly about: string;
  readonly required?: true;
  /** Takes all words that are left; only the last argument may. */
  readonly many?: true;
  readonly choices?: readonly string[];
  readonly completes?: Completes;
}

/** Keys are the names, order is the order on the line. */
export type ArgumentDefinitions = Readonly<Record<string, ArgumentDefinition>>;

/** Where a command writes text: standard output or standard error. */
export interface Output {
  /** Whether a person's terminal is at the other end. */
  readonly isTerminal: boolean;
  /** Whether colours are wanted: a terminal, and `NO_COLOR` not set. */
  readonly color: boolean;
  /** Width of the terminal in characters; 80 where there is none. */
  readonly columns: number;
  write(text: string | Uint8Array): void;
  /**
   * Waits until what was written has left; a command that writes without limit awaits it now and then.
   * Rejects with `ClosedPipeError` when the reader has gone (`nils dump … | head`), which ends the command well.
   */
  drain(): Promise<void>;
}

/** What a command gets from outside, instead of globals. */
export interface CommandContext {
  /** Carries data only. */
  readonly stdout: Output;
  /** Carries messages and progress. */
  readonly stderr: Output;
  /** Whether somebody is there to answer a question: standard input and standard error are terminals. */
  readonly isTerminal: boolean;
  /** Asks on standard error and reads one line from standard input; null at its end. */
  ask(question: string): Promise<string | null>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The home folder of the user. */
  readonly home: string;
  /** Name the program was called by: `nils` or `neuro-backend`. */
  readonly program: string;
  readonly version: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** Aborted at the first SIGINT or SIGTERM, for commands that say `stopsOnSignal`. */
  readonly stop: AbortSignal;
}

type ScalarOf<Definition extends OptionDefinition> = Definition extends ChoiceOption
  ? Definition["choices"][number]
  : Definition extends ParsedOption
    ? NonNullable<ReturnType<Definition["parse"]>>
    : Definition extends IntegerOption | DurationOption
      ? number
      : Definition extends FlagOption | BooleanOption
        ? boolean
        : string;

type OptionValue<Definition extends OptionDefinition> = Definition extends FlagOption
  ? boolean
  : Definition extends { readonly many: true }
    ? readonly ScalarOf<Definition>[]
    : Definition extends { readonly default: unknown } | { readonly required: true }
      ? ScalarOf<Definition>
      : ScalarOf<Definition> | undefined;

type WordOf<Definition extends ArgumentDefinition> = Definition extends {
  readonly choices: readonly (infer Word)[];
}
  ? Word
  : string;

type ArgumentValue<Definition extends ArgumentDefinition> = Definition extends {
  readonly many: true;
}
  ? readonly WordOf<Definition>[]
  : Definition extends { readonly required: true }
    ? WordOf<Definition>
    : WordOf<Definition> | undefined;

/** The values of a command line, defaults filled in. */
export interface CommandArguments<
  Arguments extends ArgumentDefinitions = ArgumentDefinitions,
  Options extends OptionDefinitions = OptionDefinitions,
> {
  readonly arguments: { readonly [Name in keyof Arguments]: ArgumentValue<Arguments[Name]> };
  /** A flag that was not given is false, a `many` option an empty list, any other without default undefined. */
  readonly options: { readonly [Name in keyof Options]: OptionValue<Options[Name]> };
  /** Names of the options that were typed, to tell a choice from a default. */
  readonly given: ReadonlySet<string>;
}

export interface CommandDefinition<
  Arguments extends ArgumentDefinitions = ArgumentDefinitions,
  Options extends OptionDefinitions = OptionDefinitions,
> {
  readonly name: string;
  /** One sentence in the imperative, without a full stop; shown in lists of commands. */
  readonly summary: string;
  /** Further paragraphs of help, where a sentence is not enough. */
  readonly details?: string;
  /** At least one; shown first in help. `nils` is written as the program's name. */
  readonly examples: readonly [Example, ...Example[]];
  readonly arguments?: Arguments;
  readonly options: Options;
  /** Lists or shows things, so it must have the option `json` (common-options.ts). */
  readonly lists?: true;
  /** Ends by itself when `context.stop` is aborted; others are ended by the signal as usual. */
  readonly stopsOnSignal?: true;
  /** Carries the command out. Nothing returned is exit status 0. */
  run(
    context: CommandContext,
    args: CommandArguments<Arguments, Options>,
    // biome-ignore lint/suspicious/noConfusingVoidType: a command that ends well need not return anything
  ): Promise<ExitStatus | void> | ExitStatus | void;
}

/** Commands that share a first word: `nils cohort list`, `nils cohort show`. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly CommandDefinition[];
}

export type CommandEntry = CommandDefinition | CommandGroup;

/** Checks a definition's types; the values in `run` get theirs from the entries. */
export function defineCommand<
  const Options extends OptionDefinitions,
  const Arguments extends ArgumentDefinitions = Readonly<Record<never, never>>,
>(definition: CommandDefinition<Arguments, Options>): CommandDefinition {
  return definition as unknown as CommandDefinition;
}

/** Tells a group from a command. */
export function isGroup(entry: CommandEntry): entry is CommandGroup {
  return "commands" in entry;
}

/** The flag of an option's key: `dryRun` is `--dry-run`. */
export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
