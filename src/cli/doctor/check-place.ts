/** Looks at the program and at the place of the database, without opening it. */
import { accessSync, constants, existsSync, type Stats, statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "#base/user-error.ts";
import { formatBytes } from "#cli/output/format.ts";
import { findNetworkDisk, requireSafeSqlite } from "#store/sqlite/open-database.ts";
import { bad, type Finding, good } from "./finding.ts";

/** Free space below which a job may soon end for the lack of it. */
const scarceBytes = 1024 ** 3;

export function checkProgram(version: string): Finding[] {
  const sqlite = process.versions["sqlite"] ?? "none";
  return [
    good("program", `nils ${version}, Node ${process.versions.node}`),
    checkSqlite(`SQLite ${sqlite}`),
  ];
}

function checkSqlite(found: string): Finding {
  try {
    requireSafeSqlite();
    return good("sqlite", found);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return bad("sqlite", found, error.message);
  }
}

/** The file's and its folder's rights, disk and space. The file need not be there. */
export function checkPlace(path: string): Finding[] {
  const folder = nearestFolder(path);
  const network = findNetworkDisk(`${folder}/.`);
  return [
    ...checkRights(path, folder),
    network === null
      ? good("disk", "a local file system")
      : bad(
          "disk",
          `The database lies on a network file system (${network}), where SQLite databases get damaged.`,
          "Move it to a local disk and name that with --database.",
        ),
    checkSpace(folder),
  ];
}

/** Folder of the path, or the one above it that is there. */
function nearestFolder(path: string): string {
  let folder = dirname(path);
  while (!existsSync(folder)) folder = dirname(folder);
  return folder;
}

function checkRights(path: string, folder: string): Finding[] {
  const findings: Finding[] = [];
  if (!mayUse(folder)) {
    findings.push(
      bad(
        "rights",
        `You may not write in ${folder}.`,
        "SQLite keeps its log beside the database: get the right to write there, or name another place with --database.",
      ),
    );
  }
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return findings;
  if (!mayUse(path)) {
    findings.push(
      bad(
        "rights",
        `You may not read and write ${path}.`,
        "Get both rights from its owner, or name another database with --database.",
      ),
    );
  }
  if (isOpenToOthers(stat)) {
    findings.push(
      bad(
        "rights",
        `Other accounts may use ${path} (mode ${(stat.mode & 0o777).toString(8)}); it holds identifiers of patients.`,
        `Its owner types: chmod 600 ${path}`,
      ),
    );
  }
  return findings.length > 0 ? findings : [good("rights", "yours alone")];
}

function isOpenToOthers(stat: Stats): boolean {
  return process.platform !== "win32" && (stat.mode & 0o077) !== 0;
}

function mayUse(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function checkSpace(folder: string): Finding {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const found = `${formatBytes(free)} free`;
  return free >= scarceBytes
    ? good("space", found)
    : bad(
        "space",
        `Only ${found} on the disk of the database.`,
        "Make room: a job needs about 500 bytes for each image and as much again while it writes.",
      );
}
