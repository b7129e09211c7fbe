import type { CommandContext } from "./command.ts";
import { WrongUseError } from "./wrong-use-error.ts";

/**
 * Asks before something that cannot be taken back. With `yes` (the option `--yes`) nothing is asked;
 * where nobody can answer, the command is refused. `question` ends with a question mark.
 */
export async function confirm(
  context: Pick<CommandContext, "ask" | "isTerminal">,
  question: string,
  options: { readonly yes: boolean },
): Promise<boolean> {
  if (options.yes) return true;
  if (!context.isTerminal) {
    throw new WrongUseError(
      `"${question}" needs an answer, and there is no terminal to ask on; add --yes if it is meant.`,
    );
  }
  for (;;) {
    const answer = await context.ask(`${question} [y/N] `);
    if (answer === null) return false;
    const word = answer.trim().toLowerCase();
    if (word === "y" || word === "yes") return true;
    if (word === "" || word === "n" || word === "no") return false;
  }
}
