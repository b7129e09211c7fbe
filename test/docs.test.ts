/** What the pages promise: links lead somewhere, lines to type are understood, words are defined once. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { commands } from "#cli/commands.ts";
import { parseCommandLine } from "#cli/program.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = [
  ...globSync("*.md", { cwd: root }),
  ...globSync("docs/**/*.md", { cwd: root }),
].sort();

function readPage(page: string): string {
  return readFileSync(join(root, page), "utf8");
}

/** Lines of shell blocks and of shown sessions that call the program; the words after its name. */
function listTypedLines(page: string): string[][] {
  const blocks = readPage(page).matchAll(/^```(sh|console)\n(.*?)^```/gms);
  return [...blocks].flatMap(([, kind, block = ""]) =>
    block.split("\n").flatMap((line) => {
      const prompt = kind === "console" ? "\\$ " : "";
      const pattern = `^${prompt}(?:\\./nils|nils|neuro-backend) (.*?)(?:\\s+#.*|\\s*[|>].*)?$`;
      const typed = new RegExp(pattern).exec(line);
      return typed?.[1] === undefined ? [] : [splitWords(typed[1])];
    }),
  );
}

/** As a shell splits a line without variables. */
function splitWords(line: string): string[] {
  return [...line.matchAll(/(?:'[^']*'|"[^"]*"|\S)+/g)].map(([word]) => word.replace(/['"]/g, ""));
}

test.each(pages)("%s links to what exists", (page) => {
  const links = [...readPage(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(
    ([, link]) => link,
  );
  const broken = links.filter((link = "") => !existsSync(join(root, dirname(page), link)));
  expect(broken).toEqual([]);
});

test.each(pages)("%s shows lines that can be typed", (page) => {
  const settings = { program: "nils", version: "0.0.0", description: "", width: 80 };
  for (const words of listTypedLines(page)) {
    expect(() => parseCommandLine(commands, settings, words), words.join(" ")).not.toThrow();
  }
});

test("pages show lines to type", () => {
  for (const page of ["README.md", "docs/start.md", "docs/guide/export.md"]) {
    expect(listTypedLines(page).length, page).toBeGreaterThan(2);
  }
});

test("the glossary defines each word once", () => {
  const words = [...readPage("docs/glossary.md").matchAll(/^- \*\*(.+?)\*\*:/gm)].map(
    ([, word]) => word,
  );
  expect(words.length).toBeGreaterThan(40);
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
});
