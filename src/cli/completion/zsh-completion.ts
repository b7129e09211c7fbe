import type { CompletedCommand, CompletedOption } from "./completion-words.ts";

/** Script for zsh; may be sourced, or saved as `_nils` in a folder of `$fpath`. */
export function renderZshCompletion(commands: readonly CompletedCommand[]): string {
  const paths = commands.filter(({ path }) => path.length > 0).map(({ path }) => path.join(" "));
  return `#compdef nils neuro-backend
# zsh completion of nils; made by: nils completion zsh
_nils() {
  local nils_path= index
  for ((index = 2; index < CURRENT; index++)); do
    case "\${nils_path:+$nils_path }\${words[index]}" in
      ${paths.map((path) => `"${path}"`).join("|")}) nils_path="\${nils_path:+$nils_path }\${words[index]}" ;;
      *) break ;;
    esac
  done
  # What follows sees the command as the first word.
  words=("\${(@)words[index - 1, -1]}")
  (( CURRENT -= index - 2 ))
  case "$nils_path" in
${commands.map(renderCommand).join("\n")}
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _nils "$@"
else
  compdef _nils nils neuro-backend
fi
`;
}

function renderCommand(command: CompletedCommand): string {
  const specs = command.options.map(renderOption);
  if (command.commands.length > 0) {
    const names = command.commands.map(([name, summary]) => `${name}:${escapeColons(summary)}`);
    const words = names.map((name) => quote(name)).join(" ");
    return `    "${command.path.join(" ")}")
      local -a nils_commands=(${words})
      if [[ \${words[CURRENT]} == -* ]]; then _arguments ${specs.join(" ")}; else _describe command nils_commands; fi ;;`;
  }
  const rest = renderRest(command).map((action) => quote(`*: :${action}`));
  return `    "${command.path.join(" ")}") _arguments ${[...specs, ...rest].join(" ")} ;;`;
}

function renderRest({ words, choices }: CompletedCommand): string[] {
  if (words !== "none") return [pathAction(words)];
  return choices.length === 0 ? [] : [`(${choices.join(" ")})`];
}

function renderOption({ flag, about, value, words }: CompletedOption): string {
  const start = `${flag}[${about.replaceAll(/[[\]]/g, "\\$&")}]`;
  if (value === "none") return quote(start);
  if (value === "words") return quote(`${start}:value:(${words.join(" ")})`);
  if (value === "any") return quote(`${start}:value: `);
  return quote(`${start}:path:${pathAction(value)}`);
}

function pathAction(kind: "file" | "folder"): string {
  return kind === "file" ? "_files" : "_files -/";
}

function escapeColons(text: string): string {
  return text.replaceAll(":", "\\:");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
