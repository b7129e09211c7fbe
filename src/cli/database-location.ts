/** Which database a command means, decided from what was typed and from the environment alone. */
import { isAbsolute, join, resolve } from "node:path";
import { WrongUseError } from "./wrong-use-error.ts";

export type DatabaseLocation = {
  /** What named it: `--database`, `NILS_DATABASE`, or neither. */
  readonly namedBy: "option" | "environment" | "default";
  /** May be printed: a password in an address is left out. */
  readonly printable: string;
} & (
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "postgres"; readonly url: string }
);

export interface DatabaseSettings {
  /** Value of `--database`. */
  readonly option: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Folder that a relative path starts from. */
  readonly cwd: string;
}

/** `--database`, else `NILS_DATABASE`, else `nils/nils.db` in the user's data folder. Touches no disk. */
export function resolveDatabaseLocation(settings: DatabaseSettings): DatabaseLocation {
  const { option, env, home, cwd } = settings;
  if (option !== undefined) return locate(option, "option", cwd);
  const named = env["NILS_DATABASE"];
  if (named) return locate(named, "environment", cwd);
  // A relative XDG_DATA_HOME is to be ignored (XDG Base Directory Specification).
  const xdg = env["XDG_DATA_HOME"] ?? "";
  const dataHome = isAbsolute(xdg) ? xdg : join(home, ".local/share");
  return locate(join(dataHome, "nils/nils.db"), "default", cwd);
}

function locate(text: string, namedBy: DatabaseLocation["namedBy"], cwd: string): DatabaseLocation {
  if (/^postgres(?:ql)?:\/\//i.test(text)) {
    return { kind: "postgres", url: text, namedBy, printable: hidePassword(text) };
  }
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text)?.[0];
  if (scheme !== undefined || text === ":memory:") {
    const source = namedBy === "option" ? "--database" : "NILS_DATABASE";
    throw new WrongUseError(
      `${source} names ${scheme ?? text}, which is no database of this program; give the path of a file or a postgres:// address.`,
    );
  }
  const path = resolve(cwd, text);
  return { kind: "file", path, namedBy, printable: path };
}

function hidePassword(url: string): string {
  if (!URL.canParse(url)) return "postgres://…";
  const parsed = new URL(url);
  if (parsed.password !== "") parsed.password = "***";
  for (const name of ["password", "sslpassword"]) {
    if (parsed.searchParams.has(name)) parsed.searchParams.set(name, "***");
  }
  return parsed.href;
}
