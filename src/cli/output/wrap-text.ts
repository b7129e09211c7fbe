import { measureWidth } from "./display-width.ts";

/** Breaks a line at spaces; a word longer than the width stands alone. */
export function wrapText(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line === "") lines[lines.length - 1] = word;
    else if (measureWidth(line) + 1 + measureWidth(word) <= width) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else lines.push(word);
  }
  return lines;
}

/** A text beside its label; the lines after the first are indented alike. */
export function wrapLabelled(
  label: string,
  text: string,
  widths: { readonly label: number; readonly line: number },
): string {
  const lines = wrapText(text, Math.max(20, widths.line - widths.label));
  return lines
    .map((line, index) => `${(index === 0 ? label : "").padEnd(widths.label)}${line}`.trimEnd())
    .map((line) => `${line}\n`)
    .join("");
}
