/** Where an export goes: standard output, one file, or a folder with a file for each table or view. */
import { mkdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import { decodePath } from "#base/path-text.ts";
import { systemErrorName } from "#base/system-error-name.ts";
import { UserError } from "#base/user-error.ts";
import { WrongUseError } from "#cli/wrong-use-error.ts";
import type { RowSource } from "#store/row-reading.ts";

export interface ExportTarget {
  readonly source: RowSource;
  /** Absolute; null for standard output. */
  readonly path: string | null;
}

export interface TargetChoice {
  readonly sources: readonly RowSource[];
  readonly format: string;
  /** The value of --out. */
  readonly out: string | undefined;
  /** Folder that a relative --out starts from. */
  readonly cwd: string;
}

/** As elsewhere; a file of that name is written as `./-`. */
const standardOutput = "-";

/** Decides from what was typed, and from whether --out is a folder that is there. */
export function chooseTargets({ sources, format, out, cwd }: TargetChoice): ExportTarget[] {
  if (out === undefined || out === standardOutput) {
    const [source, ...more] = sources;
    if (source === undefined || more.length > 0) {
      throw new WrongUseError(
        `${sources.length} tables do not fit one output; add --out DIR, or name one with --view, such as --view v_stacks.`,
      );
    }
    if (format === "parquet") {
      throw new WrongUseError("Parquet is written to a file only; add --out FILE.parquet.");
    }
    return [{ source, path: null }];
  }
  const path = resolve(cwd, out);
  const isFolder = sources.length > 1 || /[\\/]$/.test(out) || isDirectory(path);
  return sources.map((source) => ({
    source,
    path: isFolder ? join(path, `${source}.${format}`) : path,
  }));
}

/** Makes the folder of the targets; refused inside the archive, which is never written to. */
export function prepareFolder(targets: readonly ExportTarget[], sourcePath: string): void {
  for (const { path } of targets) {
    if (path === null) continue;
    const folder = dirname(path);
    refuseInside(realPathOfNearest(folder), sourcePath);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    } catch (cause) {
      throw new UserError(
        "export-failed",
        `The folder ${folder} cannot be made; name another place with --out.`,
        { cause },
      );
    }
  }
}

function refuseInside(folder: string, sourcePath: string): void {
  const source = Buffer.from(decodePath(sourcePath)).toString();
  if (folder !== source && !folder.startsWith(source + sep)) return;
  throw new WrongUseError(
    "The export would lie inside the source, which is never written to; name another place with --out.",
  );
}

/** The real path of a folder that may not be there yet. */
function realPathOfNearest(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    const parent = dirname(folder);
    return parent === folder ? folder : join(realPathOfNearest(parent), basename(folder));
  }
}

/** Targets that would replace a file. */
export function listTaken(targets: readonly ExportTarget[]): string[] {
  return targets.flatMap(({ path }) => (path !== null && exists(path) ? [path] : []));
}

function exists(path: string): boolean {
  return lookAt(path) !== undefined;
}

function isDirectory(path: string): boolean {
  return lookAt(path)?.isDirectory() === true;
}

function lookAt(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (cause) {
    throw new UserError(
      "export-failed",
      `${path} cannot be looked at: ${systemErrorName(cause) ?? "unknown error"}; check its folder and its disk, or name another place with --out.`,
      { cause },
    );
  }
}
