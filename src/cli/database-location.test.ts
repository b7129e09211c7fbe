import { expect, test } from "vitest";
import { resolveDatabaseLocation } from "./database-location.ts";

function locate(option: string | undefined, env: Record<string, string> = {}) {
  return resolveDatabaseLocation({ option, env, home: "/home/ann", cwd: "/data" });
}

test.each([
  ["mine.db", { NILS_DATABASE: "/other.db" }, "/data/mine.db", "option"],
  [undefined, { NILS_DATABASE: "/other.db", XDG_DATA_HOME: "/xdg" }, "/other.db", "environment"],
  [undefined, { NILS_DATABASE: "", XDG_DATA_HOME: "/xdg" }, "/xdg/nils/nils.db", "default"],
  [undefined, { XDG_DATA_HOME: "relative" }, "/home/ann/.local/share/nils/nils.db", "default"],
  [undefined, {}, "/home/ann/.local/share/nils/nils.db", "default"],
] as const)("--database %s with %j is %s", (option, env, path, namedBy) => {
  expect(locate(option, env)).toEqual({ kind: "file", path, namedBy, printable: path });
});

test.each([
  ["postgres://ann:secret@db/nils", "postgres://ann:***@db/nils"],
  ["postgresql://db/nils?password=secret", "postgresql://db/nils?password=***"],
  ["postgres:///nils?host=/run/postgresql", "postgres:///nils?host=/run/postgresql"],
  ["postgres://ann:se cret@[", "postgres://…"],
])("prints %s without its password", (url, printable) => {
  expect(locate(url)).toEqual({ kind: "postgres", url, namedBy: "option", printable });
});

test.each(["mysql://db/nils", "file:///nils.db", ":memory:"])("refuses %s", (text) => {
  expect(() => locate(text)).toThrow(/^--database names .* no database of this program/);
  expect(() => locate(undefined, { NILS_DATABASE: text })).toThrow(/^NILS_DATABASE names/);
});
