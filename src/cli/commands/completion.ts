import { type CommandDefinition, type CommandEntry, defineCommand } from "#cli/command.ts";

/** `listCommands` gives all commands, this one among them; it is asked only when the command runs. */
export function defineCompletionCommand(
  listCommands: () => readonly CommandEntry[],
): CommandDefinition {
  return defineCommand({
    name: "completion",
    summary: "Print a script that completes commands and options in your shell",
    examples: [
      { line: 'eval "$(nils completion bash)"', about: "in ~/.bashrc" },
      { line: 'eval "$(nils completion zsh)"', about: "in ~/.zshrc, after compinit" },
      { line: "nils completion fish | source", about: "in ~/.config/fish/config.fish" },
    ],
    arguments: {
      shell: { about: "bash, zsh or fish.", required: true, choices: ["bash", "zsh", "fish"] },
    },
    options: {},
    async run(context, args) {
      const { listCompletions } = await import("#cli/completion/completion-words.ts");
      const words = listCompletions(listCommands());
      switch (args.arguments.shell) {
        case "bash": {
          const { renderBashCompletion } = await import("#cli/completion/bash-completion.ts");
          context.stdout.write(renderBashCompletion(words));
          break;
        }
        case "zsh": {
          const { renderZshCompletion } = await import("#cli/completion/zsh-completion.ts");
          context.stdout.write(renderZshCompletion(words));
          break;
        }
        case "fish": {
          const { renderFishCompletion } = await import("#cli/completion/fish-completion.ts");
          context.stdout.write(renderFishCompletion(words));
          break;
        }
      }
    },
  });
}
