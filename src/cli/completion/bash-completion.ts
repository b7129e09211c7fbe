import type { CompletedCommand, CompletedOption } from "./completion-words.ts";

/** Script for bash 4 and newer; needs no other package. */
export function renderBashCompletion(commands: readonly CompletedCommand[]): string {
  const paths = commands.filter(({ path }) => path.length > 0).map(({ path }) => path.join(" "));
  return `# bash completion of nils; made by: nils completion bash
_nils() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} path= index
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "\${path:+$path }\${COMP_WORDS[index]}" in
      ${paths.map((path) => `"${path}"`).join("|")}) path="\${path:+$path }\${COMP_WORDS[index]}" ;;
      *) break ;;
    esac
  done
  COMPREPLY=()
  case "$path $before" in
${commands.flatMap(renderValues).join("\n")}
  esac
  case "$path" in
${commands.map(renderWords).join("\n")}
  esac
}
complete -F _nils nils neuro-backend
`;
}

function renderValues(command: CompletedCommand): string[] {
  return command.options
    .filter(({ value }) => value !== "none")
    .map((option) => {
      const pattern = `"${command.path.join(" ")} ${option.flag}"`;
      return `    ${pattern}) ${offerValue(option)}; return ;;`;
    });
}

function offerValue({ value, words }: CompletedOption): string {
  if (value === "file" || value === "folder") return offerPaths(value);
  return value === "words" ? offerWords(words) : ":";
}

function renderWords(command: CompletedCommand): string {
  const flags = command.options.map(({ flag }) => flag);
  const names = command.commands.map(([name]) => name);
  const pattern = `"${command.path.join(" ")}"`;
  const words =
    command.words === "none"
      ? offerWords([...names, ...command.choices, ...flags])
      : offerPaths(command.words);
  return `    ${pattern}) if [[ $word == -* ]]; then ${offerWords(flags)}; else ${words}; fi ;;`;
}

function offerWords(words: readonly string[]): string {
  return `mapfile -t COMPREPLY < <(compgen -W "${words.join(" ")}" -- "$word")`;
}

function offerPaths(kind: "file" | "folder"): string {
  const action = kind === "file" ? "-f" : "-d";
  return `compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen ${action} -- "$word")`;
}
