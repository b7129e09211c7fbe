/** The folder that a cohort is read from: found as the system knows it, and kept apart from the database. */
import { readlinkSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { encodePath } from "#base/path-text.ts";
import { systemErrorName } from "#base/system-error-name.ts";
import { UserError } from "#base/user-error.ts";
import { WrongUseError } from "#cli/wrong-use-error.ts";
import { systemPath } from "#pipeline/discover/walk.ts";

/** Stored text of the real path of the folder that was typed. */
export function resolveSource(typed: string, cwd: string): string {
  const path = resolve(cwd, typed);
  let real: Buffer;
  try {
    real = realpathSync.native(path, { encoding: "buffer" });
    if (!statSync(real).isDirectory()) {
      throw new WrongUseError(
        `The source ${typed} is a file; give --source the folder that holds the archive.`,
      );
    }
  } catch (cause) {
    if (cause instanceof WrongUseError) throw cause;
    const name = systemErrorName(cause);
    const isDenied = name === "EACCES" || name === "EPERM";
    const isMissing = name === "ENOENT" || name === "ENOTDIR" || name === "ELOOP";
    if (!isDenied && !isMissing) throw unreachable(`The source ${typed}`, cause);
    throw new WrongUseError(
      isDenied
        ? `The source ${typed} may not be looked into by this account; ask for the right to read it.`
        : `There is no folder ${typed}; check its name and that its disk is mounted, then give it with --source.`,
      { cause },
    );
  }
  return encodePath(real);
}

/**
 * Refuses a database inside the source, which is never written to. Folders are compared by what they are,
 * not by name, so that links and second mounts of the same folder are seen through.
 */
export function requireOutsideSource(database: string, source: string): void {
  const folder = identify(systemPath(source, ""));
  if (folder === null) return; // not there: the job says so
  for (let at = findExisting(database); ; at = dirname(at)) {
    if (identify(at) === folder) {
      throw new WrongUseError(
        `The database ${database} lies inside the source, where nothing is written; name another place with --database.`,
      );
    }
    if (dirname(at) === at) return;
  }
}

/** Links that lead to each other are followed this far, as the system does (path_resolution(7)). */
const mostLinks = 40;

/** Real path of the nearest file or folder that is there, or to which a link there leads. */
function findExisting(path: string, links = 0): string {
  for (let at = path; ; at = dirname(at)) {
    try {
      return realpathSync.native(at);
    } catch {
      // A link that leads nowhere yet would have the database made where it points.
      const target = links < mostLinks ? danglingTarget(at) : null;
      if (target !== null) return findExisting(target, links + 1);
      if (dirname(at) === at) return at;
    }
  }
}

function danglingTarget(path: string): string | null {
  try {
    const folder = realpathSync.native(dirname(path));
    return resolve(folder, readlinkSync(join(folder, basename(path))));
  } catch {
    return null; // no link, or not there
  }
}

/** Device and number of a file, which no other one has; null where there is none. */
function identify(path: string | Buffer): string | null {
  try {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stat === undefined ? null : `${stat.dev}/${stat.ino}`;
  } catch (cause) {
    // Unknown is not outside: a database might be made where nothing is written.
    throw unreachable("The source, or the folder of the database,", cause);
  }
}

function unreachable(what: string, cause: unknown): UserError {
  return new UserError(
    "source-missing",
    `${what} cannot be looked at (${systemErrorName(cause) ?? "unknown error"}); check its disk or share and your rights, then start the job again.`,
    { cause },
  );
}
