/** Turns the text after an option into its value, or refuses it in a sentence that says what is allowed. */
import { assertNever } from "#base/assert-never.ts";
import { type ArgumentDefinition, flagOf, type OptionDefinition } from "./command.ts";
import { WrongUseError } from "./wrong-use-error.ts";

const SECONDS_PER_UNIT: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Value of one word given to option `name`; a boolean without a word is not asked of it. */
export function parseOptionText(name: string, definition: OptionDefinition, text: string): unknown {
  switch (definition.type) {
    case "flag":
      return true;
    case "boolean":
      if (text === "true") return true;
      if (text === "false") return false;
      throw refuse(name, text, "true or false");
    case "text":
      if (text === "") throw refuse(name, text, `a value for ${definition.placeholder}`);
      return text;
    case "integer": {
      const value = /^[+-]?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      if (value >= definition.min && value <= definition.max) return value;
      throw refuse(name, text, `a whole number from ${definition.min} to ${definition.max}`);
    }
    case "choice":
      if (definition.choices.includes(text)) return text;
      throw refuse(name, text, joinWithOr(definition.choices));
    case "duration": {
      const seconds = parseDuration(text);
      if (seconds !== undefined) return seconds;
      throw refuse(name, text, "a time such as 90s, 10m, 2h or 1d");
    }
    case "parsed": {
      const value = definition.parse(text);
      if (value !== undefined && value !== null) return value;
      throw refuse(name, text, definition.expected);
    }
    default:
      return assertNever(definition);
  }
}

/** Refuses a word that is none of the argument's choices. */
export function checkArgument(name: string, definition: ArgumentDefinition, word: string): void {
  const { choices } = definition;
  if (choices === undefined || choices.includes(word)) return;
  throw new WrongUseError(
    `${name.toUpperCase()} must be ${joinWithOr(choices)}, but is "${word}".`,
  );
}

/** Seconds in `90s`, `10m`, `2h`, `1d`, or a bare `0`. */
export function parseDuration(text: string): number | undefined {
  if (text === "0") return 0;
  const match = /^(\d{1,9}(?:\.\d{1,3})?)([smhd])$/.exec(text);
  const factor = SECONDS_PER_UNIT[match?.[2] ?? ""];
  return factor === undefined ? undefined : Number(match?.[1]) * factor;
}

/** `a`, `a or b`, `a, b or c`. */
export function joinWithOr(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

function refuse(name: string, text: string, expected: string): WrongUseError {
  return new WrongUseError(`${flagOf(name)} needs ${expected}, but got "${text}".`);
}
