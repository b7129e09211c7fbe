import type { CompletedCommand, CompletedOption } from "./completion-words.ts";

/** Script for fish 3 and newer. */
export function renderFishCompletion(commands: readonly CompletedCommand[]): string {
  const lines = ["nils", "neuro-backend"].flatMap((program) => [
    `complete -c ${program} -f`,
    ...commands.flatMap((command) => renderCommand(program, command)),
  ]);
  return `# fish completion of nils; made by: nils completion fish
${lines.join("\n")}
`;
}

function renderCommand(program: string, command: CompletedCommand): string[] {
  const condition = quote(whenIn(command));
  const start = `complete -c ${program} -n ${condition}`;
  const files = command.words === "none" ? [] : [`${start} -F`];
  return [
    ...files,
    ...command.commands.map(([name, summary]) => `${start} -a ${name} -d ${quote(summary)}`),
    ...command.choices.map((word) => `${start} -a ${word}`),
    ...command.options.map((option) => `${start} ${renderOption(option)}`),
  ];
}

/** True when the words so far lead to this command, and no command of it was named yet. */
function whenIn(command: CompletedCommand): string {
  if (command.path.length === 0) return "__fish_use_subcommand";
  const seen = command.path.map((name) => `__fish_seen_subcommand_from ${name}`);
  const names = command.commands.map(([name]) => name);
  if (names.length > 0) seen.push(`not __fish_seen_subcommand_from ${names.join(" ")}`);
  return seen.join("; and ");
}

function renderOption({ flag, about, value, words }: CompletedOption): string {
  const base = `-l ${flag.slice(2)} -d ${quote(about)}`;
  if (value === "none") return base;
  if (value === "words") return `${base} -x -a ${quote(words.join(" "))}`;
  if (value === "any") return `${base} -x`;
  return value === "folder" ? `${base} -x -a '(__fish_complete_directories)'` : `${base} -r -F`;
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
