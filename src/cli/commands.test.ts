import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type CommandDefinition, isGroup } from "./command.ts";
import { commands } from "./commands.ts";
import { jsonOption } from "./common-options.ts";

const all: readonly (readonly [path: string, command: CommandDefinition])[] = commands.flatMap(
  (entry) =>
    isGroup(entry)
      ? entry.commands.map((command) => [`${entry.name} ${command.name}`, command] as const)
      : [[entry.name, entry] as const],
);

test.each(all)("%s is described in whole sentences", (path, command) => {
  expect(command.summary).toMatch(/^[A-Z].*[^.]$/);
  const abouts = [...Object.values(command.options), ...Object.values(command.arguments ?? {})];
  for (const { about } of abouts) expect(about).toMatch(/\.$/);
  expect(command.examples.some(({ line }) => line.includes(`nils ${path}`))).toBe(true);
});

test.each(all)("%s takes --json if it lists or shows things", (_path, command) => {
  if (command.lists) expect(command.options["json"]).toBe(jsonOption);
});

test("only the last argument takes all words that are left", () => {
  for (const [, command] of all) {
    const list = Object.values(command.arguments ?? {});
    expect(list.slice(0, -1).filter(({ many }) => many)).toEqual([]);
  }
});

test("nothing costly is loaded to show help", () => {
  // Static imports only: what `run` imports is loaded when the command runs.
  const seen = new Map<string, string>();
  const waiting = [new URL("commands.ts", import.meta.url)];
  const costly: string[] = [];
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    const text = readFileSync(url, "utf8");
    const specifiers = text.matchAll(/^(?:import|export) (?!type\b)[^;]*? from "([^"]+)"/gm);
    for (const [, specifier = ""] of specifiers) {
      // Of the store, lists of names alone.
      const isOwn =
        /^(?:\.\/|#(?:base|cli|catalogue|api)\/|#store\/(?:listing|row-reading)\.ts$)/.test(
          specifier,
        );
      if (!isOwn && !/^(?:commander|node:path)$/.test(specifier)) {
        costly.push(`${url.pathname.split("/src/")[1]} imports ${specifier}`);
      }
      if (!isOwn) continue;
      const target = specifier.startsWith("#")
        ? new URL(`../${specifier.slice(1)}`, import.meta.url)
        : new URL(specifier, url);
      if (!seen.has(target.href)) waiting.push(target);
      seen.set(target.href, specifier);
    }
  }
  expect(costly).toEqual([]);
});
