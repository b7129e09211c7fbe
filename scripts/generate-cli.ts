/** Makes docs/reference/cli.md from the definitions of the commands. */
import { type CommandDefinition, type CommandEntry, isGroup } from "#cli/command.ts";
import { commands } from "#cli/commands.ts";
import { exitStatuses } from "#cli/exit-status.ts";
import { writeArgumentTerm, writeOptionAbout, writeOptionTerm, writeUsage } from "#cli/usage.ts";

/** Text of the page, with its closing line break. */
export function generateCliPage(entries: readonly CommandEntry[] = commands): string {
  const sections = entries.flatMap((entry) =>
    isGroup(entry)
      ? entry.commands.map((command) =>
          describeCommand(`nils ${entry.name} ${command.name}`, command),
        )
      : [describeCommand(`nils ${entry.name}`, entry)],
  );
  return `<!-- Made by: npm run generate. Source: src/cli/commands/. Do not edit. -->

# Command line

\`nils\` and \`neuro-backend\` are two names of one program. Standard output carries data, standard error messages and
progress. \`nils --help\` lists the commands, \`nils COMMAND --help\` explains one, \`nils --version\` tells the version.
Text for people is plain where \`NO_COLOR\` is set or no terminal is at the other end.

## Exit status

| status | meaning |
|---|---|
${exitStatuses.map(({ status, about }) => `| ${status} | ${about} |`).join("\n")}

${sections.join("\n")}`;
}

function describeCommand(path: string, command: CommandDefinition): string {
  const argumentLines = Object.entries(command.arguments ?? {}).map(
    ([name, argument]) => `- \`${writeArgumentTerm(name, argument)}\`: ${argument.about}`,
  );
  const optionLines = Object.entries(command.options).map(
    ([name, option]) => `- \`${writeOptionTerm(name, option)}\`: ${writeOptionAbout(option)}`,
  );
  const examples = command.examples.map(({ line, about }) => `# ${about}\n${line}`);
  return `${[
    `## ${path}`,
    `${command.summary}.`,
    `\`\`\`sh\n${examples.join("\n")}\n\`\`\``,
    `Usage: \`${writeUsage(path, command)}\``,
    argumentLines.join("\n"),
    optionLines.join("\n"),
    command.details ?? "",
  ]
    .filter((part) => part !== "")
    .join("\n\n")}\n`;
}
