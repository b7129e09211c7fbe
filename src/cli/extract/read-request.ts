/** What the options of a command line say about a cohort, checked and resolved. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { CommandContext } from "#cli/command.ts";
import { WrongUseError } from "#cli/wrong-use-error.ts";
import type { CohortSettings } from "#store/cohort.ts";
import type { CohortRequest } from "./choose-cohort.ts";
import { resolveSource } from "./source-folder.ts";
import { parseSubjectCodes } from "./subject-codes.ts";

/** Options that are kept with a cohort. */
export interface CohortOptions {
  readonly source: string | undefined;
  readonly files: CohortSettings["files"];
  readonly subjectFolders: string | undefined;
  readonly subjectFrom: CohortSettings["subjectFrom"];
  readonly subjectCodes: string | undefined;
  readonly subjectSeed: string | undefined;
  readonly ctSplitOnDose: CohortSettings["ctSplitOnDose"];
  readonly headers: CohortSettings["headers"];
  readonly followLinks: boolean | undefined;
  readonly database: string | undefined;
}

/** `given`: names of the options that were typed; a default says nothing about a cohort that is known. */
export function readCohortRequest(
  { cwd }: Pick<CommandContext, "cwd">,
  name: string,
  options: CohortOptions,
  given: ReadonlySet<string>,
): CohortRequest {
  const { subjectCodes, subjectSeed, subjectFolders, followLinks } = options;
  return {
    name: readCohortName(name),
    source: options.source === undefined ? undefined : resolveSource(options.source, cwd),
    settings: {
      ...(given.has("subjectFrom") ? { subjectFrom: options.subjectFrom } : {}),
      ...(subjectFolders === undefined ? {} : { subjectFolders: readPattern(subjectFolders) }),
      ...(subjectSeed === undefined ? {} : { subjectSeed: subjectSeed.toUpperCase() }),
      ...(subjectSeed === undefined && subjectCodes === undefined ? {} : { hasGivenCodes: true }),
      ...(given.has("files") ? { files: options.files } : {}),
      ...(followLinks === undefined ? {} : { followLinks }),
      ...(given.has("ctSplitOnDose") ? { ctSplitOnDose: options.ctSplitOnDose } : {}),
      ...(given.has("headers") ? { headers: options.headers } : {}),
    },
    codes: subjectCodes === undefined ? undefined : readCodes(resolve(cwd, subjectCodes)),
    database: options.database,
  };
}

/** A name stands on lines of its own, in tables and in addresses of pages. */
export function readCohortName(name: string): string {
  if (/\p{Cc}/u.test(name) || name.trim() !== name || name.length > 100) {
    throw new WrongUseError(
      "The name of a cohort has up to 100 characters, without control characters and without blanks around it; choose another with --cohort.",
    );
  }
  return name;
}

/** Levels without what means nothing: `./a/*`, `a/*` and `a//*` are one pattern. */
function readPattern(pattern: string): string {
  const levels = pattern.split("/").filter((level) => level !== "" && level !== ".");
  if (levels.length === 0 || levels.includes("..") || pattern.startsWith("/")) {
    throw new WrongUseError(
      `--subject-folders needs a pattern of folders below the source, such as * or */sub-*, but got "${pattern}".`,
    );
  }
  return levels.join("/");
}

function readCodes(path: string): Map<string, string> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new WrongUseError(
      `The file of --subject-codes cannot be read (${code}); check its name and your right to read it.`,
      { cause },
    );
  }
  return parseSubjectCodes(bytes);
}
