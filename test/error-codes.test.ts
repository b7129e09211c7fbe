/** docs/errors.md and the sources name the same codes of errors. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { exitStatuses } from "#cli/exit-status.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const sources = globSync("src/**/*.ts", { cwd: root }).filter((path) => !path.endsWith(".test.ts"));

/** What stands first in `new UserError(…` or in `super(…` of a class made from it; a condition may choose. */
function listThrownCodes(text: string): string[] {
  const calls = text.includes("extends UserError")
    ? text.matchAll(/(?:new UserError|super)\(\s*([^,)]*),/g)
    : text.matchAll(/new UserError\(\s*([^,)]*),/g);
  return [...calls].flatMap(([, first = ""]) => listLiterals(first));
}

/** Codes in tables of [code, sentence], in files that make errors of them. */
function listTableCodes(text: string): string[] {
  if (!/new UserError\(\s*sentence\[0\]/.test(text)) return [];
  return [...text.matchAll(/\[\s*("[a-z-]+"),/g)].flatMap(([, literal = ""]) =>
    listLiterals(literal),
  );
}

function listLiterals(text: string): string[] {
  return [...text.matchAll(/"([a-z]+(?:-[a-z0-9]+)*)"/g)].map(([, code = ""]) => code);
}

const inSources = new Set(
  sources.flatMap((path) => {
    const text = readFileSync(join(root, path), "utf8");
    return [...listThrownCodes(text), ...listTableCodes(text)];
  }),
);

const rows = [
  ...readFileSync(join(root, "docs/errors.md"), "utf8").matchAll(
    /^\| `([a-z0-9-]+)` +\| ([^|]+?) +\| ([^|]+?) +\|$/gm,
  ),
].map(([, code = "", statuses = "", meaning = ""]) => ({ code, statuses, meaning }));

test("every error is documented, and none that there is not", () => {
  expect(rows.map(({ code }) => code)).toEqual([...inSources].sort());
  expect(rows.length).toBeGreaterThan(35);
});

test("every error ends with a status that there is", () => {
  const known = new Set(exitStatuses.map(({ status }) => String(status)));
  for (const { statuses, meaning } of rows) {
    for (const status of statuses.split(" or ")) expect(known).toContain(status);
    expect(meaning).toMatch(/^[A-Z].*\.$/);
  }
});

test("codes are found where they stand", () => {
  const text = `class A extends UserError { constructor() { super(\n "a-b",\n "x") } } new UserError(is ? "c-d" : "e", m)`;
  expect(listThrownCodes(text)).toEqual(["a-b", "c-d", "e"]);
});
