/** The part of a command line that says which cohort is meant, and how it is to be read. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { CommandContext } from "#cli/command.ts";
import { WrongUseError } from "#cli/wrong-use-error.ts";
import type { CohortSettings } from "#store/cohort.ts";
import type { CohortRequest } from "./choose-cohort.ts";
import { resolveSource } from "./source-folder.ts";
import { parseSubjectCodes } from "./subject-codes.ts";

/** The options as they were read; those of content-options.ts among them. */
export interface CohortOptions {
  readonly cohort: string;
  readonly source: string | undefined;
  readonly files: CohortSettings["files"] | undefined;
  readonly subjectFolders: string | undefined;
  readonly subjectFrom: CohortSettings["subjectFrom"] | undefined;
  readonly subjectCodes: string | undefined;
  readonly subjectSeed: string | undefined;
  readonly ctSplitOnDose: CohortSettings["ctSplitOnDose"] | undefined;
  readonly headers: CohortSettings["headers"] | undefined;
  readonly followLinks: boolean | undefined;
  readonly database: string | undefined;
}

/** What the line says about the cohort; `given`: names of the options that were typed. */
export function readCohortRequest(
  { cwd }: Pick<CommandContext, "cwd">,
  options: CohortOptions,
  given: ReadonlySet<string>,
): CohortRequest {
  const { subjectCodes, subjectSeed, subjectFolders, followLinks } = options;
  const { files, subjectFrom, ctSplitOnDose, headers } = options;
  return {
    name: readCohortName(options.cohort),
    source: options.source === undefined ? undefined : resolveSource(options.source, cwd),
    settings: {
      ...(given.has("subjectFrom") && subjectFrom !== undefined ? { subjectFrom } : {}),
      ...(subjectFolders === undefined ? {} : { subjectFolders: readPattern(subjectFolders) }),
      ...(subjectSeed === undefined ? {} : { subjectSeed: subjectSeed.toUpperCase() }),
      ...(subjectSeed === undefined && subjectCodes === undefined ? {} : { hasGivenCodes: true }),
      ...(given.has("files") && files !== undefined ? { files } : {}),
      ...(followLinks === undefined ? {} : { followLinks }),
      ...(given.has("ctSplitOnDose") && ctSplitOnDose !== undefined ? { ctSplitOnDose } : {}),
      ...(given.has("headers") && headers !== undefined ? { headers } : {}),
    },
    codes: subjectCodes === undefined ? undefined : readCodes(resolve(cwd, subjectCodes)),
    database: options.database,
  };
}

/** A name stands on lines of its own, in tables and in addresses of pages. */
export function readCohortName(name: string): string {
  if (/\p{Cc}/u.test(name) || name.trim() !== name || name.length > 100) {
    throw new WrongUseError(
      "The name of a cohort has up to 100 characters, without control characters and without blanks around it; choose another.",
    );
  }
  return name;
}

/** Levels without what means nothing: `./a/*` and `a/*` and `a//*` are one pattern. */
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
